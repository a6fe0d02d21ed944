import type { ChildResult } from "./children/stats.ts";
import type { Measured } from "./run-peer.ts";

/** Everything that the goals compare. What was not measured on this machine is missing. */
export interface Figures {
  /** Medians of our runs through the front door. */
  ours: Measured;
  victoria: Measured | undefined;
  influx: Measured | undefined;
  postgres: Measured | undefined;
  bare: { perSecond: number } | undefined;
  /** Commits of 33 points. */
  oursLive: ChildResult;
  rowsLive: ChildResult;
  /** Commits of 10,000 points. */
  rows: ChildResult;
}

export interface Goal {
  id: string;
  what: string;
  /** Ours over the one compared with; NaN when that was not measured. */
  ratio: number;
  against: string;
  must: number;
  target: number;
  /** True when a larger ratio is better. */
  atLeast: boolean;
}

/** Ratios of one run on one machine. Goals G10 to G14 are measured elsewhere. */
export function goalsOf(figures: Figures): Goal[] {
  const { ours, victoria, influx, postgres, bare, oursLive, rowsLive, rows } = figures;
  const asked = (one: Measured | undefined, question: keyof Measured["times"]) => one?.times[question]?.p50;
  const over = (question: keyof Measured["times"], peer: Measured | undefined) =>
    ratio(asked(ours, question), asked(peer, question));
  const atLeast = (id: string, what: string, against: string, value: number, must: number, target: number): Goal => {
    return { id, what, against, ratio: value, must, target, atLeast: true };
  };
  const atMost = (id: string, what: string, against: string, value: number, must: number, target: number): Goal => {
    return { id, what, against, ratio: value, must, target, atLeast: false };
  };
  const vm = "VictoriaMetrics";
  return [
    atLeast("G1", "points/s through HTTP, durable", "PostgreSQL", ratio(ours.perSecond, postgres?.perSecond), 2, 4),
    atMost("G2", "CPU a point", vm, ratio(ours.processor, victoria?.processor), 4, 2.5),
    atLeast("G3", "points/s", "bare pipeline", ratio(ours.perSecond, bare?.perSecond), 0.33, 0.5),
    atMost("G4", "bytes a point", vm, ratio(ours.bytesPerPoint, victoria?.bytesPerPoint), 4, 2.5),
    atMost("G4", "bytes a point", "SQLite rows", ratio(ours.bytesPerPoint, rows.bytesPerPoint), 1 / 8, 1 / 8),
    atMost(
      "G5",
      "bytes written a point, commits of 33",
      "SQLite rows",
      ratio(oursLive.writtenPerPoint, rowsLive.writtenPerPoint),
      1 / 10,
      1 / 20,
    ),
    atMost("G6", "Q1 a day of one series, p50", vm, over("raw", victoria), 3, 1.5),
    atMost("G6", "Q2 profile of one series, p50", vm, over("profile", victoria), 3, 1.5),
    atMost("G7", "Q3 latest of all, p50", vm, over("latest", victoria), 0.5, 0.2),
    atMost("G7", "Q3 latest of all, p50", "PostgreSQL", over("latest", postgres), 1.5, 1.5),
    atMost("G8", "Q4 hourly means, p50", vm, over("hourly", victoria), 3, 1.5),
    atMost("G8", "Q4 hourly means, p50", "InfluxDB", over("hourly", influx), 1 / 4, 1 / 4),
    atMost("G9", "Q5 daily p95, exact, p50", `${vm} (approximate)`, over("daily95", victoria), 3, 1.5),
    atMost("G9", "Q5 daily p95, exact, p50", "PostgreSQL", over("daily95", postgres), 1 / 10, 1 / 10),
  ];
}

function ratio(own: number | undefined, other: number | undefined): number {
  return (own ?? Number.NaN) / (other ?? Number.NaN);
}

/** `target`, `must`, `missed`, or `not measured`. */
export function verdict({ ratio: value, must, target, atLeast }: Goal): string {
  if (!Number.isFinite(value)) return "not measured";
  const reaches = (limit: number) => (atLeast ? value >= limit : value <= limit);
  return reaches(target) ? "target" : reaches(must) ? "must" : "missed";
}

/** Medians of several runs of the same store, figure by figure. */
export function mediansOf(runs: readonly Measured[]): Measured | undefined {
  const [first] = runs;
  if (!first) return undefined;
  const middle = (valueOf: (one: Measured) => number) => {
    const sorted = runs.map(valueOf).toSorted((a, b) => a - b);
    return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2;
  };
  const times: Measured["times"] = {};
  for (const question of Object.keys(first.times) as (keyof Measured["times"])[]) {
    const of = (key: "p50" | "p95") => middle((one) => one.times[question]?.[key] ?? Number.NaN);
    times[question] = { p50: of("p50"), p95: of("p95") };
  }
  return {
    ...first,
    perSecond: middle((one) => one.perSecond),
    processor: middle((one) => one.processor),
    processorSettled: middle((one) => one.processorSettled),
    bytesPerPoint: middle((one) => one.bytesPerPoint),
    megabytes: middle((one) => one.megabytes),
    times,
    wrong: runs.flatMap((one) => one.wrong),
  };
}
