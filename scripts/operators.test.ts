import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operatorItems } from "../packages/statistics/src/index.ts";
import { root } from "@ioc/testkit";
import { expect, test } from "vitest";

const file = join(root, "docs/operators.md");
const block = /<!-- operators -->\n([\s\S]*?)<!-- \/operators -->/;

/** One line an operator: what it works on, what it gives, what it does. */
function operatorsTable(): string {
  const lines = operatorItems()
    .toSorted((a, b) => (a.op < b.op ? -1 : 1))
    .map(({ op, takes, gives, doc }) => `| \`${op}\` | ${takes} | ${gives} | ${doc.en.replaceAll("|", "\\|")} |`);
  return ["| Operator | takes | gives | What it does |", "| --- | --- | --- | --- |", ...lines, ""].join("\n");
}

/** `UPDATE_DOCS=1 pnpm test:fast scripts` writes the table anew. */
test("the table of operators is the one the program knows", () => {
  const text = readFileSync(file, "utf8");
  if (process.env["UPDATE_DOCS"] === "1")
    writeFileSync(file, text.replace(block, `<!-- operators -->\n${operatorsTable()}<!-- /operators -->`));
  else expect(block.exec(text)?.[1]).toBe(operatorsTable());
});
