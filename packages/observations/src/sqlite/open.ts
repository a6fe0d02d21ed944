import type { ChangeLog, ObservationReader, ObservationWriter } from "../port.ts";
import { ChangeFeed } from "./change-feed.ts";
import { WorkerChannel } from "./channel.ts";
import { KnownState } from "./known-state.ts";
import type { ReaderCalls, WriterCalls } from "./messages.ts";
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
  /** Minutes that the city's day begins before that of UTC. Default 420 (Asia/Ho_Chi_Minh, without daylight saving). */
  utcOffsetMinutes?: number;
}

export interface Observations {
  writer: ObservationWriter;
  reader: ObservationReader;
  changes: ChangeLog;
  /** Waits for everything accepted so far, then closes writer and reader. */
  close(): Promise<void>;
}

/**
 * Opens the observation store in one SQLite file: a thread that writes, a thread that reads, and this side, which blocks on
 * neither. There must be one writer a file: totals, newest times and the sequence are kept in memory. Whoever opens it sees
 * to that (the server and its tools hold the whole data folder).
 *
 * @throws when the file is damaged, not writable, no database, or was written by a newer program.
 */
export async function openObservations(options: OpenObservationsOptions): Promise<Observations> {
  const { file, maxQueued = 500_000, synchronous = "normal", utcOffsetMinutes = 420 } = options;
  const writing = new WorkerChannel<WriterCalls>(new URL("./writer-thread.ts", import.meta.url), "observation writer");
  const reading = new WorkerChannel<ReaderCalls>(new URL("./reader-thread.ts", import.meta.url), "observation reader");
  try {
    const state = new KnownState(await writing.call("open", { file, synchronous }));
    await reading.call("open", { file, dayOffset: utcOffsetMinutes * 60_000 });
    const changes = new ChangeFeed(state);
    const reader = new SqliteReader(reading, state);
    const registered = async () => void (await reading.call("reload", null));
    const writer = new SqliteWriter({ channel: writing, state, feed: changes, maxQueued, registered });
    // Those who hear of the last commits may still read; and the writer goes last, so that it folds the log into the file.
    const close = async () => {
      await writer.finish();
      await reader.close();
      await writer.close();
    };
    return { writer, reader, changes, close };
  } catch (error) {
    await Promise.all([writing.end(), reading.end()]);
    throw error;
  }
}
