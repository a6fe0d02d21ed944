import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tokensCss } from "./tokens-css.ts";

const root = join(import.meta.dirname, "../..");
const css = tokensCss();
const defined = new Set([...css.matchAll(/--([\w-]+):/g)].map((match) => match[1]));
const files = globSync("**/*.{css,tsx}", { cwd: root });

it("gives every theme the same properties", () => {
  const blocks = [...css.matchAll(/\[data-theme=(\w+)\]\{([^}]*)\}/g)];
  expect(blocks.map((block) => block[1]).toSorted()).toEqual(["auto", "dark", "light", "wall"]);
  const names = blocks.map((block) => [...block[2]!.matchAll(/--([\w-]+):/g)].map((match) => match[1]).toSorted());
  for (const each of names) expect(each).toEqual(names[0]);
});

it("defines every property that a style sheet uses", () => {
  expect(files.length).toBeGreaterThan(10);
  const missing = files.flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const own = new Set([...text.matchAll(/["'\s{;](--[\w-]+)["']?\s*:/g)].map((match) => match[1]!.slice(2)));
    const used = [...text.matchAll(/var\(--([\w-]+)\s*\)/g)].map((match) => match[1]!);
    return used.filter((name) => !defined.has(name) && !own.has(name)).map((name) => `${file}: --${name}`);
  });
  expect(missing).toEqual([]);
});
