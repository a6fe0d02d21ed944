import type { ObservationReader } from "@ioc/observations";
import type { Family } from "./exposition.ts";
import { Counter, durationBounds, Histogram } from "./instruments.ts";

/** A call to the store that took long. */
export interface SlowRead {
  call: string;
  /** When it was asked, ms of real time. */
  at: number;
  seconds: number;
  /** Datastreams it named; null when it is no question about datastreams. */
  datastreams: number | null;
}

export interface ReaderWatch {
  /** The same reader, each call measured. */
  reader: ObservationReader;
  /** Newest last. */
  slow(): readonly SlowRead[];
  families(): Family[];
}

/** A call that takes longer counts as slow. */
export const slowReadSeconds = 0.25;
const slowKept = 50;

/**
 * Measures every call to a reader, from asking to the answer, the wait for the reader's thread included.
 * @param wallNow Real time, ms.
 * @param failed told of each call that failed
 */
export function watchReader(
  reader: ObservationReader,
  wallNow: () => number,
  failed: (error: unknown) => void = () => undefined,
): ReaderWatch {
  const duration = new Histogram(
    "ioc_read_duration_seconds",
    "Calls to the observation store, from asking to the answer.",
    durationBounds,
    ["call"],
  );
  const slowCount = new Counter("ioc_slow_reads", `Calls that took longer than ${slowReadSeconds} s.`, ["call"]);
  const failures = new Counter("ioc_read_failures", "Calls to the observation store that failed.", ["call"]);
  const slow: SlowRead[] = [];

  const note = (call: string, seconds: number, datastreams: number | null) => {
    duration.observe(seconds, call);
    if (seconds < slowReadSeconds) return;
    slowCount.add(1, call);
    slow.push({ call, at: wallNow() - seconds * 1000, seconds, datastreams });
    if (slow.length > slowKept) slow.shift();
  };
  const measured =
    <A extends unknown[], R>(call: string, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const startedAt = performance.now();
      try {
        return await work.apply(reader, args);
      } catch (error) {
        failures.add(1, call);
        failed(error);
        throw error;
      } finally {
        note(call, (performance.now() - startedAt) / 1000, datastreamsIn(args[0]));
      }
    };
  return {
    reader: {
      latest: measured("latest", reader.latest),
      latestValid: measured("latestValid", reader.latestValid),
      raw: measured("raw", reader.raw),
      flagged: measured("flagged", reader.flagged),
      rollups: measured("rollups", reader.rollups),
      history: measured("history", reader.history),
      counts: measured("counts", reader.counts),
      quarantined: measured("quarantined", reader.quarantined),
      page: measured("page", reader.page),
      profile: measured("profile", reader.profile),
      aggregate: measured("aggregate", reader.aggregate),
      corrections: measured("corrections", reader.corrections),
      span: measured("span", reader.span),
      close: () => reader.close(),
    },
    slow: () => slow,
    families: () => [duration.family(), slowCount.family(), failures.family()],
  };
}

function datastreamsIn(question: unknown): number | null {
  if (Array.isArray(question)) return question.length;
  if (typeof question !== "object" || question === null) return null;
  if ("datastreams" in question && Array.isArray(question.datastreams)) return question.datastreams.length;
  return "datastream" in question && question.datastream !== undefined ? 1 : null;
}
