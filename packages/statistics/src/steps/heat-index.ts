import { z } from "zod";
import type { Grid } from "../grid.ts";
import { matrixOf, rowOf, withMeasures } from "../grid.ts";
import { heatIndex } from "../operators/heat-index.ts";
import { defineStep } from "../step.ts";
import { measureName } from "./parameters.ts";

/** Heat index of every interval from temperature in °C and relative humidity in percent; null where one of them is missing. */
export const heatIndexStep = defineStep({
  op: "heat-index",
  doc: {
    vi: "Chỉ số nóng bức từ nhiệt độ và độ ẩm (Rothfusz)",
    en: "Heat index from temperature and humidity (Rothfusz)",
  },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({ temp: measureName, rh: measureName, into: measureName }),
  run: (grid, { temp, rh, into }): Grid => {
    const felt = matrixOf(grid.ids, (subject) => {
      const humidity = rowOf(grid, rh, subject);
      return rowOf(grid, temp, subject).map((t, end) => {
        const r = humidity[end] ?? null;
        return t === null || r === null ? null : heatIndex(t, r);
      });
    });
    return withMeasures(grid, [[into, felt]]);
  },
});
