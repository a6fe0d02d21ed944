import { newestAt } from "./water.ts";
import type { Reading } from "./water.ts";

/** Steps of rain gauges and nowcasts, ms; they end at full ten minutes. */
export const rainStepMs = 600_000;
const hourMs = 3_600_000;

/** Depth over the road of a street that stores so many mm of rain, m: 0.004 S^0.9, the street model of kinds/street-flood.yaml. */
export function depthOfStore(mm: number): number {
  return 0.004 * mm ** 0.9;
}

/** What a street stores after a step of ten minutes, mm; `drain` in mm/h. */
export function storeAfter(before: number, rain: number, drain: number): number {
  return Math.max(0, before + rain - (drain * rainStepMs) / hourMs);
}

/** Rain expected in the ten minutes that end at a time, mm. */
export interface RainPoint {
  time: number;
  value: number;
}

/**
 * Rain of the ten minutes that end at each of `marks` (rising, later than `present`), mm: between what fell last and the points of a
 * nowcast linear, so that one in coarser steps serves too; after its last point, and without any from the beginning, it dies away
 * by half every `halving` ms.
 * @param present what fell in the last step that is known
 * @param nowcast in order of time
 */
export function rainAhead(
  present: RainPoint,
  nowcast: readonly RainPoint[],
  marks: readonly number[],
  halving: number,
): number[] {
  const points = [present, ...nowcast.filter(({ time }) => time > present.time)];
  return marks.map((mark) => {
    const after = points.findIndex(({ time }) => time >= mark);
    if (after < 0) {
      const last = points.at(-1) ?? present;
      return last.value * 0.5 ** ((mark - last.time) / halving);
    }
    const [a, b] = [points[after - 1] ?? present, points[after] ?? present];
    return b.time === a.time ? b.value : a.value + ((b.value - a.value) * (mark - a.time)) / (b.time - a.time);
  });
}

/** What a street's store is worked out from. */
export interface StreetWater {
  /** Rain that the street can drain while the water it leads to has room, mm/h. */
  drain: number;
  /** Readings of the gauge: totals of the time since the one before, mm. */
  rain: readonly Reading[];
  /** Level of the lake or river that it drains to, and the level at which that spills; null where it has none. */
  receiver: { levels: readonly Reading[]; spill: number } | null;
}

export interface StreetOutlook {
  /** Largest depth from the last known rain until `ahead` later, m. */
  depth: number;
  /** What the street stores now, mm. */
  stored: number;
  /** Sums of the last 30 and 60 minutes, mm. */
  rain30: number;
  rain60: number;
  /** By how much the receiving water stands above its spill level, m; 0 below it, and where there is none. */
  over: number;
}

export interface OutlookOptions {
  /** City time, ms. */
  now: number;
  /** The street was dry so long ago, ms; what fell since is run through the store. */
  past: number;
  ahead: number;
  halving: number;
  /** A gauge that is silent for longer says nothing, ms. */
  silence: number;
}

/** Level of the receiving water above its spill level at a time, m; what was told last counts. */
function overSpill({ receiver }: StreetWater, time: number): number {
  if (!receiver) return 0;
  const level = receiver.levels[newestAt(receiver.levels, time)];
  return level ? Math.max(0, level.value - receiver.spill) : 0;
}

/** Rain of each step from the one after `from` to the one that ends at `last`; what is missing fell nowhere. */
function rainBySteps(readings: readonly Reading[], from: number, last: number): Float64Array {
  const first = Math.floor(from / rainStepMs);
  const steps = new Float64Array(Math.max(0, last / rainStepMs - first));
  for (let i = newestAt(readings, from) + 1; i < readings.length; i += 1) {
    const { time, value } = readings[i] as Reading;
    if (time > last) break;
    steps[Math.ceil(time / rainStepMs) - first - 1]! += value;
  }
  return steps;
}

/**
 * Runs a street's store over the rain of the gauge up to now and then over what is expected, step by step. The drain takes nothing
 * while the receiving water stands above its spill level; ahead that stays as it is. Newest steps that the gauge is late with count
 * as expected, older ones that are missing as dry. Null when the gauge is silent.
 * @param nowcast of the gauge, in order of time
 */
export function streetOutlook(
  water: StreetWater,
  nowcast: readonly RainPoint[],
  { now, past, ahead, halving, silence }: OutlookOptions,
): StreetOutlook | null {
  const newest = water.rain[newestAt(water.rain, now)];
  if (!newest || newest.time <= now - silence) return null;
  const last = Math.ceil(newest.time / rainStepMs) * rainStepMs;
  const fallen = rainBySteps(water.rain, now - past, last);
  const over = overSpill(water, now);
  let stored = 0;
  fallen.forEach((rain, i) => {
    if (stored + rain === 0) return;
    const end = Math.min(now, last - (fallen.length - 1 - i) * rainStepMs);
    stored = storeAfter(stored, rain, overSpill(water, end) > 0 ? 0 : water.drain);
  });
  const marks = Array.from(
    { length: Math.floor((now + ahead - last) / rainStepMs) },
    (_, i) => last + (i + 1) * rainStepMs,
  );
  let [store, most] = [stored, stored];
  for (const rain of rainAhead({ time: last, value: fallen.at(-1) ?? 0 }, nowcast, marks, halving)) {
    store = storeAfter(store, rain, over > 0 ? 0 : water.drain);
    most = Math.max(most, store);
  }
  const sumOf = (ms: number) => fallen.slice(-ms / rainStepMs).reduce((sum, rain) => sum + rain, 0);
  return { depth: depthOfStore(most), stored, rain30: sumOf(hourMs / 2), rain60: sumOf(hourMs), over };
}
