import * as fc from "fast-check";
import { expect, test } from "vitest";
import { linesOf } from "./lines.ts";

async function* chunksOf(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function cut(bytes: Buffer, encoding: string, chunk: number, start = 0, longest = 1000) {
  const lines: { text: string; end: number }[] = [];
  const decoder = new TextDecoder(encoding);
  for await (const { bytes: line, end } of linesOf(chunksOf(bytes, chunk), encoding, start, longest)) {
    lines.push({ text: decoder.decode(line), end });
  }
  return lines;
}

test("lines and their ends do not depend on where the chunks end, in every encoding", async () => {
  const text = fc.array(
    fc.string({ unit: "grapheme", maxLength: 12 }).map((line) => line.replaceAll("\n", "")),
    { maxLength: 8 },
  );
  const arbitrary = fc.record({ lines: text, chunk: fc.integer({ min: 1, max: 9 }), wide: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(arbitrary, async ({ lines, chunk, wide }) => {
      const encoding = wide ? "utf-16le" : "utf-8";
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""), wide ? "utf16le" : "utf8");
      const found = await cut(bytes, encoding, chunk);
      // The decoder takes a byte order mark away, as it does for a file.
      expect(found.map((one) => one.text)).toEqual(lines.map((line) => line.replace(/^\ufeff/, "")));
      let end = 0;
      for (const [i, line] of lines.entries()) {
        end += Buffer.byteLength(`${line}\n`, wide ? "utf16le" : "utf8");
        expect(found[i]?.end).toBe(end);
      }
    }),
    { numRuns: 500, seed: 3 },
  );
});

test("a line feed of UTF-16 is two bytes where a character begins", async () => {
  // U+0A00 and U+000A side by side: the bytes 0a 00 also stand across two characters.
  expect((await cut(Buffer.from("a\u0a00b\nc", "utf16le"), "utf-16le", 3)).map(({ text }) => text)).toEqual([
    "a\u0a00b",
    "c",
  ]);
  const swapped = Buffer.from("ab\ncd", "utf16le").swap16();
  expect((await cut(swapped, "utf-16be", 5)).map(({ text }) => text)).toEqual(["ab", "cd"]);
});

test("of a line that is too long the beginning is kept, and the next begins where it does", async () => {
  const bytes = Buffer.from(`short\n${"x".repeat(100_000)}\nlast`);
  const lines = await cut(bytes, "utf-8", 777, 40);
  expect(lines.map(({ text }) => text.slice(0, 5))).toEqual(["short", "xxxxx", "last"]);
  expect(lines[1]?.text.length).toBeGreaterThan(1000);
  expect(lines[1]?.text.length).toBeLessThan(4000);
  expect(lines.map(({ end }) => end)).toEqual([46, 100_047, 100_051]);
});
