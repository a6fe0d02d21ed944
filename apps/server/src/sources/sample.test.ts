import { expect, test } from "vitest";
import { sampleOf } from "./sample.ts";

test("the beginning of what was sent, however large or deep it is", () => {
  expect(sampleOf({ a: 1 })).toBe('{"a":1}');
  expect(sampleOf("x".repeat(1000))).toHaveLength(500);
  expect(sampleOf(["x".repeat(1000)], 80)).toHaveLength(80);
  expect(sampleOf(undefined)).toBe("nothing");
  const deep: unknown = JSON.parse("[".repeat(100_000) + "]".repeat(100_000));
  expect(sampleOf({ a: deep })).toBe("(nested too deeply to be shown)");
});
