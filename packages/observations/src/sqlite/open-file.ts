import { migrate, openDatabase } from "@ioc/database";
import type { Database } from "@ioc/database";
import type { WriterOptions } from "./messages.ts";
import { migrations } from "./schema.ts";

/** Pages of write-ahead log (16 MiB) before a checkpoint: pages that many commits touch are then written back once. */
const CHECKPOINT_PAGES = 4096;
const INCREMENTAL = 2;

/** Opens the file for its only writer and brings it to the newest layout. */
export function openFile(options: WriterOptions, onProgress: (message: string) => void): Database {
  const db = openDatabase(options.file, { synchronous: options.synchronous, cacheMiB: 64 });
  try {
    db.pragma(`busy_timeout = ${options.busyTimeout}`);
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    migrate(db, "observations", migrations(options.dayOffset, onProgress));
    if (db.pragma("auto_vacuum", { simple: true }) !== INCREMENTAL) compact(db, onProgress);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Writes the file anew, so that pages which are no longer used can be given back from now on. */
function compact(db: Database, onProgress: (message: string) => void): void {
  try {
    db.pragma(`auto_vacuum = ${INCREMENTAL}`);
    db.exec("VACUUM");
  } catch (error) {
    // It needs room for a second copy; without it the file only stays as large as it is.
    onProgress(`observations: the file was not compacted: ${error instanceof Error ? error.message : String(error)}`);
  }
}
