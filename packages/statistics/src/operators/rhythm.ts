import { meanOf, medianOf } from "./aggregate.ts";

/**
 * Mean by weekday (0 = Monday) and clock hour (0..23, the hour that STARTS there: the value labelled 08:00 lies in row 7).
 * A cell with fewer than `minValues` values is null.
 */
export function hourByWeekday(
  values: readonly { weekday: number; hour: number; value: number | null }[],
  minValues: number,
): { mean: (number | null)[][]; count: number[][] } {
  const cells: number[][][] = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => []));
  for (const { weekday, hour, value } of values) if (value !== null) cells[weekday]?.[hour]?.push(value);
  return {
    mean: cells.map((row) => row.map((cell) => (cell.length < minValues ? null : meanOf(cell)))),
    count: cells.map((row) => row.map((cell) => cell.length)),
  };
}

/** Usual value: the median of the same hour in the weeks before; null with fewer than `minWeeks` of them. */
export function usualOf(sameHourBefore: readonly (number | null)[], minWeeks: number): number | null {
  const found = sameHourBefore.filter((value) => value !== null);
  return found.length < minWeeks ? null : medianOf(found);
}

/** Linear interpolation between (t0, v0) and (t1, v1); an end without a value gives null unless `at` is the other end. */
export function between(
  at: number,
  before: { time: number; value: number | null },
  after: { time: number; value: number | null },
): number | null {
  if (at === before.time) return before.value;
  if (at === after.time) return after.value;
  if (before.value === null || after.value === null) return null;
  return before.value + ((after.value - before.value) * (at - before.time)) / (after.time - before.time);
}
