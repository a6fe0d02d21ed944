import type { Workload } from "./workload.ts";

/** One of the five questions, with what a store needs to know of it. Spans are (from, to], ms. */
export interface Span {
  from: number;
  to: number;
}

/** One text, or the three columns of a batch for PostgreSQL. */
export type Body = string | readonly string[];

export interface Settled {
  /** On the disk. */
  bytes: number;
  /** Processor seconds that settling took outside of the server's own process. */
  processorElsewhere: number;
}

/** What the answers are compared by. */
export interface Digest {
  count: number;
  sum: number;
}

/** A store that is compared: started empty, loaded, settled, asked, stopped. */
export interface Peer {
  name: string;
  /** Process whose processor time and memory count. */
  pid: number;
  /** Points of a batch, and how many are on their way at once. */
  batch: number;
  connections: number;
  /** Body of a batch, made before it is timed. */
  body(workload: Workload, batch: readonly Point[]): Body;
  send(body: Body): Promise<void>;
  /** Waits until everything is written as it stays. */
  settle(): Promise<Settled>;
  /** Every reading of one series. */
  raw(series: number, span: Span): Promise<string>;
  /** Minimum, mean and maximum of one series for each twelve minutes. */
  profile(series: number, span: Span): Promise<string>;
  /** Newest value of every series. */
  latest(): Promise<string>;
  /** Hourly means of the first property of the first hundred stations. */
  hourly(span: Span): Promise<string>;
  /** 95th percentile of each day over the first property of all stations. */
  daily95(span: Span): Promise<string>;
  /** Reads an answer: how many values and their sum. */
  digest: Record<"raw" | "profile" | "latest" | "hourly" | "daily95", (answer: string) => Digest>;
  stop(): Promise<void>;
}

export interface Point {
  series: number;
  time: number;
  value: number;
}

/** Sums numbers that may be missing. */
export function digestOf(values: Iterable<number | null | undefined>): Digest {
  let count = 0;
  let sum = 0;
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    count += 1;
    sum += value;
  }
  return { count, sum };
}
