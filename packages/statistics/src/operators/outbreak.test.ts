import { describe, expect, test } from "vitest";
import { cusumPoisson, earsC2, runsAbove } from "./outbreak.ts";

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

describe("Poisson CUSUM", () => {
  const usual = (m0: number, weeks: number) => Array<number>(weeks).fill(m0);
  const k = 4 / Math.LN2;

  test("weeks of 5 7 9 11 against 4 usual: k 5.771, sums 0, 1.23, 4.46, 9.69", () => {
    const sums = cusumPoisson([5, 7, 9, 11], usual(4, 4), { factor: 2 });
    expect(sums.map((sum) => Number(sum?.toFixed(2)))).toEqual([0, 1.23, 4.46, 9.69]);
  });

  test("a usual of nothing counts as half a case", () => {
    expect(cusumPoisson([1], [0], { factor: 2 })[0]).toBeCloseTo(1 - 0.5 / Math.LN2, 9);
  });

  test("a week that was not reported leaves the sum as it is; without a usual count it starts anew", () => {
    const [first, gap, second] = cusumPoisson([10, null, 10], usual(4, 3), { factor: 2 });
    expect([first, gap, second]).toEqual([10 - k, null, 2 * (10 - k)]);
    expect(cusumPoisson([10, 10, 10], [4, null, 4], { factor: 2 })).toEqual([10 - k, null, 10 - k]);
  });

  test("a sum far above is over after four weeks of no more than the usual, not after months of wearing off", () => {
    const counts = [200, 4, 4, 4, 4, 4];
    const worn = cusumPoisson(counts, usual(4, 6), { factor: 2 });
    const restarted = cusumPoisson(counts, usual(4, 6), { factor: 2, restartAfter: 4 });
    expect(worn.at(-1)).toBeCloseTo(200 - k + 5 * (4 - k), 9);
    expect(restarted.slice(3)).toEqual([worn[3], 0, 0]);
  });
});
