import { z } from "zod";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix, put, rowOf } from "../grid.ts";
import { runningSumMax, windowSum } from "../operators/window.ts";
import { defineStep } from "../step.ts";
import { duration, measureName, share } from "./parameters.ts";

/**
 * Sums over the last span of a regular grid at its head and one window before, for several spans. At least `valid` of the
 * intervals must be there; missing ones are not scaled up. `coverage` is that of the first span.
 */
export const windowSums = defineStep({
  op: "window-sum",
  doc: { vi: "Tổng của các khoảng kết thúc ở mốc mới nhất", en: "Sums over spans that end at the newest mark" },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({ measure: measureName, spans: z.record(z.string(), duration), valid: share }),
  run: (grid, { measure, spans, valid }): Grid => {
    const step = (grid.ends[1] ?? 0) - (grid.ends[0] ?? 0);
    const chosen = grid.before === null ? [grid.head] : [grid.before, grid.head];
    const names = Object.keys(spans);
    const measures = new Map<string, Matrix>(names.map((name) => [name, emptyMatrix(grid.ids.length, chosen.length)]));
    const coverage = emptyMatrix(grid.ids.length, chosen.length);
    grid.ids.forEach((_, subject) => {
      const row = rowOf(grid, measure, subject);
      chosen.forEach((end, slot) => {
        names.forEach((name, i) => {
          const terms = Math.round((spans[name] ?? 0) / step);
          const found = windowSum(row, end, terms, Math.ceil(terms * valid));
          put(measures, name, subject, slot, found.sum);
          if (i === 0) (coverage[subject] as (number | null)[])[slot] = found.valid / terms;
        });
      });
    });
    measures.set("coverage", coverage);
    const head = chosen.length - 1;
    const ends = chosen.map((end) => grid.ends[end] as number);
    return { ...grid, ends, head, before: head > 0 ? 0 : null, shown: [head], measures };
  },
});

/**
 * Largest running sum of `terms` consecutive intervals of the local day so far, and of yesterday up to the same time.
 * Windows lie wholly in the day; each needs the share `valid` of its intervals, and the day so far the definition's
 * completeness. Measures `value` and `end` (end of the window).
 */
export const dayRunningMax = defineStep({
  op: "day-running-max",
  doc: { vi: "Tổng trượt lớn nhất trong ngày và lúc kết thúc", en: "Largest running sum of the day and when it ended" },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({ measure: measureName, terms: z.int().positive(), valid: share }),
  run: (grid, { measure, terms, valid }, context): Grid => {
    const last = grid.ends[grid.head] ?? context.now;
    // The value labelled 00:00 still belongs to the day that ends then.
    const days = [context.calendar.addDays(last - 1, -1), context.calendar.dayStart(last - 1)];
    const ends = days.map((start) => start + (last - (days[1] as number)));
    const measures = new Map<string, Matrix>(
      ["value", "end", "coverage"].map((name) => [name, emptyMatrix(grid.ids.length, 2)]),
    );
    grid.ids.forEach((_, subject) => {
      const row = rowOf(grid, measure, subject);
      days.forEach((start, slot) => {
        const inDay = grid.ends.flatMap((end, i) => (end > start && end <= (ends[slot] as number) ? [i] : []));
        const values = inDay.map((i) => row[i] ?? null);
        const coverage = values.length === 0 ? 0 : values.filter((value) => value !== null).length / values.length;
        const best = runningSumMax(values, terms, Math.ceil(terms * valid));
        const set = (name: string, value: number | null) => put(measures, name, subject, slot, value);
        set("coverage", coverage);
        if (!best || coverage < context.definition.completeness) return;
        set("value", best.sum);
        set("end", grid.ends[inDay[best.end] as number] ?? null);
      });
    });
    return { ...grid, ends, head: 1, before: 0, shown: [1], measures, window: { from: days[1] as number, to: last } };
  },
});
