import { seededRandom } from "@ioc/testkit";
import { w1Properties, w1Stations } from "./w1-pack.ts";

export const periodMs = 120_000;
export const dayMs = 86_400_000;
const pointsADay = dayMs / periodMs;

/**
 * Workload W1: 400 stations × 5 properties = 2,000 series, a point every 120 s, in time order over all series; a daily wave with
 * AR(1) noise at a resolution of 0.1; one timestamp in ten is a second late; seed 42. Seven days are 10.08 million points.
 */
export interface Workload {
  days: number;
  /** Points of each series; series 5·station + property. */
  points: number;
  series: number;
  /** The first point lies one period after `from`, the last at `to`; both are midnights of the city. ms */
  from: number;
  to: number;
  station(series: number): string;
  property(series: number): string;
  /** ms */
  time(series: number, point: number): number;
  value(series: number, point: number): number;
}

/** @param to Midnight of the city (UTC+7) at the end, ms. */
export function makeW1(days: number, to: number): Workload {
  const random = seededRandom(42);
  const series = w1Stations.length * w1Properties.length;
  const points = days * pointsADay;
  const from = to - days * dayMs;
  const tenths = new Int16Array(series * points);
  const late = new Uint8Array(series * points);
  const noise = new Float64Array(series);
  const base = Float64Array.from({ length: series }, () => 20 + 10 * random());
  const swing = Float64Array.from({ length: series }, () => 3 + 4 * random());
  for (let point = 0; point < points; point++) {
    const wave = Math.sin((2 * Math.PI * point) / pointsADay);
    for (let one = 0; one < series; one++) {
      // AR(1) with innovations that are nearly normal: the sum of three even ones.
      noise[one] = 0.95 * (noise[one] ?? 0) + 0.2 * (random() + random() + random() - 1.5);
      tenths[point * series + one] = Math.round(10 * ((base[one] ?? 0) + (swing[one] ?? 0) * wave + (noise[one] ?? 0)));
      late[point * series + one] = random() < 0.1 && point < points - 1 ? 1 : 0;
    }
  }
  return {
    days,
    points,
    series,
    from,
    to,
    station: (one) => w1Stations[Math.floor(one / w1Properties.length)] ?? "",
    property: (one) => w1Properties[one % w1Properties.length] ?? "",
    time: (one, point) => from + (point + 1) * periodMs + 1000 * (late[point * series + one] ?? 0),
    value: (one, point) => (tenths[point * series + one] ?? 0) / 10,
  };
}

/** The newest midnight of the city (UTC+7) at or before `now`, ms. */
export function midnightBefore(now: number): number {
  const offset = 7 * 3_600_000;
  return Math.floor((now + offset) / dayMs) * dayMs - offset;
}

/**
 * One point after the other in time order over all series, `size` at once; the last batch may be shorter.
 * @param first First point of each series, and `end` the one behind the last; all unless given
 */
export function* batches<T>(
  workload: Workload,
  size: number,
  make: (series: number, time: number, value: number) => T,
  first = 0,
  end = workload.points,
): Generator<T[]> {
  let batch: T[] = [];
  for (let point = first; point < end; point++) {
    for (let series = 0; series < workload.series; series++) {
      batch.push(make(series, workload.time(series, point), workload.value(series, point)));
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
