import { describe, expect, it } from "vitest";

type Tree = { [key: string]: string | Tree };
const files = import.meta.glob<Tree>("./*/*.json", { import: "default", eager: true });

function leaves(tree: Tree, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
}
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

const namespaces = [...new Set(Object.keys(files).map((path) => path.split("/")[2]!))];

describe("texts", () => {
  it("has catalogues to check", () => expect(namespaces.length).toBeGreaterThan(0));

  it.each(namespaces)("%s: both languages have the same keys, no empty text, NFC, equal placeholders", (file) => {
    const vi = leaves(files[`./vi/${file}`]!);
    const en = new Map(leaves(files[`./en/${file}`]!));
    expect([...en.keys()].sort()).toEqual(vi.map(([key]) => key).sort());
    for (const [key, text] of vi) {
      const other = en.get(key)!;
      expect(text.trim(), `${key} (vi)`).not.toBe("");
      expect(other.trim(), `${key} (en)`).not.toBe("");
      expect(text, key).toBe(text.normalize("NFC"));
      expect(other, key).toBe(other.normalize("NFC"));
      expect(placeholders(other), key).toEqual(placeholders(text));
      expect(text, key).not.toMatch(/!/);
    }
  });
});
