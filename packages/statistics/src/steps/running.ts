import { z } from "zod";
import type { Grid, Matrix } from "../grid.ts";
import { rowOf, withMeasures } from "../grid.ts";
import { runningMeans } from "../operators/window.ts";
import { defineStep } from "../step.ts";
import { duration, measureName, share } from "./parameters.ts";

/**
 * Means over the last `span` up to each interval of a regular grid: of 24 hours on hours, of 365 days on days. At least the share
 * `valid` of the intervals must have a value; where the span begins before the grid there is no mean. `coverage` becomes the share
 * of the span's intervals of the first measure that have a value (0..1).
 */
export const running = defineStep({
  op: "running-mean",
  doc: {
    vi: "Trung bình trượt của các khoảng gần nhất, ví dụ 8 giờ hay 24 giờ",
    en: "Running means over the last intervals, 8 or 24 hours for example",
  },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({
    /** New measure: measure. */
    measures: z.record(z.string(), measureName),
    span: duration,
    valid: share,
  }),
  run: (grid, { measures, span, valid }): Grid => {
    const terms = Math.max(1, Math.round(span / ((grid.ends[1] ?? span) - (grid.ends[0] ?? 0))));
    const means = Object.entries(measures).map(
      ([name, of]) =>
        [
          name,
          grid.ids.map((_, subject) => runningMeans(rowOf(grid, of, subject), terms, Math.ceil(terms * valid))),
        ] as const,
    );
    const coverage = means[0]?.[1].map((row) => row.map((one) => one.valid / terms)) ?? [];
    return withMeasures(grid, [
      ...means.map(([name, found]): [string, Matrix] => [name, found.map((row) => row.map(({ mean }) => mean))]),
      ["coverage", coverage],
    ]);
  },
});
