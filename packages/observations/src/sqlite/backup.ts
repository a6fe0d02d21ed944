import { closeSync, fsyncSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { openDatabase } from "@ioc/database";

/** What a copy of a store holds. */
export interface StoreContents {
  /** Newest change-log sequence: every reading acknowledged with this sequence or an earlier one is in it. */
  sequence: number;
  series: number;
  blocks: number;
  /** Readings in blocks; those that only the journal holds come on top. */
  readings: number;
  journalRows: number;
}

/** A copy could not be made. `message` says why and what to do. */
export class BackupFailed extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "BackupFailed";
  }
}

/**
 * Copies a SQLite database of one moment into a new file, which is on the disk when this returns. The database may be in use:
 * the copy is a reader like any other, no writer waits for it; the write-ahead log grows until it is done.
 *
 * `VACUUM INTO` rather than SQLite's backup API: measured on 300 MB under intake both took 2 s and delayed commits alike, and
 * the vacuumed copy is smaller (260 against 306 MB) and never begins anew when someone writes.
 *
 * @throws {BackupFailed} when the target exists or cannot be written; DatabaseError when the source cannot be read
 */
export function snapshotDatabase(file: string, target: string): void {
  const db = openDatabase(file, { readonly: true });
  try {
    db.prepare("VACUUM INTO ?").run(target);
    // SQLite leaves a vacuumed copy to the operating system.
    const copy = openSync(target, "r+");
    fsyncSync(copy);
    closeSync(copy);
  } catch (error) {
    throw explained(error, file, target);
  } finally {
    db.close();
  }
}

/** Counts what a copy holds. @throws {DatabaseError} when it is damaged, an Error when it is no store */
export function contentsOf(file: string): StoreContents {
  const db = openDatabase(file, { readonly: true });
  try {
    const one = (sql: string) => db.prepare<[], number>(sql).pluck().get() ?? 0;
    return {
      sequence: one("SELECT coalesce(max(sequence), 0) FROM journal"),
      series: one("SELECT count(*) FROM series"),
      blocks: one("SELECT count(*) FROM chunk"),
      readings: one("SELECT coalesce(sum(n), 0) FROM chunk"),
      journalRows: one("SELECT count(*) FROM journal"),
    };
  } finally {
    db.close();
  }
}

function explained(error: unknown, file: string, target: string): BackupFailed {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  if (code.startsWith("SQLITE_FULL") || code === "ENOSPC") {
    const needed = Math.ceil(statSync(file).size / 2 ** 20);
    return new BackupFailed(
      `the disk of ${dirname(target)} is full: up to ${needed} MiB are needed for ${file}; free space or choose another folder`,
      error,
    );
  }
  if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB")) {
    return new BackupFailed(
      `${file} is damaged (${message}); run ioc store check and restore an earlier backup`,
      error,
    );
  }
  return new BackupFailed(`${file} could not be copied to ${target}: ${message}`, error);
}
