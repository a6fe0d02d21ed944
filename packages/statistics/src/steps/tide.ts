import { z } from "zod";
import type { Grid, Matrix } from "../grid.ts";
import { matrixOf, rowOf, withMeasures } from "../grid.ts";
import { centredMean, tideLevel } from "../operators/tide.ts";
import { defineStep } from "../step.ts";
import { tableOf } from "../tables.ts";
import { duration, measureName, tableProblems } from "./parameters.ts";

/**
 * Predicted tide of every interval from the harmonic constants of a reference table, and the `surge`: observed minus predicted,
 * smoothed by a centred mean of length `smooth`. At the newest intervals the mean has only what is there, at least half.
 */
export const tide = defineStep({
  op: "tide",
  doc: {
    vi: "Thủy triều dự tính theo hằng số điều hòa và nước dâng (thực đo trừ dự tính)",
    en: "Tide predicted from harmonic constants, and the surge: observed minus predicted",
  },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({ measure: measureName, table: z.string(), smooth: duration }),
  problems: ({ table }, _definition, network) => tableProblems(network, table, "tide"),
  run: (grid, { measure, table, smooth }, { network }): Grid => {
    const constants = tableOf(network, table, "tide");
    const predicted = grid.ends.map((end) => tideLevel(constants, end));
    const step = (grid.ends[1] ?? 0) - (grid.ends[0] ?? 0);
    const half = step > 0 ? Math.floor(smooth / 2 / step) : 0;
    const surge: Matrix = matrixOf(grid.ids, (subject) =>
      centredMean(
        rowOf(grid, measure, subject).map((level, end) => (level === null ? null : level - (predicted[end] as number))),
        half,
      ),
    );
    return withMeasures(grid, [
      ["predicted", grid.ids.map(() => predicted)],
      ["surge", surge],
    ]);
  },
});
