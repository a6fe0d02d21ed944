import { z } from "zod";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix, put, rowOf } from "../grid.ts";
import { windowSum } from "../operators/window.ts";
import { defineStep } from "../step.ts";
import { duration, measureName, share, windowMs } from "./parameters.ts";

/**
 * Sums or means over the `span` that ends at every full `every` of a regular grid, at its head and one window before: hours of
 * five-minute values, say, the last of which ends now. At least the share `valid` of the intervals must be there; missing ones
 * are not scaled up. `coverage` is the share of the first measure.
 */
export const moving = defineStep({
  op: "moving",
  doc: {
    vi: "Tổng hoặc trung bình của khoảng kết thúc ở mỗi mốc và ở mốc mới nhất",
    en: "Sums or means over the span that ends at each mark and at the newest one",
  },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({
    /** New measure: measure. */
    measures: z.record(z.string(), measureName),
    how: z.enum(["sum", "mean"]),
    span: duration,
    every: duration,
    valid: share,
  }),
  run: (grid, { measures, how, span, every, valid }, { definition }): Grid => {
    const step = (grid.ends[1] ?? 0) - (grid.ends[0] ?? 0);
    const terms = step > 0 ? Math.round(span / step) : 1;
    const last = grid.ends[grid.head] ?? 0;
    const earlier = last - windowMs(definition);
    const chosen = grid.ends.flatMap((end, i) =>
      i >= terms - 1 && (end % every === 0 || i === grid.head || end === earlier) ? [i] : [],
    );
    const ends = chosen.map((i) => grid.ends[i] as number);
    const names = [...Object.keys(measures), "coverage"];
    const made = new Map<string, Matrix>(names.map((name) => [name, emptyMatrix(grid.ids.length, ends.length)]));
    grid.ids.forEach((_, subject) => {
      Object.entries(measures).forEach(([name, of], place) => {
        const row = rowOf(grid, of, subject);
        chosen.forEach((end, slot) => {
          const found = windowSum(row, end, terms, Math.ceil(terms * valid));
          const value = found.sum !== null && how === "mean" ? found.sum / found.valid : found.sum;
          put(made, name, subject, slot, value);
          if (place === 0) put(made, "coverage", subject, slot, found.valid / terms);
        });
      });
    });
    const before = ends.indexOf(earlier);
    return {
      ...grid,
      ends,
      head: ends.length - 1,
      before: before < 0 ? null : before,
      shown: ends.flatMap((end, i) => (end % every === 0 || i === ends.length - 1 ? [i] : [])),
      window: { from: earlier, to: last },
      measures: made,
    };
  },
});
