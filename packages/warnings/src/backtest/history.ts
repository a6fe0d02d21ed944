import type { RawRows } from "@ioc/observations";
import type { Reading, Readings } from "../engine/recent-readings.ts";

/** Valid readings of one datastream, oldest first. */
interface Column {
  times: number[];
  values: number[];
  /** Where the last question was answered: the next one is mostly close to it. */
  at: number;
}

/** Readings of a stretch of history. Operators look back from the time that is played, so that what comes later is not seen. */
export class History implements Readings {
  private readonly columns = new Map<string, Column>();

  /** Adds rows, each datastream's newer than what is there. */
  add({ datastream, time, result }: Pick<RawRows, "datastream" | "time" | "result">): void {
    let id = "";
    let column: Column = { times: [], values: [], at: 0 };
    for (let i = 0; i < time.length; i++) {
      const value = result[i];
      if (datastream[i] !== id) {
        id = datastream[i]!;
        column = this.columns.get(id) ?? { times: [], values: [], at: 0 };
        this.columns.set(id, column);
      }
      if (value === null || value === undefined) continue;
      column.times.push(time[i]!);
      column.values.push(value);
    }
  }

  /** Forgets readings of a datastream at or before a time. */
  forget(datastream: string, until: number): void {
    const column = this.columns.get(datastream);
    if (!column) return;
    const first = placeAfter(column, until);
    if (first === 0) return;
    column.times = column.times.slice(first);
    column.values = column.values.slice(first);
    column.at = 0;
  }

  /** Times of readings of any of the datastreams in (from, to], rising, each once. */
  timesOf(datastreams: readonly string[], from: number, to: number): number[] {
    const parts = datastreams.map((id) => this.timesWithin(id, from, to)).filter((part) => part.length > 0);
    const [only = []] = parts;
    if (parts.length < 2) return only;
    return [...new Set(parts.flat())].sort((a, b) => a - b);
  }

  latest(datastream: string, at: number): Reading | null {
    const column = this.columns.get(datastream);
    if (!column) return null;
    const place = placeAfter(column, at) - 1;
    return place < 0 ? null : { time: column.times[place]!, value: column.values[place]! };
  }

  within(datastream: string, from: number, to: number): Reading[] {
    const column = this.columns.get(datastream);
    if (!column) return [];
    const { times, values } = column;
    const readings: Reading[] = [];
    for (let i = placeAfter(column, from); i < times.length && times[i]! <= to; i++) {
      readings.push({ time: times[i]!, value: values[i]! });
    }
    return readings;
  }

  private timesWithin(datastream: string, from: number, to: number): number[] {
    const column = this.columns.get(datastream);
    if (!column) return [];
    return column.times.slice(placeAfter(column, from), placeAfter(column, to));
  }
}

/** Index of the first time later than `at`. */
function placeAfter(column: Column, at: number): number {
  const { times } = column;
  let low = 0;
  let high = times.length;
  // Time is played forwards: look around the last place first.
  const near = column.at;
  const stride = 32;
  if (near > 0 && near <= high && times[near - 1]! <= at) {
    low = near;
    if (near + stride < high && times[near + stride]! > at) high = near + stride;
  } else if (near > 0 && near <= high) {
    high = near;
    if (near - stride > 0 && times[near - stride]! <= at) low = near - stride;
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  column.at = low;
  return low;
}
