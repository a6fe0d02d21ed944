import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import type { Rows } from "../grid.ts";
import { approachOf } from "../operators/storm-approach.ts";
import type { TrackPoint } from "../operators/storm-approach.ts";
import { defineStep } from "../step.ts";
import { duration, hourMs } from "./parameters.ts";

const made = ["dist", "dmin", "tmin", "wind", "gale"] as const;

/**
 * How near each storm of a track dataset (columns `tc_id`, `issued_at`, `lead_h`, `lat`, `lon`, `max_wind_ms`, `radius_gale_km`) comes
 * to a place: a row a storm with `dist` now, the smallest distance `dmin` of the next `ahead`, hours `tmin` until then, strongest
 * `wind` at that point, hours `gale` until gale-force wind; from its newest advisory. One older than `fresh` says nothing any more
 * (`known` 0, no figures); when also all that it forecast is past the storm is over and has no row.
 */
export const stormTrack = defineStep({
  op: "storm-track",
  doc: {
    vi: "Khoảng cách, thời điểm gần nhất và sức gió của từng cơn bão theo đường đi dự báo",
    en: "Distance, time of the nearest approach and wind of each storm along its forecast track",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({
    to: z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }),
    ahead: duration,
    fresh: duration,
    /** Radius of gale-force wind where the advisory tells none, km. */
    galeRadius: z.number().positive(),
  }),
  run: (input, { to, ahead, fresh, galeRadius }, { now }): Rows => {
    const column = (name: string) => {
      const found = input.columns.get(name);
      if (!found) throw new Error(`there is no column "${name}"`);
      return found;
    };
    const [ids, issued, leads, lats, lons, winds, gales] = [
      "tc_id",
      "issued_at",
      "lead_h",
      "lat",
      "lon",
      "max_wind_ms",
      "radius_gale_km",
    ].map(column) as [RowValue[], RowValue[], RowValue[], RowValue[], RowValue[], RowValue[], RowValue[]];
    const numeric = (values: readonly RowValue[], row: number) => {
      const value = values[row];
      return typeof value === "number" ? value : null;
    };
    const columns = new Map<string, RowValue[]>(["tc_id", "known", ...made].map((name) => [name, []]));
    const put = (name: string, value: RowValue) => columns.get(name)?.push(value);
    for (const [id, rows] of Map.groupBy(input.index, (row) => ids[row] ?? null)) {
      const newest = rows.reduce((most, row) => {
        const at = numeric(issued, row);
        return at !== null && at <= now ? Math.max(most, at) : most;
      }, -Infinity);
      const track = rows
        .flatMap((row): TrackPoint[] => {
          const [lead, lat, lon] = [numeric(leads, row), numeric(lats, row), numeric(lons, row)];
          if (issued[row] !== newest || lead === null || lat === null || lon === null) return [];
          return [{ time: newest + lead * hourMs, lat, lon, wind: numeric(winds, row), gale: numeric(gales, row) }];
        })
        .sort((a, b) => a.time - b.time);
      const end = track.at(-1)?.time;
      const known = now - newest <= fresh;
      if (end === undefined || (!known && end < now)) continue;
      const found = known ? approachOf(track, to, { now, ahead, radius: galeRadius }) : null;
      put("tc_id", id);
      put("known", known ? 1 : 0);
      put("dist", found?.distance ?? null);
      put("dmin", found?.least ?? null);
      put("tmin", found?.hours ?? null);
      put("wind", found?.wind ?? null);
      put("gale", found?.galeHours ?? null);
    }
    const length = columns.get("tc_id")?.length ?? 0;
    return { ...input, columns, index: Array.from({ length }, (_, row) => row), ends: new Set(), labels: new Map() };
  },
});
