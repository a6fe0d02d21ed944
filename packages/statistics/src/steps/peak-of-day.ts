import { z } from "zod";
import type { Grid, Grouped, Matrix } from "../grid.ts";
import { labelAt, matrixOf, rowOf, withMeasures } from "../grid.ts";
import { defineStep } from "../step.ts";
import { onGroups } from "./group-formulas.ts";
import { measureName } from "./parameters.ts";

/**
 * The largest value so far of the local day that an interval begins in: `peak`, `peak_time` (start of its interval, ms) and, of that
 * interval, `peak_<measure>` of each measure in `carry`. Null while the day has no value.
 */
export const peakOfDay = defineStep({
  op: "peak-of-day",
  doc: {
    vi: "Giá trị lớn nhất từ đầu ngày, lúc đạt được và các đại lượng khác lúc đó",
    en: "The largest value of the day so far, when it was, and other measures of that moment",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({ measure: measureName, carry: z.array(measureName).default([]) }),
  run: (input, { measure, carry }, { calendar }): Grouped =>
    onGroups(input, (grid: Grid) => {
      // An interval that ends at midnight belongs to the day that is over.
      const day = grid.ends.map((end, i) => calendar.dayStart(grid.starts?.[i] ?? end - 1));
      const peaks = grid.ids.map((_, subject) => {
        const row = rowOf(grid, measure, subject);
        let best: number | null = null;
        return grid.ends.map((_, end) => {
          if (end > 0 && day[end] !== day[end - 1]) best = null;
          const value = row[end] ?? null;
          if (value !== null && (best === null || value > (row[best] as number))) best = end;
          return best;
        });
      });
      const taken = (of: (subject: number, end: number) => number | null): Matrix =>
        matrixOf(grid.ids, (subject) =>
          (peaks[subject] as (number | null)[]).map((end) => (end === null ? null : of(subject, end))),
        );
      return withMeasures(grid, [
        ["peak", taken((subject, end) => rowOf(grid, measure, subject)[end] ?? null)],
        ["peak_time", taken((_, end) => labelAt(grid, end))],
        ...carry.map((name): [string, Matrix] => [
          `peak_${name}`,
          taken((subject, end) => rowOf(grid, name, subject)[end] ?? null),
        ]),
      ]);
    }),
});
