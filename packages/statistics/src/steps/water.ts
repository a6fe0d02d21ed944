import { z } from "zod";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix, matrixOf, put, rowOf, withMeasures } from "../grid.ts";
import { alarmClass, reservoirFilling, reservoirVolume } from "../operators/water.ts";
import { defineStep } from "../step.ts";
import { inSeason, tableOf } from "../tables.ts";
import { measureName, tableProblems } from "./parameters.ts";

/**
 * Class (0 to 3) and margin in m of a river level against the alarm levels of its station; null for stations that have no
 * official levels. `rank` puts the stations nearest to or furthest above their alarm first: class, then the share of the
 * way to the next level.
 */
export const alarmLevels = defineStep({
  op: "alarm-levels",
  doc: {
    vi: "Cấp báo động của mực nước sông và khoảng cách tới cấp",
    en: "Alarm class of river levels and the margin to it",
  },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({ measure: measureName, table: z.string() }),
  problems: ({ table }, _definition, network) => tableProblems(network, table, "flood-alarm"),
  run: (grid, { measure, table }, { network }): Grid => {
    const levels = tableOf(network, table, "flood-alarm").stations;
    const names = ["class", "margin", "toNext", "rank"];
    const added = new Map<string, Matrix>(names.map((name) => [name, emptyMatrix(grid.ids.length, grid.ends.length)]));
    grid.ids.forEach((id, subject) => {
      const alarms = levels[id]?.bd;
      if (!alarms) return;
      rowOf(grid, measure, subject).forEach((level, end) => {
        if (level === null) return;
        const found = alarmClass(level, alarms);
        const step = (alarms[1] ?? 0) - (alarms[0] ?? 0);
        const values = [found.class, found.margin, found.toNext, found.class * 1000 + found.margin / step];
        names.forEach((name, i) => {
          put(added, name, subject, end, values[i] ?? null);
        });
      });
    });
    return withMeasures(grid, added);
  },
});

/**
 * Reservoirs by their curve: `filling` (percent of the useful volume), `volume`, `free` (to the normal level), in the flood
 * season `freePreMax` (to the highest level allowed before a flood) and `preMax` (filling at that level); volumes in Mm3.
 * `used` and `useful` are the pooled numerator and denominator. Reservoirs that the table does not have are left out.
 */
export const reservoirStorage = defineStep({
  op: "reservoir-storage",
  doc: {
    vi: "Dung tích hồ, tỷ lệ tích nước và dung tích phòng lũ từ mực nước",
    en: "Volume, filling and free flood volume of reservoirs from their level",
  },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({ level: measureName, table: z.string() }),
  problems: ({ table }, _definition, network) => tableProblems(network, table, "reservoirs"),
  run: (grid, { level, table }, { network, calendar, now }): Grid => {
    const { items, season } = tableOf(network, table, "reservoirs");
    const kept = grid.ids.flatMap((id, subject) => (items[id] ? [subject] : []));
    const ids = kept.map((subject) => grid.ids[subject] as string);
    const wet = inSeason(calendar.date(now), season.flood);
    const keep = ([name, matrix]: [string, Matrix]) => [name, kept.map((subject) => matrix[subject] ?? [])] as const;
    const base: Grid = { ...grid, ids, measures: new Map([...grid.measures].map(keep)) };
    const calculate = (value: (curve: NonNullable<(typeof items)[string]>, volume: number) => number | null): Matrix =>
      matrixOf(ids, (subject, id) => {
        const curve = items[id];
        return rowOf(base, level, subject).map((h) =>
          h === null || !curve ? null : value(curve, reservoirVolume(curve, h)),
        );
      });
    return withMeasures(base, [
      ["level", ids.map((_, subject) => rowOf(base, level, subject))],
      ["volume", calculate((_, volume) => volume)],
      ["filling", calculate((curve, volume) => reservoirFilling(curve, volume))],
      ["free", calculate((curve, volume) => curve.v_normal - volume)],
      ["used", calculate((curve, volume) => Math.max(0, volume - curve.v_dead))],
      ["useful", calculate((curve) => curve.v_normal - curve.v_dead)],
      [
        "freePreMax",
        calculate((c, volume) =>
          wet && c.pre_max !== null ? Math.max(0, reservoirVolume(c, c.pre_max) - volume) : null,
        ),
      ],
      [
        "preMax",
        calculate((c) => (wet && c.pre_max !== null ? reservoirFilling(c, reservoirVolume(c, c.pre_max)) : null)),
      ],
    ]);
  },
});
