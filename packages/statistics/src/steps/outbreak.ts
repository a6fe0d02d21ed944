import { z } from "zod";
import type { Grouped } from "../grid.ts";
import { labelAt, matrixOf, rowOf, withMeasures } from "../grid.ts";
import { meanOf } from "../operators/aggregate.ts";
import { expectedAt, farringtonLimit, quasiPoissonTrend } from "../operators/farrington.ts";
import { cusumPoisson, earsC2, runsAbove } from "../operators/outbreak.ts";
import { sameWeeksBefore } from "../operators/weeks.ts";
import { defineStep } from "../step.ts";
import { onGroups } from "./group-formulas.ts";
import { measureName } from "./parameters.ts";

/**
 * Short-memory outbreak test of counts (EARS C2), and how many periods running it has been above a level. Needs ten periods;
 * periods without a count have none.
 */
export const ears = defineStep({
  op: "ears",
  doc: {
    vi: "Phép thử ổ dịch EARS C2: số ca so với 7 kỳ trước đó, bỏ 2 kỳ gần nhất, và số kỳ liền vượt mức",
    en: "Outbreak test EARS C2: counts against the 7 periods before, two left out, and how many periods running it is above a level",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({
    measure: measureName,
    into: measureName.default("c2"),
    /** Measure for the periods running above `above`. */
    running: measureName.default("running"),
    above: z.number().default(3),
  }),
  run: (input, { measure, into, running, above }): Grouped =>
    onGroups(input, (grid) => {
      const scores = matrixOf(grid.ids, (subject) => earsC2(rowOf(grid, measure, subject)));
      return withMeasures(grid, [
        [into, scores],
        [running, scores.map((row) => runsAbove(row, above))],
      ]);
    }),
});

export const runs = defineStep({
  op: "runs",
  doc: {
    vi: "Số kỳ liền, tính cả kỳ này, mà đại lượng nằm trên một mức",
    en: "How many periods running, this one included, a measure lies above a level",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({ measure: measureName, into: measureName, above: z.number() }),
  run: (input, { measure, into, above }): Grouped =>
    onGroups(input, (grid) =>
      withMeasures(grid, [[into, matrixOf(grid.ids, (subject) => runsAbove(rowOf(grid, measure, subject), above))]]),
    ),
});

/**
 * Poisson CUSUM of weekly counts against `factor` times the usual: the mean of the same week, the one before and the one after in the
 * `years` years before, of which at least three must be known. `usual` is put beside it. Weeks without a count have none.
 */
export const cusum = defineStep({
  op: "cusum",
  doc: {
    vi: "Phép thử CUSUM Poisson của số đếm theo tuần so với mức thường lệ của cùng tuần các năm trước",
    en: "Poisson CUSUM of weekly counts against the usual of the same weeks in the years before",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({
    measure: measureName,
    into: measureName.default("cusum"),
    usual: measureName.default("usual"),
    years: z.int().min(1).max(5).default(3),
    factor: z.number().gt(1).default(2),
    /** The sum starts again at 0 after so many weeks running with no more than the usual. */
    restartAfter: z.int().positive().optional(),
  }),
  run: (input, { measure, into, usual, years, ...options }, { calendar }): Grouped =>
    onGroups(input, (grid) => {
      const same = sameWeeksBefore(
        grid.ends.map((_, end) => labelAt(grid, end)),
        years,
        1,
        calendar.date,
      );
      const means = matrixOf(grid.ids, (subject) => {
        const row = rowOf(grid, measure, subject);
        return same.map((weeks) => {
          const known = weeks.map((end) => row[end] ?? null).filter((value) => value !== null);
          return known.length < 3 ? null : meanOf(known);
        });
      });
      const sums = means.map((mean, subject) => cusumPoisson(rowOf(grid, measure, subject), mean, options));
      return withMeasures(grid, [
        [usual, means],
        [into, sums],
      ]);
    }),
});

/** Weeks of each year that a trend is fitted on lie this far around the same week. */
const around = 3;
/** Years of history. */
const history = 5;
/** Quantile of the normal distribution: 2.5 % lie above (project setting). */
const z95 = 1.96;
/** Cases in the last four weeks below which nothing is tested. */
const leastCases = 5;

/**
 * Farrington-type test of weekly counts: a quasi-Poisson trend over the weeks w-3 … w+3 of the five years before gives the expected
 * count and its upper limit; the score is (count - expected) / (limit - expected), so 1 is at the limit. Null with fewer than half of
 * those weeks known, with fewer than 5 cases in the last 4 weeks, which the method needs, and where the fit fails. `expected` and `limit` are put beside it.
 */
export const farrington = defineStep({
  op: "farrington",
  doc: {
    vi: "Phép thử Farrington: số ca của tuần so với giới hạn trên ước lượng từ cùng mùa của 5 năm trước",
    en: "Farrington test: the count of a week against the upper limit fitted on the same season of the 5 years before",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({
    measure: measureName,
    into: measureName.default("score"),
    expected: measureName.default("expected"),
    limit: measureName.default("limit"),
  }),
  run: (input, { measure, into, expected, limit }, { calendar }): Grouped =>
    onGroups(input, (grid) => {
      const same = sameWeeksBefore(
        grid.ends.map((_, end) => labelAt(grid, end)),
        history,
        around,
        calendar.date,
      );
      const found = grid.ids.map((_, subject) => {
        const counts = rowOf(grid, measure, subject);
        return same.map((weeks, end) => farringtonOf(counts, weeks, end));
      });
      const matrix = (of: (one: NonNullable<ReturnType<typeof farringtonOf>>) => number) =>
        found.map((row) => row.map((one) => (one === null ? null : of(one))));
      return withMeasures(grid, [
        [expected, matrix((one) => one.expected)],
        [limit, matrix((one) => one.limit)],
        [into, matrix((one) => one.score)],
      ]);
    }),
});

function farringtonOf(counts: readonly (number | null)[], weeks: readonly number[], end: number) {
  const count = counts[end] ?? null;
  const recent = counts.slice(Math.max(0, end - 3), end + 1).reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const known = weeks.flatMap((week) => {
    const past = counts[week] ?? null;
    return past === null ? [] : [[week, past] as const];
  });
  if (count === null || recent < leastCases || known.length * 2 < history * (2 * around + 1)) return null;
  const trend = quasiPoissonTrend(
    known.map(([week]) => week),
    known.map(([, past]) => past),
  );
  if (!trend) return null;
  const expectation = expectedAt(trend, end);
  const upper = farringtonLimit(expectation, trend.dispersion, z95);
  return { expected: expectation.mean, limit: upper, score: (count - expectation.mean) / (upper - expectation.mean) };
}
