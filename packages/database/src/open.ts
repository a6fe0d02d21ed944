import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { DatabaseError } from "./database-error.ts";

export type Database = BetterSqlite3.Database;

export interface OpenDatabaseOptions {
  /** Opens an existing file for reading only. */
  readonly?: boolean;
  /**
   * `normal` (default): a commit survives the death of the process, but the newest commits may be lost when the machine
   * loses power. `full`: a commit also survives power loss, at the cost of one fsync each.
   */
  synchronous?: "normal" | "full";
  /** Page cache in MiB. Default 16. */
  cacheMiB?: number;
}

/**
 * Keeps the driver's native code loaded in this thread. A process whose worker threads alone use it would unload and load it
 * again as they end and start, and a clean-up that comes late then runs code that is no longer there (the driver's reports
 * 1476 and 1477: segmentation fault on worker exit).
 */
export function holdDriver(): void {
  new BetterSqlite3(":memory:").close();
}

const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens (and, unless `readonly`, creates) a SQLite file: write-ahead log, foreign keys enforced.
 *
 * @throws {DatabaseError} when the file is missing, not writable, damaged or no database.
 */
export function openDatabase(file: string, options: OpenDatabaseOptions = {}): Database {
  const path = resolve(file);
  if (options.readonly && !existsSync(path)) throw new DatabaseError(`database ${path} does not exist`);
  let db: Database | undefined;
  try {
    if (!options.readonly) mkdirSync(dirname(path), { recursive: true });
    db = new BetterSqlite3(path, { readonly: options.readonly ?? false, timeout: BUSY_TIMEOUT_MS });
    db.pragma("foreign_keys = ON");
    db.pragma(`cache_size = ${-1024 * (options.cacheMiB ?? 16)}`);
    if (!options.readonly) {
      const mode = db.pragma("journal_mode = WAL", { simple: true });
      if (mode !== "wal") throw new DatabaseError(`database ${path} cannot use a write-ahead log here (mode ${mode})`);
      db.pragma(`synchronous = ${options.synchronous === "full" ? "FULL" : "NORMAL"}`);
    }
    // Opening reads nothing: only a first query shows a damaged or foreign file.
    db.prepare("SELECT count(*) FROM sqlite_schema").get();
    return db;
  } catch (error) {
    db?.close();
    throw explained(path, error);
  }
}

const EXPLANATIONS: Record<string, string> = {
  SQLITE_NOTADB: "is not a SQLite database; restore it from a backup",
  SQLITE_CORRUPT: "is damaged; restore it from a backup",
  SQLITE_CANTOPEN: "cannot be opened; check that it is a file and may be read and written",
  SQLITE_READONLY: "is read-only; check the permissions of the file and its folder",
  SQLITE_BUSY: "is locked by another process",
  SQLITE_FULL: "cannot be written: the disk is full",
};

function explained(path: string, error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const code = codeOf(error);
  const primary = Object.keys(EXPLANATIONS).find((key) => code?.startsWith(key));
  const message = error instanceof Error ? error.message : String(error);
  const what = primary ? EXPLANATIONS[primary] : "cannot be opened";
  return new DatabaseError(`database ${path} ${what} (${message})`, { code, cause: error });
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
