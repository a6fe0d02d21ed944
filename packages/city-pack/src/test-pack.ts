import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "@ioc/testkit";

/** The model city's pack. */
export const danang = resolve(import.meta.dirname, "../../../fixtures/danang");

export interface TestPack extends Disposable {
  path: string;
  read(file: string): string;
  write(file: string, text: string): void;
  remove(file: string): void;
  /** Replaces the only occurrence of a text; answers the 1-based line it stands on. Throws when it is not there exactly once. */
  replace(file: string, from: string, to: string): number;
}

/**
 * A copy of the model city's pack to break. It has no statistics, warnings, forecasts and scenarios: a test that needs some writes them.
 */
export function testPack(): TestPack {
  const folder = temporaryFolder();
  cpSync(danang, folder.path, { recursive: true });
  const path = (file: string): string => join(folder.path, file);
  const read = (file: string): string => readFileSync(path(file), "utf8");
  const write = (file: string, text: string): void => writeFileSync(path(file), text);
  const pack: TestPack = {
    path: folder.path,
    read,
    write,
    remove: (file) => rmSync(path(file), { recursive: true, force: true }),
    replace(file, from, to) {
      const text = read(file);
      const at = text.indexOf(from);
      if (at < 0 || text.indexOf(from, at + 1) >= 0) throw new Error(`"${from}" is not exactly once in ${file}`);
      write(
        file,
        text.replace(from, () => to),
      );
      return text.slice(0, at).split("\n").length;
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
  for (const part of ["statistics", "warnings", "forecasts"]) pack.remove(part);
  pack.replace("city.yaml", "scenarios: ../scenarios", "scenarios: scenarios");
  return pack;
}
