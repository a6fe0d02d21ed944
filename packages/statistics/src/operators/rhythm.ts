import { meanOf, medianOf } from "./aggregate.ts";

/**
 * Mean by a row (weekday, month) and clock hour (0..23, the hour that STARTS there: the value labelled 08:00 lies in column 7).
 * A cell with fewer than `minValues` values is null.
 * @param rows number of rows; rows count from 0
 */
export function hourProfile(
  values: readonly { row: number; hour: number; value: number | null }[],
  rows: number,
  minValues: number,
): { mean: (number | null)[][]; count: number[][] } {
  const cells: number[][][] = Array.from({ length: rows }, () => Array.from({ length: 24 }, () => []));
  for (const { row, hour, value } of values) if (value !== null) cells[row]?.[hour]?.push(value);
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
