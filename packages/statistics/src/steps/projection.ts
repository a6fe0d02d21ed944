import { z } from "zod";
import type { Grid, Grouped, Matrix } from "../grid.ts";
import { labelAt, matrixOf, rowOf, withMeasures } from "../grid.ts";
import { yearEnd } from "../operators/projection.ts";
import type { YearEnd } from "../operators/projection.ts";
import { defineStep } from "../step.ts";
import { onGroups } from "./group-formulas.ts";
import { measureName } from "./parameters.ts";

const months = 12;

/** Months of a year up to an end of the grid, January first. */
function monthsOf(
  row: readonly (number | null)[],
  place: ReadonlyMap<string, number>,
  year: number,
  last: number,
): (number | null)[] {
  return Array.from({ length: months }, (_, month) => {
    const end = place.get(`${year}-${String(month + 1).padStart(2, "0")}`);
    return end === undefined || end > last ? null : (row[end] ?? null);
  });
}

/**
 * Where a year comes to, month by month: what was reached to date divided by the share that was usually reached by then in the three
 * years before. Months without a value at the end of the year so far are still to come; one that is missing within it makes the
 * projection unknown. Amounts of quarters stand at their last month.
 */
export const projection = defineStep({
  op: "projection",
  doc: {
    vi: "Ước cả năm: lũy kế từ đầu năm chia cho tỷ lệ thường đạt đến tháng đó trong ba năm trước",
    en: "Year-end value: the year to date divided by the share usually reached by that month in the three years before",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({
    /** Amount of a month. */
    measure: measureName,
    into: measureName.default("projected"),
    toDate: measureName.default("toDate"),
    share: measureName.default("share"),
    /** Months of the year that the amount to date covers. */
    months: measureName.default("months"),
    years: z.int().min(1).max(5).default(3),
  }),
  run: (input, { measure, into, toDate, share, months: covered, years }, { calendar }): Grouped =>
    onGroups(input, (grid: Grid) => {
      const dates = grid.ends.map((_, end) => calendar.date(labelAt(grid, end)).slice(0, 7));
      const place = new Map(dates.map((date, end) => [date, end]));
      const found = grid.ids.map((_, subject) => {
        const row = rowOf(grid, measure, subject);
        return dates.map((date, end) => {
          const year = Number(date.slice(0, 4));
          const before = Array.from({ length: years }, (_, back) => monthsOf(row, place, year - back - 1, end));
          return yearEnd(monthsOf(row, place, year, end), before);
        });
      });
      const matrix = (of: (one: YearEnd) => number | null): Matrix =>
        matrixOf(grid.ids, (subject) => (found[subject] ?? []).map((one) => (one === null ? null : of(one))));
      return withMeasures(grid, [
        [into, matrix((one) => one.projected)],
        [toDate, matrix((one) => one.toDate)],
        [share, matrix((one) => one.share)],
        [covered, matrix((one) => one.months)],
      ]);
    }),
});

/** What is told once and holds on, such as the plan of a year, at the ends after it too: the newest known value of the year so far. */
export const lastKnown = defineStep({
  op: "last-known",
  doc: {
    vi: "Giá trị mới nhất đã biết kể từ đầu năm, ví dụ kế hoạch năm",
    en: "The newest known value since the start of the year, of a plan of the year for example",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({
    /** New measure: measure. */
    measures: z.record(z.string(), measureName),
  }),
  run: (input, { measures }, { calendar }): Grouped =>
    onGroups(input, (grid: Grid) => {
      const years = grid.ends.map((_, end) => calendar.date(labelAt(grid, end)).slice(0, 4));
      const carried = (row: readonly (number | null)[]) => {
        let known: number | null = null;
        return row.map((value, end) => {
          if (years[end] !== years[end - 1]) known = null;
          known = value ?? known;
          return known;
        });
      };
      return withMeasures(
        grid,
        Object.entries(measures).map(([name, of]): [string, Matrix] => [
          name,
          matrixOf(grid.ids, (subject) => carried(rowOf(grid, of, subject))),
        ]),
      );
    }),
});
