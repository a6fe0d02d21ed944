import { expect, test } from "vitest";
import { yearEnd } from "./projection.ts";

const none = Array<null>(12).fill(null);
const months = (...values: (number | null)[]) => [...values, ...none].slice(0, 12);
const quarters = (...values: number[]) => months(...values.flatMap((value) => [null, null, value]));

test("14,500 to mid-year of which usually 45 % are reached: 32,222", () => {
  expect(yearEnd(quarters(7000, 7500), [quarters(22, 23, 25, 30)])).toEqual({
    toDate: 14_500,
    months: 6,
    share: 0.45,
    projected: expect.closeTo(32_222.2, 1),
  });
});

test("the usual share is the mean of the complete years; without one, the months gone by", () => {
  const flat = Array<number>(12).fill(10);
  const early = months(60, ...Array<number>(11).fill(60 / 11));
  const broken = flat.map((value, i) => (i === 7 ? null : value));
  expect(yearEnd(months(40), [flat, early, broken, none])?.share).toBeCloseTo((1 / 12 + 0.5) / 2, 12);
  expect(yearEnd(months(40, 40, 40), [broken, quarters(1, 1, 1)])).toMatchObject({ share: 0.25, projected: 480 });
});

test("a gap in the year says nothing, rather than too little", () => {
  expect(yearEnd(months(10, null, 10), [])).toBeNull();
  expect(yearEnd(months(null, 10), [])).toBeNull();
  expect(yearEnd(months(null, null, null, null, null, 8), [])).toBeNull();
  expect(yearEnd(none, [])).toBeNull();
});

test("where nothing is usually reached by then, the year cannot be told", () => {
  const late = months(...Array<number>(11).fill(0), 100);
  expect(yearEnd(months(5), [late])?.projected).toBeNull();
});

test("a whole year is what it came to", () => {
  const year = Array<number>(12).fill(7);
  expect(yearEnd(year, [year])).toMatchObject({ months: 12, share: 1, projected: 84 });
});
