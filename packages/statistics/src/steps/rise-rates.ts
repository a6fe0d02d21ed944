import { z } from "zod";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix, put } from "../grid.ts";
import type { Reading } from "../operators/water.ts";
import { defineStep } from "../step.ts";
import { duration, hourMs, measureName, windowMs } from "./parameters.ts";
import { newestAt } from "../operators/water.ts";

const parameters = z.strictObject({
  property: measureName,
  /** New measure: how far back the change is looked at. */
  over: z.record(z.string(), duration),
  /** Oldest newest reading. */
  maxAge: duration,
  /** How much older than asked for the earlier reading may be. */
  tolerance: duration,
});

/** Change an hour between the reading at index `last` and the newest one that is at least `back` ms older. */
function rateOf(series: readonly Reading[], last: number, back: number, tolerance: number): number | null {
  const now = series[last];
  const before = now && series[newestAt(series, now.time - back)];
  if (!now || !before || now.time - back - before.time > tolerance) return null;
  return (now.value - before.value) / ((now.time - before.time) / hourMs);
}

/**
 * Speed of change of a level, an hour: (level now − level k before) / k for several k; null unless both readings are there.
 * Measures: one for each k, `level` and `time` of the newest reading, now and one window before.
 */
export const riseRates = defineStep({
  op: "rise-rates",
  doc: {
    vi: "Cường suất: mức thay đổi mỗi giờ so với k giờ trước",
    en: "Speed of change an hour, against k hours before",
  },
  takes: "readings",
  gives: "grid",
  params: parameters,
  run: (input, { property, over, maxAge, tolerance }, { now, stations, definition }): Grid => {
    const ends = [now - windowMs(definition), now];
    const ids = stations.map((station) => station.id);
    const names = [...Object.keys(over), "level", "time", "coverage"];
    const measures = new Map<string, Matrix>(names.map((name) => [name, emptyMatrix(ids.length, ends.length)]));
    ids.forEach((id, subject) => {
      const series = input.series.get(id)?.get(property) ?? [];
      ends.forEach((end, slot) => {
        const last = newestAt(series, end);
        const newest = series[last];
        const fresh = newest !== undefined && end - newest.time <= maxAge;
        put(measures, "coverage", subject, slot, fresh ? 1 : 0);
        if (!fresh) return;
        put(measures, "level", subject, slot, newest.value);
        put(measures, "time", subject, slot, newest.time);
        for (const [name, back] of Object.entries(over)) {
          put(measures, name, subject, slot, rateOf(series, last, back, tolerance));
        }
      });
    });
    const window = { from: ends[0] as number, to: now };
    return { shape: "grid", ids, ends, head: 1, before: 0, shown: [1], window, measures, labels: {} };
  },
});
