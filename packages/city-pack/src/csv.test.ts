import { expect, test } from "vitest";
import { parseCsv } from "./csv.ts";

test("rows keep the line they start on, past comments, empty lines and line breaks in quotes", () => {
  const text = '# note\r\na,b\r\n\r\n"x, ""y""\nz",1\r\n2,\r\n';
  expect(parseCsv(text)).toEqual({
    rows: [
      { line: 2, cells: ["a", "b"] },
      { line: 4, cells: ['x, "y"\nz', "1"] },
      { line: 6, cells: ["2", ""] },
    ],
    unclosed: null,
  });
});

test("a quote that never ends names its line", () => {
  expect(parseCsv('a\n"b\nc\n')).toEqual({ rows: [{ line: 1, cells: ["a"] }], unclosed: 2 });
});
