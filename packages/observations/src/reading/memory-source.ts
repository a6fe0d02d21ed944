import type { ValueKind } from "@ioc/contracts";
import { bucketEnd, DAY_MS, rollUp, ROLLUP_WIDTHS } from "../buckets.ts";
import type { Bucket } from "../buckets.ts";
import type { BucketColumns, Readings, SeriesSource } from "../readings.ts";

export interface MemorySeries {
  /** In rising time order; quality 1 unless given. */
  readings: readonly (readonly [time: number, value: number | null, quality?: number])[];
  periodSeconds?: number;
  kind?: ValueKind;
  /** Readings up to this time are no longer kept, only their rollups. */
  rawSince?: number;
}

/** A source for tests: series in plain arrays, everything worked out in the simplest way. `asked` counts what was loaded. */
export function memorySource(
  all: readonly MemorySeries[],
  dayOffset = 0,
): SeriesSource & { asked: { readings: number; buckets: number } } {
  const asked = { readings: 0, buckets: 0 };
  const seriesOf = (series: number): MemorySeries => {
    const found = all[series];
    if (!found) throw new Error(`series ${series} is not known`);
    return found;
  };
  const since = (series: number) => seriesOf(series).rawSince ?? -Infinity;
  const within = (series: number, from: number, to: number, validOnly: boolean) =>
    seriesOf(series).readings.filter(
      ([time, value, quality = 1]) => time > from && time <= to && (!validOnly || (quality <= 2 && value !== null)),
    );
  return {
    asked,
    info: (id) => {
      const { periodSeconds = 60, kind = "mean" } = seriesOf(id);
      return { id, datastream: `s${id}:x`, unit: "Cel", kind, periodSeconds };
    },
    readings(series, from, to, validOnly) {
      const found = readingsOf(within(series, Math.max(from, since(series)), to, validOnly));
      asked.readings += found.time.length;
      return found;
    },
    buckets(series, from, to, width) {
      const valid = within(series, -Infinity, Infinity, true).map(([time, value]) => [time, value ?? NaN] as const);
      const found = rollUp(valid, ROLLUP_WIDTHS[width], width === "1d" ? dayOffset : 0).filter(
        ({ time }) => time > from && time <= to,
      );
      asked.buckets += found.length;
      return bucketsOf(found);
    },
    countAtMost: (series, from, to) =>
      within(
        series,
        Math.max(bucketEnd(from, DAY_MS, dayOffset) - DAY_MS, since(series)),
        bucketEnd(to, DAY_MS, dayOffset),
        false,
      ).length,
    rawSince: since,
    sketchQuantile(series, from, to, q) {
      const values = series
        .flatMap((id) => within(id, from, to, true).map(([, value]) => value as number))
        .sort((a, b) => a - b);
      return values.length === 0 ? null : values[Math.round(q * (values.length - 1))]!;
    },
  };
}

export function readingsOf(rows: MemorySeries["readings"]): Readings {
  return {
    time: Float64Array.from(rows, ([time]) => time),
    value: Float64Array.from(rows, ([, value]) => value ?? NaN),
    quality: Uint8Array.from(rows, ([, , quality = 1]) => quality),
    reasons: new Uint16Array(rows.length),
    delay: new Float64Array(rows.length),
  };
}

function bucketsOf(rows: readonly Bucket[]): BucketColumns {
  const column = (name: keyof Bucket) => Float64Array.from(rows, (row) => row[name]);
  return {
    time: column("time"),
    count: column("count"),
    sum: column("sum"),
    min: column("min"),
    max: column("max"),
    last: column("last"),
    lastTime: column("lastTime"),
  };
}
