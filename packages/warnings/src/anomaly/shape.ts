import { insert } from "./nearest.ts";

/** The newest readings, oldest first; never more than twice `memory`. */
export interface Shape {
  values: number[];
  /** Readings since the last gap. */
  unbroken: number;
}

/** Readings in a row that are compared, neighbours that count, and how many readings back they are looked for. */
const length = 8;
const neighbours = 10;
const memory = 600;

export function newShape(): Shape {
  return { values: [], unbroken: 0 };
}

/** What follows a gap is no shape until enough readings are there; the shapes known before stay. */
export function interrupt(shape: Shape): void {
  shape.unbroken = 0;
}

/**
 * Takes a reading; returns how unlike the last eight readings are to anything in the last 600: the mean distance to the ten
 * nearest earlier runs of eight (conformal k-NN, Burnaev & Ishimtsev 2016, in Euclidean distance). Null while there is too
 * little to compare.
 */
export function strangeShape(shape: Shape, value: number): number | null {
  shape.values.push(value);
  shape.unbroken++;
  if (shape.values.length > 2 * memory) shape.values = shape.values.slice(-memory);
  const newest = shape.values.length - length;
  if (shape.unbroken < length || newest < neighbours) return null;
  const nearest = nearestOf(shape.values, newest);
  return nearest.reduce((sum, squared) => sum + Math.sqrt(squared), 0) / nearest.length;
}

/** Squared distances of the run at `newest` to the nearest runs before it, ascending. */
function nearestOf(values: readonly number[], newest: number): number[] {
  const nearest: number[] = Array.from({ length: neighbours }, () => Number.POSITIVE_INFINITY);
  for (let start = Math.max(0, newest - memory); start < newest; start++) {
    const worst = nearest[neighbours - 1] ?? 0;
    let squared = 0;
    for (let i = 0; i < length && squared < worst; i++) {
      const difference = (values[newest + i] ?? 0) - (values[start + i] ?? 0);
      squared += difference * difference;
    }
    insert(nearest, squared);
  }
  return nearest;
}
