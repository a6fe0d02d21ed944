import { z } from "zod";
import type { Grid, Matrix } from "../grid.ts";
import { matrixOf, withMeasures } from "../grid.ts";
import { scheduleOf } from "../operators/schedule.ts";
import { defineStep } from "../step.ts";
import { duration } from "./parameters.ts";

/** Instants looked at within an interval to tell how much of it lies in the schedule. */
const looks = 12;

/**
 * How much of each interval lies in the daily schedule of its station (`scheduled`, 0 to 1), and the start of the local day on which
 * that run of the schedule began (`night`, ms): what happens after midnight belongs to the night before. A station without a
 * schedule has neither.
 */
export const schedule = defineStep({
  op: "schedule",
  doc: {
    vi: "Phần của mỗi khoảng nằm trong lịch hằng ngày ghi ở trạm, và đêm mà nó thuộc về",
    en: "How much of each interval lies in the station's daily schedule, and the night it belongs to",
  },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({
    attribute: z.string(),
    /** Length of an interval. */
    every: duration,
    /** Months in which the schedule begins earlier, and by how much. */
    earlier: z.strictObject({ months: z.array(z.int().min(1).max(12)), by: duration }).optional(),
  }),
  run: (grid, { attribute, every, earlier }, { stations, calendar }): Grid => {
    const schedules = new Map(
      stations.flatMap((station) => {
        const text = station.attributes[attribute];
        return typeof text === "string"
          ? [[station.id, scheduleOf(text, earlier ?? { months: [], by: 0 }, calendar)] as const]
          : [];
      }),
    );
    const noon = 12 * 3_600_000;
    const scheduled: Matrix = matrixOf(grid.ids, (_, id) => {
      const inside = schedules.get(id);
      return grid.ends.map((end) => {
        if (!inside) return null;
        const marks = Array.from({ length: looks }, (_, i) => end - every + ((i + 0.5) * every) / looks);
        return marks.filter(inside).length / looks;
      });
    });
    const night: Matrix = matrixOf(grid.ids, (_, id) =>
      grid.ends.map((end) => (schedules.has(id) ? calendar.dayStart(end - 1 - noon) : null)),
    );
    return withMeasures(grid, [
      ["scheduled", scheduled],
      ["night", night],
    ]);
  },
});
