import { digestOf, type Digest, type Span } from "./peer.ts";
import type { Workload } from "./workload.ts";

/** What the answers must be, worked out from the workload itself in the plainest way. */
export interface Truth {
  raw(series: number, span: Span): Digest;
  profile(series: number, span: Span): Digest;
  latest(): Digest;
  hourly(span: Span): Digest;
  daily95(span: Span): Digest;
}

const propertiesAStation = 5;

export function truthOf(workload: Workload): Truth {
  const within = function* (series: number, { from, to }: Span): Generator<{ time: number; value: number }> {
    for (let point = 0; point < workload.points; point++) {
      const time = workload.time(series, point);
      if (time > from && time <= to) yield { time, value: workload.value(series, point) };
    }
  };
  /** Values by the end of their bucket (end - width, end]. */
  const buckets = (all: Iterable<{ time: number; value: number }>, { from }: Span, width: number) => {
    const found = new Map<number, number[]>();
    for (const { time, value } of all) {
      const end = from + Math.ceil((time - from) / width) * width;
      const bucket = found.get(end);
      if (bucket) bucket.push(value);
      else found.set(end, [value]);
    }
    return [...found.values()];
  };
  const firstProperties = (stations: number) => Array.from({ length: stations }, (_, i) => i * propertiesAStation);
  const stations = workload.series / propertiesAStation;
  return {
    raw: (series, span) => digestOf([...within(series, span)].map((one) => one.value)),
    profile: (series, span) => digestOf(buckets(within(series, span), span, 720_000).map(mean)),
    latest: () =>
      digestOf(Array.from({ length: workload.series }, (_, one) => workload.value(one, workload.points - 1))),
    hourly: (span) =>
      digestOf(firstProperties(100).flatMap((series) => buckets(within(series, span), span, 3_600_000).map(mean))),
    daily95(span) {
      const all = firstProperties(stations).flatMap((series) => [...within(series, span)]);
      return digestOf(buckets(all, span, 86_400_000).map((values) => percentile95(values)));
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Linear between order statistics, as `percentile_cont` of SQL. */
function percentile95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * 0.95;
  const low = sorted[Math.floor(position)] ?? 0;
  const high = sorted[Math.ceil(position)] ?? 0;
  return low + (high - low) * (position - Math.floor(position));
}
