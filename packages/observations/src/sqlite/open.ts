import { holdDriver } from "@ioc/database";
import type { ChangeLog, ObservationReader, ObservationWriter } from "../port.ts";
import { ChangeFeed } from "./change-feed.ts";
import { WorkerChannel } from "./channel.ts";
import { standardOffsetMinutes } from "./days.ts";
import { KnownState } from "./known-state.ts";
import type { StoreState, WriterCalls, WriterFigures } from "./messages.ts";
import { ReaderPool } from "./reader-pool.ts";
import type { SlowQuery } from "./reader-pool.ts";
import { SqliteReader } from "./reader.ts";
import { SqliteWriter } from "./writer.ts";

export interface OpenObservationsOptions {
  /** Path of the SQLite file; it and its folder are created when missing. */
  file: string;
  /** Most readings that may wait for the writer before it answers that it is busy. Default 500,000. */
  maxQueued?: number;
  /**
   * What an acknowledgement survives. `normal` (default): the death of the process. `full`: also a loss of power, for one
   * fsync a transaction. With `normal` a loss of power can take the newest transactions, but never damages the file.
   */
  synchronous?: "normal" | "full";
  /**
   * Minutes that the city's day begins before that of UTC, without daylight saving. Default: those of the time zone. What a
   * file was made with stays the order of its blocks; other days are then computed from its readings.
   */
  utcOffsetMinutes?: number;
  /** IANA name of the time zone whose days, weeks, months and years are aggregated. Default Asia/Ho_Chi_Minh. */
  timeZone?: string;
  /** Threads that read. Default 2. */
  readers?: number;
  /** Most readings in memory that are in no block yet, and about the most in the journal. Default 1,000,000. */
  tailLimit?: number;
  /** How long a commit waits for another program that holds the file, ms. Default 5,000. */
  busyTimeout?: number;
  /** Hears how far the conversion of a file of an older version is. */
  onProgress?: (message: string) => void;
}

/** How the store is doing; counters count since it was opened. */
export interface StorageFigures extends WriterFigures {
  /** Readings that wait for their commit, and the most that may. */
  queue: { readings: number; limit: number };
  /** The last reads that took more than 250 ms. */
  slowQueries: readonly SlowQuery[];
}

export interface Observations {
  writer: ObservationWriter;
  reader: ObservationReader;
  changes: ChangeLog;
  /**
   * Work that keeps the file small and quick: writes days that are over into blocks, stores their rollups, drops what is no
   * longer kept. Meant to be called every few seconds.
   * @param now city time, ms
   * @param budgetMs about the time it may hold the writer
   * @returns true when there is more to do
   */
  maintain(now: number, budgetMs: number): Promise<boolean>;
  storage(): Promise<StorageFigures>;
  /** Waits for everything accepted so far, then closes writer and readers. */
  close(): Promise<void>;
}

/** The threads behind a store, for tests of their death. */
export interface StoreThreads {
  writing: WorkerChannel<WriterCalls>;
  reading: ReaderPool;
}

/**
 * Opens the observation store in one SQLite file: a thread that writes, threads that read, and this side, which blocks on
 * none of them. There must be one writer a file: totals, newest times and the sequence are kept in memory. Whoever opens it sees
 * to that (the server and its tools hold the whole data folder).
 *
 * @throws when the file is damaged, not writable, no database, or was written by a newer program.
 */
export async function openObservations(options: OpenObservationsOptions): Promise<Observations> {
  return (await openWithThreads(options)).store;
}

export async function openWithThreads(
  options: OpenObservationsOptions,
): Promise<{ store: Observations; threads: StoreThreads }> {
  const { file, maxQueued = 500_000, synchronous = "normal", tailLimit = 1_000_000, busyTimeout = 5000 } = options;
  const { timeZone = "Asia/Ho_Chi_Minh", readers = 2 } = options;
  const { utcOffsetMinutes = standardOffsetMinutes(timeZone) } = options;
  const dayOffset = utcOffsetMinutes * 60_000;
  holdDriver();
  const writing = new WorkerChannel<WriterCalls>({
    script: new URL("./writer-thread.ts", import.meta.url),
    name: "observation writer",
    argument: { file, synchronous, dayOffset, tailLimit, busyTimeout },
    reopened: (state) => restarted(state),
    onProgress: options.onProgress,
  });
  const reading = new ReaderPool(readers, { file, dayOffset, timeZone });
  let restarted: (state: StoreState) => void = () => undefined;
  try {
    const state = new KnownState(await writing.open());
    await reading.open();
    const changes = new ChangeFeed(state);
    const reader = new SqliteReader(reading, state);
    const registered = () => reading.reload();
    const writer = new SqliteWriter({ channel: writing, state, feed: changes, maxQueued, registered });
    restarted = (found) => writer.restarted(found);
    const maintain = async (now: number, budgetMs: number) => {
      const { more, totals } = await writing.call("maintain", { now, budgetMs });
      state.totals = totals;
      return more;
    };
    const storage = async (): Promise<StorageFigures> => ({
      ...(await writing.call("figures", null)),
      queue: { readings: writer.queue.readings, limit: writer.queue.limit },
      slowQueries: [...reading.slow],
    });
    // Those who hear of the last commits may still read; and the writer goes last, so that it folds the log into the file.
    const close = async () => {
      await writer.finish();
      await reader.close();
      await writer.close();
    };
    return { store: { writer, reader, changes, maintain, storage, close }, threads: { writing, reading } };
  } catch (error) {
    await Promise.all([writing.end(), reading.end()]);
    throw error;
  }
}
