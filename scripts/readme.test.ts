import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "@ioc/testkit";
import { expect, test } from "vitest";
import { settingsTable } from "../apps/server/src/config/env.ts";

const file = join(root, "README.md");
const readme = readFileSync(file, "utf8");
const block = /<!-- settings -->\n([\s\S]*?)<!-- \/settings -->/;

/** `UPDATE_README=1 pnpm test:fast scripts` writes the table anew. */
test("the table of settings is the one the program checks", () => {
  const table = `${settingsTable()}\n`;
  if (process.env["UPDATE_README"] === "1")
    writeFileSync(file, readme.replace(block, `<!-- settings -->\n${table}<!-- /settings -->`));
  else expect(block.exec(readme)?.[1]).toBe(table);
});

test("every file and picture that the README names is there", () => {
  const names = [...readme.matchAll(/(?:\]\(|src=")((?!http)[^)"#]+)/g)].map((match) => match[1] ?? "");
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !existsSync(join(root, name)))).toEqual([]);
});
