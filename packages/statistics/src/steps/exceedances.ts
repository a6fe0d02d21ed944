import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import type { Grid, Rows } from "../grid.ts";
import { rowOf } from "../grid.ts";
import { averagingTimes, dayExceedance, limitIn } from "../operators/ambient-limits.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { tableOf } from "../tables.ts";
import { tableProblems } from "./parameters.ts";

const columns = [
  "station",
  "area_code",
  "time",
  "pollutant",
  "averaging",
  "limit",
  "over",
  "valid",
  "expected",
] as const;

/** Whole local days that the grid of hours has, and the hours of each and of the seven before. */
function daysOf(grid: Grid, { calendar }: StepContext) {
  const index = new Map(grid.ends.map((end, i) => [end, i]));
  const begin = (grid.ends[0] ?? 0) - 1;
  const last = grid.ends.at(-1) ?? 0;
  const days: { end: number; year: number; first: number; to: number }[] = [];
  for (let start = calendar.addDays(begin, 1); ; start = calendar.addDays(start, 1)) {
    const end = calendar.addDays(start, 1);
    if (end > last || days.length > grid.ends.length) return days;
    const first = (index.get(start) ?? -1) + 1;
    days.push({ end, year: Number(calendar.date(start).slice(0, 4)), first, to: (index.get(end) ?? first - 1) + 1 });
  }
}

/**
 * How often limits of ambient air are passed, from hour values: a row for each station, whole local day and limit, with the
 * intervals `over` the limit, the `valid` and the `expected` ones. `limit` is `<pollutant>-<averaging>`, averaging h1 (hours), h8
 * (largest running mean of eight hours that ends in the day) or h24 (mean of the day). Day means and running means need the
 * definition's completeness. A limit that changed is that of the year of the day. Days before a station's first value of a pollutant
 * are not missing: they have no rows.
 */
export const limitExceedances = defineStep({
  op: "limit-exceedances",
  doc: {
    vi: "Số lần vượt từng giới hạn không khí xung quanh, theo trạm và ngày, từ giá trị giờ",
    en: "How often each limit of ambient air is passed, by station and day, from hour values",
  },
  takes: "grid",
  gives: "rows",
  params: z.strictObject({ table: z.string() }),
  problems: ({ table }, _definition, network) => tableProblems(network, table, "ambient-limits"),
  run: (grid, { table }, context): Rows => {
    const { limits } = tableOf(context.network, table, "ambient-limits");
    const places = new Map(
      context.stations.map((station) => [station.id, station.areas[context.network.scheme] ?? null]),
    );
    const measured = Object.entries(limits).filter(([pollutant]) => grid.measures.has(pollutant));
    const days = daysOf(grid, context);
    const found: Record<(typeof columns)[number], RowValue>[] = [];
    grid.ids.forEach((station, subject) => {
      for (const [pollutant, own] of measured) {
        const hours = rowOf(grid, pollutant, subject);
        const begin = hours.findIndex((value) => value !== null);
        for (const { end, year, first, to } of days) {
          if (begin < 0 || begin >= to) continue;
          const [day, before] = [hours.slice(first, to), hours.slice(Math.max(0, first - 7), first)];
          for (const averaging of averagingTimes) {
            const limit = limitIn(own, averaging, year);
            if (limit === null) continue;
            const shared = { station, area_code: places.get(station) ?? null, time: end, pollutant, averaging };
            const counts = dayExceedance(averaging, limit, day, before, context.definition.completeness);
            found.push({ ...shared, limit: `${pollutant}-${averaging}`, ...counts });
          }
        }
      }
    });
    return {
      shape: "rows",
      columns: new Map(columns.map((name) => [name, found.map((row) => row[name])])),
      index: found.map((_, row) => row),
      ends: new Set(["time"]),
      labels: new Map(),
    };
  },
});
