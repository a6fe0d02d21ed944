import { z } from "zod";
import type { Grid } from "../grid.ts";
import { emptyMatrix, rowOf } from "../grid.ts";
import { fireLevel, nextDryness, saturationDeficit } from "../operators/forest-fire.ts";
import { meanOf, sumOf } from "../operators/aggregate.ts";
import { defineStep } from "../step.ts";
import { tableOf } from "../tables.ts";
import { dayMs, hourMs, tableProblems } from "./parameters.ts";

const parameters = z.strictObject({
  table: z.string(),
  /** Local clock hour of the reading. */
  at: z.int().min(0).max(23),
  days: z.int().min(2).max(400),
  /** Days that a chart shows. */
  shown: z.int().min(1).max(400).default(30),
  /** Attribute with the index where the records of a station begin; 0 without it. */
  start: z.string().default("p_start"),
});

/** Value at an hour, else the mean of the hours around it. */
function around(row: readonly (number | null)[], index: Map<number, number>, end: number): number | null {
  const value = (time: number) => row[index.get(time) ?? -1] ?? null;
  const [before, exact, after] = [value(end - hourMs), value(end), value(end + hourMs)];
  return exact ?? (before !== null && after !== null ? (before + after) / 2 : null);
}

/**
 * Daily dryness index P of each station from hour values of `temp`, `rh` and `rain`: `p`, `danger` (code of the level) and `coverage`
 * (share of the days of the last week that had values). An interval is the day that ends at the reading's hour. P begins with the
 * first day that has values; a later day without adds the mean of the three days before.
 */
export const forestFire = defineStep({
  op: "forest-fire",
  doc: {
    vi: "Chỉ số khô hạn P hằng ngày và cấp dự báo cháy rừng theo bảng tham chiếu",
    en: "Daily dryness index P and level of forest-fire danger by the reference table",
  },
  takes: "grid",
  gives: "grid",
  params: parameters,
  problems: ({ table }, _definition, network) => tableProblems(network, table, "forest-fire"),
  run: (grid, { table, at, days, shown, start }, context): Grid => {
    const { calendar, now, network, stations } = context;
    const reference = tableOf(network, table, "forest-fire");
    const levels = Object.entries(reference.levels).map(([id, [, to]]) => ({ id, to }));
    const today = calendar.dayStart(now) + at * hourMs;
    const last = today <= now ? today : calendar.addDays(today, -1) + at * hourMs;
    const ends = Array.from({ length: days }, (_, i) => calendar.addDays(last, i - days + 1) + at * hourMs);
    const index = new Map(grid.ends.map((end, i) => [end, i]));
    const p = emptyMatrix(grid.ids.length, ends.length);
    const danger = emptyMatrix(grid.ids.length, ends.length);
    const coverage = emptyMatrix(grid.ids.length, ends.length);
    grid.ids.forEach((id, subject) => {
      const [temp, rh, rain] = ["temp", "rh", "rain"].map((name) => rowOf(grid, name, subject)) as [
        (number | null)[],
        (number | null)[],
        (number | null)[],
      ];
      const begin = stations.find((station) => station.id === id)?.attributes[start];
      let dryness: number | null = null;
      const added: (number | null)[] = [];
      ends.forEach((end, i) => {
        const [t, humidity] = [around(temp, index, end), around(rh, index, end)];
        const own = t === null || humidity === null ? null : t * saturationDeficit(t, humidity);
        const fallen = sumOf(
          Array.from({ length: dayMs / hourMs }, (_, back) => rain[index.get(end - back * hourMs) ?? -1] ?? null),
        );
        const month = Number(calendar.date(end).slice(5, 7));
        const reset = reference.rain_reset_mm[String(month)] ?? reference.rain_reset_mm["default"] ?? Infinity;
        const more = own ?? (dryness === null ? null : meanOf(added.slice(-3)));
        added.push(own);
        if (more !== null) {
          dryness = nextDryness(dryness ?? (typeof begin === "number" ? begin : 0), more, fallen ?? 0, reset);
        }
        (p[subject] as (number | null)[])[i] = dryness;
        (danger[subject] as (number | null)[])[i] = dryness === null ? null : fireLevel(dryness, levels);
        const week = added.slice(-7);
        (coverage[subject] as (number | null)[])[i] = week.filter((one) => one !== null).length / week.length;
      });
    });
    return {
      ...grid,
      ends,
      head: days - 1,
      before: days - 2,
      shown: ends.flatMap((_, i) => (i >= days - shown ? [i] : [])),
      window: { from: ends[days - 2] ?? last - dayMs, to: last },
      measures: new Map([
        ["p", p],
        ["danger", danger],
        ["coverage", coverage],
      ]),
      labels: { danger: levels.map(({ id }) => id) },
    };
  },
});
