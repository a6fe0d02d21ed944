import { readdirSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "@ioc/testkit";
import { expect, test } from "vitest";
import { readPack } from "./read-pack.ts";
import { testPack } from "./test-pack.ts";

const seeds = Array.from({ length: 10 }, (_, index) => index + 1);

/** One random damage to a text: a line lost, doubled, cut, or a character replaced. */
function damage(text: string, random: () => number): string {
  const lines = text.split("\n");
  const at = Math.floor(random() * lines.length);
  const line = lines[at] ?? "";
  const cut = Math.floor(random() * line.length);
  const kinds: (() => void)[] = [
    () => lines.splice(at, 1),
    () => lines.splice(at, 0, line),
    () => lines.splice(at, 1, line.slice(0, cut)),
    () =>
      lines.splice(
        at,
        1,
        `${line.slice(0, cut)}${[":", "{", '"', "-", ",", "\u0000", "9"][Math.floor(random() * 7)]}${line.slice(cut + 1)}`,
      ),
  ];
  kinds[Math.floor(random() * kinds.length)]?.();
  return lines.join("\n");
}

test.each(seeds)(
  "whatever is damaged, nothing is thrown and every problem names an existing line (seed %d)",
  async (seed) => {
    using folder = testPack();
    const random = seededRandom(seed);
    const files = readdirSync(folder.path, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.(yaml|csv)$/.test(name),
    );
    const file = files.sort()[Math.floor(random() * files.length)] ?? "city.yaml";
    folder.write(file, damage(folder.read(file), random));
    const { pack, problems } = await readPack(folder.path);
    expect(pack === null).toBe(problems.length > 0);
    for (const problem of problems) {
      expect(problem.problem).not.toBe("");
      expect(problem.remedy).not.toBe("");
      if (problem.line === 0) continue;
      expect(problem.line, join(problem.file)).toBeLessThanOrEqual(folder.read(problem.file).split("\n").length);
    }
  },
);
