import { DAY_MS } from "../buckets.ts";
import { QuantileSketch } from "../codec/quantile-sketch.ts";
import type { Readings } from "../readings.ts";
import { visible } from "./columns-of-readings.ts";
import { rollUpColumns } from "./roll-up-columns.ts";
import type { DayBuckets } from "./rollup-blocks.ts";

/** A bucket of so many readings is told in full by its minimum and maximum. */
const FEW = 2;

/**
 * The buckets of one day from all readings of its block.
 * @param width ms
 * @param dayOffset that of the block; days begin there, shorter buckets at whole multiples of their width in UTC
 */
export function rollUpDay(
  readings: Readings,
  day: number,
  width: number,
  options: { dayOffset: number; sketches: boolean },
): DayBuckets {
  const valid = visible(readings, true);
  const buckets = rollUpColumns(valid, width, width === DAY_MS ? options.dayOffset : 0);
  if (!options.sketches) return { day, buckets, sketches: null };
  let from = 0;
  const sketches = Array.from(buckets.count, (count) => {
    const values = valid.value.subarray(from, (from += count));
    return count > FEW ? QuantileSketch.of(values) : null;
  });
  return { day, buckets, sketches };
}
