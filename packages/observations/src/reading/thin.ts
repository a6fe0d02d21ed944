import type { Reduction } from "@ioc/contracts";
import type { Line } from "./line.ts";

/** A point that is kept: its place in the columns of the line, or -1 for a mark that the line is broken at this time. */
export interface KeptPoint {
  at: number;
  time: number;
}

/**
 * Thins a line out to at most `points` points in rising time order, marks of breaks included. Between two kept points that
 * lie on both sides of a break there is always a mark, so that nobody draws over a gap. Where there are many breaks, fewer
 * points are kept.
 */
export function thinned(line: Line, how: Reduction, points: number): KeptPoint[] {
  const pick = how === "minmax" ? extremes : largestTriangles;
  for (let budget = points; ;) {
    const kept = withBreaks(line, pick(line, budget));
    if (kept.length <= points) return kept;
    if (budget <= 1) return kept.slice(0, points);
    budget = Math.min(budget - 1, Math.floor((budget * points) / kept.length));
  }
}

/**
 * First, lowest, highest and last point of each of `budget / 4` stretches of equal time: a line through them covers the same
 * pixels as one through all points when the stretches are as wide as a pixel (M4; Jugel et al., VLDB 2014).
 */
function extremes(line: Line, budget: number): number[] {
  const { time } = line;
  const count = time.length;
  if (count <= budget) return everyPoint(count);
  if (budget < 4) return lowAndHigh(line, 0, count).slice(-Math.max(1, budget));
  const stretches = Math.floor(budget / 4);
  const begin = time[0]!;
  const width = (time[count - 1]! - begin) / stretches;
  const kept: number[] = [];
  for (let from = 0; from < count;) {
    const stretch = Math.min(stretches - 1, Math.floor((time[from]! - begin) / width));
    const end = stretch === stretches - 1 ? Infinity : begin + (stretch + 1) * width;
    let to = from + 1;
    while (to < count && time[to]! < end) to++;
    for (const place of new Set([from, ...lowAndHigh(line, from, to), to - 1].sort((a, b) => a - b))) kept.push(place);
    from = to;
  }
  return kept;
}

/** Places of the lowest and the highest point of [from, to), in order. */
function lowAndHigh({ low, high }: Line, from: number, to: number): number[] {
  let lowest = from;
  let highest = from;
  for (let i = from + 1; i < to; i++) {
    if (low[i]! < low[lowest]!) lowest = i;
    if (high[i]! > high[highest]!) highest = i;
  }
  if (lowest === highest) return [lowest];
  return lowest < highest ? [lowest, highest] : [highest, lowest];
}

/**
 * Largest-Triangle-Three-Buckets: of each of `budget - 2` stretches of equal count the point that makes the largest triangle
 * with the point kept before it and the mean of the next stretch (S. Steinarsson, "Downsampling Time Series for Visual
 * Representation", University of Iceland, 2013, section 4.2).
 */
function largestTriangles({ time, value }: Line, budget: number): number[] {
  const count = time.length;
  if (count <= budget) return everyPoint(count);
  if (budget < 3) return budget < 2 ? [0] : [0, count - 1];
  const kept = [0];
  const stretch = (count - 2) / (budget - 2);
  const begin = time[0]!;
  let last = 0;
  for (let i = 0; i < budget - 2; i++) {
    const from = Math.floor(i * stretch) + 1;
    const to = Math.floor((i + 1) * stretch) + 1;
    const end = Math.min(Math.floor((i + 2) * stretch) + 1, count);
    let meanTime = 0;
    let meanValue = 0;
    for (let j = to; j < end; j++) {
      meanTime += time[j]! - begin;
      meanValue += value[j]!;
    }
    meanTime /= end - to;
    meanValue /= end - to;
    const lastTime = time[last]! - begin;
    const lastValue = value[last]!;
    let largest = -1;
    for (let j = from; j < to; j++) {
      const area = Math.abs(
        (lastTime - meanTime) * (value[j]! - lastValue) - (lastTime - (time[j]! - begin)) * (meanValue - lastValue),
      );
      if (area > largest) [largest, last] = [area, j];
    }
    kept.push(last);
  }
  kept.push(count - 1);
  return kept;
}

function everyPoint(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** The kept points with one mark wherever the line is broken before, between or behind them. */
function withBreaks({ at, time, run, breaks }: Line, kept: readonly number[]): KeptPoint[] {
  const points: KeptPoint[] = [];
  let passed = 0;
  for (const place of kept) {
    if (run[place]! > passed) points.push({ at: -1, time: breaks[passed]! });
    passed = run[place]!;
    points.push({ at: at[place]!, time: time[place]! });
  }
  if (breaks.length > passed) points.push({ at: -1, time: breaks[passed]! });
  return points;
}
