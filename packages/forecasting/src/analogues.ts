import type { Method } from "./forecaster.ts";
import { meanOf } from "./numbers.ts";
import { lengthOf } from "./series.ts";

/** How many of the nearest pasts are averaged, and the shortest stretch that is compared. */
const neighbours = 5;
const shortestWindow = 4;
/** Share of the farthest neighbour's distance that an exact match is taken to be away. */
const least = 1e-6;

interface Past {
  /** Steps of history behind it. */
  end: number;
  /** Sum of squares by which its last season, brought to the level of now, differs from that of now. */
  distance: number;
  /** Level now less level then. */
  shift: number;
}

/** Every whole number of seasons back from which `horizon` steps are known. */
function pastsOf(history: Float64Array, period: number, horizon: number): Past[] {
  const window = Math.max(period, shortestWindow);
  const n = history.length;
  const now = history.subarray(n - window);
  const level = meanOf(now);
  const pasts: Past[] = [];
  for (let end = n - Math.ceil(horizon / period) * period; end >= window; end -= period) {
    const then = history.subarray(end - window, end);
    const shift = level - meanOf(then);
    let distance = 0;
    for (let i = 0; i < window; i += 1) distance += (now[i]! - then[i]! - shift) ** 2;
    pasts.push({ end, distance, shift });
  }
  return pasts;
}

/**
 * Analogues (nearest neighbours; Lorenz 1969, Yakowitz 1987): what followed the five past seasons that were most like
 * the last one in shape, brought to its level, as their mean weighted with 1 / sum of squared differences. Learns no
 * parameters.
 */
export const analogues: Method = {
  id: "analogues",
  needs: (periods, horizon) => {
    const period = lengthOf(periods, 0);
    return Math.ceil(Math.max(1, horizon) / period) * period + Math.max(period, shortestWindow) + 2 * period;
  },
  learn: (_, periods) => (history, horizon) => {
    const pasts = pastsOf(history, lengthOf(periods, 0), horizon);
    const near = pasts.sort((a, b) => a.distance - b.distance).slice(0, neighbours);
    const floor = least * (near.at(-1)?.distance ?? 0) + Number.MIN_VALUE / Number.EPSILON;
    const weights = near.map(({ distance }) => floor / (distance + floor));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return Float64Array.from({ length: horizon }, (_, i) =>
      near.reduce((sum, { end, shift }, j) => sum + (weights[j]! / total) * (history[end + i]! + shift), 0),
    );
  },
};
