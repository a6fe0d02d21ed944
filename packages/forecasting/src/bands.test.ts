import { expect, test } from "vitest";
import { bandsOf, conformalHalfWidths } from "./bands.ts";
import { normalQuantile } from "./normal.ts";

test("quantiles of the normal distribution as in the tables", () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 4);
  expect(normalQuantile(0.9)).toBeCloseTo(1.281552, 4);
  expect(normalQuantile(0.5)).toBeCloseTo(0, 4);
  expect(normalQuantile(0.025)).toBeCloseTo(-1.959964, 4);
});

test("one lead, nine origins: 80 % is the eighth of nine errors, their sign does not matter", () => {
  const errors = [3, -1, 4, -1.5, 9, 2, -6, 5, 8].map((error) => [error]);
  // 0.8 · (1 + 1/9) = 8/9
  expect(conformalHalfWidths(errors, 0.8)[0]).toBeCloseTo(8, 10);
  // 0.5 · (1 + 1/9) · 9 = 5; 0.55 · 10 = 5.5: half way from the fifth to the sixth
  expect(conformalHalfWidths(errors, 0.5)[0]).toBeCloseTo(4, 10);
  expect(conformalHalfWidths(errors, 0.55)[0]).toBeCloseTo(4.5, 10);
});

test("beyond what the origins reach the largest error is widened", () => {
  const errors = [1, 2, 3, 4].map((error) => [error]);
  // four origins reach 4/5 = 80 %; 95 % lies further by 1.96 / 1.2816
  expect(conformalHalfWidths(errors, 0.8)[0]).toBeCloseTo(4, 10);
  expect(conformalHalfWidths(errors, 0.95)[0]).toBeCloseTo((4 * 1.959964) / 1.281552, 4);
  // a single one reaches one half
  expect(conformalHalfWidths([[2]], 0.8)[0]).toBeCloseTo((2 * 1.281552) / 0.67449, 4);
});

test("leads beside each other lend their errors", () => {
  // one origin and three errors are taken as √3: 0.5 · (1 + 1/√3) of 3 errors is place 2.366; of the two at the ends, n
  // = √2, place 1.707
  const [first, second, third, ...rest] = conformalHalfWidths([[0, 0, 10, 0, 0]], 0.5);
  expect(first).toBe(0);
  expect(second).toBeCloseTo(3.66025, 4);
  expect(third).toBe(second);
  expect(rest).toEqual([second, first]);
});

test("missing errors do not count; a lead without any has no band", () => {
  const errors = [
    [null, null, null, 1],
    [null, null, null, 3],
    [null, null, null, null],
  ];
  // two errors of two origins: 0.5 · 1.5 · 2 = 1.5, half way
  expect(bandsOf([10, 10, 10, 10], errors, [0.5])).toEqual([
    { level: 0.5, low: [null, null, 8, 8], high: [null, null, 12, 12] },
  ]);
  expect(bandsOf([10], [], [0.8])).toEqual([{ level: 0.8, low: [null], high: [null] }]);
});

test("a level outside 0..1 is refused", () => {
  expect(() => conformalHalfWidths([[1]], 80)).toThrow("level 80 of a band is not between 0 and 1");
});
