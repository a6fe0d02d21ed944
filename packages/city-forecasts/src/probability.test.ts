import { exceedance } from "@ioc/forecasting";
import { expect, test } from "vitest";
import { probabilityScore } from "./probability.ts";
import type { ForecastRow } from "./rows.ts";

const step = (actual: number | null, more: Partial<ForecastRow> = {}): ForecastRow => ({
  forecast: "f",
  subject: "a",
  issuedAt: 0,
  validAt: 0,
  leadHours: 3,
  median: 10,
  lo80: 8,
  hi80: 12,
  lo95: 6,
  hi95: 14,
  naive: null,
  actual,
  method: "m",
  backtestMase: null,
  ...more,
});
const times = (count: number, row: ForecastRow) => Array.from({ length: count }, () => row);

test("the mean square of probability less outcome, beside that of the base rate", () => {
  // Above 12 with 0.1: it happened in 5 of 40 steps.
  const rows = [...times(35, step(11)), ...times(5, step(13))];
  const found = probabilityScore(rows, { above: () => 12, withinHours: 12 });
  const p = exceedance(12, [6, 8, 10, 12, 14]);
  expect(p).toBeCloseTo(0.1, 6);
  expect(found).toMatchObject({ cases: 40, happened: 5 });
  expect(found.brier).toBeCloseTo((35 * p ** 2 + 5 * (1 - p) ** 2) / 40, 12);
  expect(found.reference).toBeCloseTo((5 / 40) * (35 / 40), 12);
});

test("a value at the threshold is not above it; each subject has its own", () => {
  const rows = [...times(20, step(12)), ...times(20, step(12, { subject: "b" })), step(12, { subject: "c" })];
  const above = (subject: string) => (subject === "c" ? null : subject === "a" ? 12 : 11);
  expect(probabilityScore(rows, { above, withinHours: 12 })).toMatchObject({ cases: 40, happened: 20 });
});

test("steps without bands, too far ahead or still to come do not count; below 30 there is no score", () => {
  const rows = [...times(29, step(13)), step(null), step(13, { lo95: null }), step(13, { leadHours: 13 })];
  expect(probabilityScore(rows, { above: () => 12, withinHours: 12 })).toEqual({
    cases: 29,
    happened: 29,
    brier: null,
    reference: null,
  });
});
