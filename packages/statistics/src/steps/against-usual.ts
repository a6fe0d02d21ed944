import { z } from "zod";
import type { Grid, Grouped, Matrix } from "../grid.ts";
import { labelAt, matrixOf, rowOf, withMeasures } from "../grid.ts";
import { percentileOf } from "../operators/aggregate.ts";
import { sameWeeksBefore } from "../operators/weeks.ts";
import { defineStep } from "../step.ts";
import { onGroups } from "./group-formulas.ts";
import { dayMs, measureName } from "./parameters.ts";

/** Mean of a measure at the same place of earlier periods: `step` periods before, twice that, … `times` times. Null without any. */
export const usualBefore = defineStep({
  op: "usual-before",
  doc: {
    vi: "Mức thường lệ: trung bình của cùng vị trí ở các kỳ trước (ví dụ cùng thứ của 8 tuần trước)",
    en: "The usual: mean of the same place in earlier periods (the same weekday of 8 weeks before, say)",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({
    measure: measureName,
    into: measureName,
    step: z.int().positive(),
    times: z.int().positive(),
  }),
  run: (input, { measure, into, step, times }): Grouped =>
    onGroups(input, (grid) =>
      withMeasures(grid, [
        [
          into,
          matrixOf(grid.ids, (subject) => {
            const row = rowOf(grid, measure, subject);
            return row.map((_, end) => {
              let [sum, known] = [0, 0];
              for (let i = 1; i <= times; i++) {
                const before = row[end - i * step] ?? null;
                if (before === null) continue;
                sum += before;
                known++;
              }
              return known === 0 ? null : sum / known;
            });
          }),
        ],
      ]),
    ),
});

const zones = ["success", "safety", "alert", "epidemic"] as const;

/**
 * Endemic channel of weekly counts (quartile method; Bortman 1999): for each week the counts of that ISO week, the one before and the
 * one after in the last `years` complete years. `q1`, `q2`, `q3` are their quartiles; `zone` is success below q1, safety below q2,
 * alert below q3, epidemic from there on. Week 53 uses week 52. Null with fewer than half of the values.
 */
export const endemicChannel = defineStep({
  op: "endemic-channel",
  doc: {
    vi: "Kênh dịch: tứ phân vị của tuần này và hai tuần kề trong các năm trước, và vùng của tuần",
    en: "Endemic channel: quartiles of this week and its neighbours in earlier years, and the zone of the week",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({ measure: measureName, years: z.int().min(2).max(10) }),
  run: (input, { measure, years }, { calendar }): Grouped =>
    onGroups(input, (grid: Grid) => {
      const starts = grid.ends.map((_, end) => labelAt(grid, end));
      const same = sameWeeksBefore(starts, years, 1, calendar.date);
      const bands: (readonly [number, number, number] | null)[][] = grid.ids.map((_, subject) => {
        const row = rowOf(grid, measure, subject);
        return same.map((weeks) => {
          const known = weeks.map((end) => row[end] ?? null).filter((value) => value !== null);
          if (known.length * 2 < years * 3) return null;
          return [0.25, 0.5, 0.75].map((p) => percentileOf(known, p)) as [number, number, number];
        });
      });
      const quartile = (which: 0 | 1 | 2): Matrix =>
        matrixOf(grid.ids, (subject) => (bands[subject] ?? []).map((band) => band?.[which] ?? null));
      const zone: Matrix = matrixOf(grid.ids, (subject) =>
        (bands[subject] ?? []).map((band, end) => {
          const value = rowOf(grid, measure, subject)[end] ?? null;
          if (band === null || value === null) return null;
          const above = band.findIndex((limit) => value < limit);
          return above < 0 ? zones.length - 1 : above;
        }),
      );
      return withMeasures(
        grid,
        [
          ["q1", quartile(0)],
          ["q2", quartile(1)],
          ["q3", quartile(2)],
          ["zone", zone],
        ],
        { zone: zones },
      );
    }),
});

/** Takes the headline's period out when it ended longer ago: what is not reported any more is not the state of things. */
export const noOlderThan = defineStep({
  op: "no-older-than",
  doc: {
    vi: "Kỳ mới nhất cũ hơn số ngày cho phép thì không còn giá trị",
    en: "A newest period that began more days ago than allowed has no value",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({ days: z.int().positive() }),
  run: (input, { days }, { now }): Grouped =>
    onGroups(input, (grid) => {
      if (now - labelAt(grid, grid.head) <= (days + 1) * dayMs) return grid;
      const measures = new Map(
        [...grid.measures].map(([name, matrix]): [string, Matrix] => [
          name,
          matrix.map((row) => row.map((value, end) => (end === grid.head ? null : value))),
        ]),
      );
      return { ...grid, measures };
    }),
});
