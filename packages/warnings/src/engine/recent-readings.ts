/** What operators see of the readings: valid values (quality 1 and 2) only, in order of phenomenonTime. */
export interface Readings {
  /** Newest reading at or before `at`. */
  latest(datastream: string, at: number): Reading | null;
  /** Readings in (from, to], oldest first. */
  within(datastream: string, from: number, to: number): Reading[];
}

export interface Reading {
  readonly time: number;
  readonly value: number;
}

interface Series {
  times: number[];
  values: number[];
}

/** The newest readings of each datastream that a rule reads, as far back as the rules look. */
export class RecentReadings implements Readings {
  private readonly retention: ReadonlyMap<string, number>;
  private readonly series = new Map<string, Series>();

  /** `retention`: ms to keep behind the newest reading, by datastream; others are not kept at all. */
  constructor(retention: ReadonlyMap<string, number>) {
    this.retention = retention;
  }

  /**
   * Takes a new, corrected or withdrawn (`value` null) reading. False when nothing changed: the same again, or older than
   * what is kept.
   */
  put(datastream: string, time: number, value: number | null): boolean {
    const retention = this.retention.get(datastream);
    if (retention === undefined) return false;
    const series = this.series.get(datastream) ?? { times: [], values: [] };
    const newest = series.times.at(-1);
    if (newest !== undefined && time < newest - retention) return false;
    const index = after(series.times, time);
    const present = index > 0 && series.times[index - 1] === time;
    if (value === null) {
      if (!present) return false;
      series.times.splice(index - 1, 1);
      series.values.splice(index - 1, 1);
      return true;
    }
    if (present) {
      if (series.values[index - 1] === value) return false;
      series.values[index - 1] = value;
      return true;
    }
    series.times.splice(index, 0, time);
    series.values.splice(index, 0, value);
    this.series.set(datastream, series);
    trim(series, retention);
    return true;
  }

  /** Forgets readings in (from, to]. Answers the oldest time among them; null when none was kept. */
  withdraw(datastream: string, from: number, to: number): number | null {
    const series = this.series.get(datastream);
    if (!series) return null;
    const first = after(series.times, from);
    const [oldest] = series.times.splice(first, Math.max(0, after(series.times, to) - first));
    if (oldest === undefined) return null;
    series.values.splice(first, series.values.length - series.times.length);
    return oldest;
  }

  latest(datastream: string, at: number): Reading | null {
    const series = this.series.get(datastream);
    if (!series) return null;
    return readingAt(series, after(series.times, at) - 1);
  }

  within(datastream: string, from: number, to: number): Reading[] {
    const series = this.series.get(datastream);
    if (!series) return [];
    const readings: Reading[] = [];
    for (let index = after(series.times, from); index < series.times.length; index++) {
      const reading = readingAt(series, index);
      if (!reading || reading.time > to) break;
      readings.push(reading);
    }
    return readings;
  }
}

function readingAt(series: Series, index: number): Reading | null {
  const time = series.times[index];
  const value = series.values[index];
  return time === undefined || value === undefined ? null : { time, value };
}

/** Index of the first time later than `at`. */
function after(times: readonly number[], at: number): number {
  // Readings come in order as a rule: look at the end first.
  const newest = times.at(-1);
  if (newest === undefined || newest <= at) return times.length;
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Lets a quarter more than needed pile up, so that cutting is rare. */
function trim(series: Series, retention: number): void {
  const newest = series.times.at(-1) ?? 0;
  const oldest = series.times[0] ?? 0;
  if (newest - oldest <= retention * 1.25) return;
  const keepFrom = after(series.times, newest - retention - 1);
  series.times.splice(0, keepFrom);
  series.values.splice(0, keepFrom);
}
