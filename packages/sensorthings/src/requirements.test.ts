import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requirements, requirementUri } from "./requirements.ts";

const root = join(import.meta.dirname, "../../..");
const files = globSync("{packages/sensorthings/src,apps/server/src/sensorthings}/**/*.test.ts", { cwd: root });

/** Titles of tests and of groups of them. */
const titles = files.flatMap((file) => {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/\b(?:test|it|describe)(?:\.\w+)*\s*(?:\([^"`]*?\)\s*)?\(\s*["`]([^"`]*)["`]/g)].map(
    ([, title = ""]) => title,
  );
});
const inTables = files.map((file) => readFileSync(join(root, file), "utf8")).join("\n");

test.each(requirements(["core", "mqtt"]))("%s is advertised and has a test named after it", (name) => {
  const named = titles.some((title) => names(title).includes(name));
  // Titles of tables stand behind the table.
  const behindTable = [...inTables.matchAll(/\)\(\s*["`](req\/[^"`]*)["`]/g)].some(([, title = ""]) =>
    names(title).includes(name),
  );
  expect(named || behindTable, name).toBe(true);
  expect(requirementUri(name)).toBe(`http://www.opengis.net/spec/iot_sensing/1.1/${name}`);
});

/** Requirements that a title names. */
function names(title: string): string[] {
  return title.match(/req\/[a-z/-]+[a-z]/g) ?? [];
}

test("nothing is advertised twice", () => {
  const all = requirements(["core", "mqtt"]);
  expect(new Set(all).size).toBe(all.length);
});
