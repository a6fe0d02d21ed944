/** Where a series usually is, and where it has been for the last few readings. */
export interface Level {
  seen: number;
  /** Exponentially weighted mean of the last readings. */
  short: number;
  unbroken: number;
  /** Mean and variance of `short` over a long time. */
  mean: number;
  variance: number;
}

const shortSpan = 6;
const longSpan = 1500;
const enough = 10;

export function newLevel(): Level {
  return { seen: 0, short: 0, unbroken: 0, mean: 0, variance: 0 };
}

/** The short mean starts anew after a gap. */
export function interruptLevel(level: Level): void {
  level.unbroken = 0;
}

/**
 * Takes a reading; returns how many standard deviations the mean of the last six or so is from its long-term mean: the short
 * against the long term, as in the anomaly likelihood of Ahmad et al. (2017), here of the readings themselves.
 */
export function strangeLevel(level: Level, value: number): number | null {
  level.seen++;
  level.unbroken++;
  level.short += (value - level.short) / Math.min(level.unbroken, shortSpan);
  const from = level.short - level.mean;
  const deviation = Math.sqrt(level.variance);
  const weight = Math.max(1 / level.seen, 1 / longSpan);
  level.mean += weight * from;
  level.variance = (1 - weight) * (level.variance + weight * from * from);
  if (level.seen <= enough) return null;
  if (from === 0) return 0;
  return Math.abs(from) / Math.max(deviation, 1e-9 * Math.abs(level.mean), Number.MIN_VALUE);
}
