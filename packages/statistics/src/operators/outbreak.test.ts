import { expect, test } from "vitest";
import { earsC2, runsAbove } from "./outbreak.ts";

test("EARS C2 of weeks 10 12 9 11 10 13 12, two left out, then 20: mean 11, deviation 1.414", () => {
  const c2 = earsC2([10, 12, 9, 11, 10, 13, 12, 30, 40, 20]);
  expect(c2.at(-1)).toBeCloseTo(9 / Math.SQRT2, 6);
  expect(c2.slice(0, 9)).toEqual(Array(9).fill(null));
});

test("a base without any spread has the floor of half a case", () => {
  expect(earsC2([0, 0, 0, 0, 0, 0, 0, 1, 1, 2]).at(-1)).toBe(4);
});

test("a week that was not reported says nothing, here and as a base", () => {
  const c2 = earsC2([1, 2, null, 2, 1, 2, 1, 0, 0, 5, 5, 5, null]);
  expect([c2[9], c2[10], c2[12]]).toEqual([null, null, null]);
  // The base of t = 12 would begin behind the gap at t = 3.
  expect(earsC2([1, 2, null, 2, 1, 2, 1, 2, 1, 2, 0, 0, 4])[12]).not.toBeNull();
});

test("runs above a level", () => {
  expect(runsAbove([1, 4, 5, 3, null, 4], 3)).toEqual([0, 1, 2, 0, null, 1]);
});
