import { DamagedBlock } from "../codec/damaged-block.ts";
import { StoreUnavailable } from "../port.ts";

/** What to do about each primary result code of SQLite. */
const ADVICE: Record<string, (file: string) => string> = {
  SQLITE_FULL: (file) => `the disk that holds ${file} is full; free space on it`,
  SQLITE_BUSY: (file) => `another program holds ${file}; end it or wait until it is done`,
  SQLITE_LOCKED: (file) => `another program holds ${file}; end it or wait until it is done`,
  SQLITE_READONLY: (file) => `${file} is read-only; check the permissions of the file and its folder`,
  SQLITE_IOERR: (file) => `${file} cannot be read or written; check the disk`,
  SQLITE_CORRUPT: (file) => `${file} is damaged; check it, and restore it from a backup`,
  SQLITE_NOTADB: (file) => `${file} is no longer a SQLite database; restore it from a backup`,
  SQLITE_CANTOPEN: (file) => `${file} or its log cannot be opened; check the folder and its permissions`,
};

/** The error as the port names it; an error that has nothing to do with the state of the file stays what it is. */
export function storeError(error: unknown, file: string): unknown {
  if (error instanceof DamagedBlock) return new StoreUnavailable(`${file}: ${error.message}; restore it from a backup`);
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return error;
  const { code } = error;
  const advice = Object.entries(ADVICE).find(([primary]) => code === primary || code.startsWith(`${primary}_`))?.[1];
  return advice ? new StoreUnavailable(`${advice(file)} (${error.message})`) : error;
}

/** Part of the file cannot be read; other parts may be sound. */
export function isCorrupt(error: unknown): error is Error {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    error.code.startsWith("SQLITE_CORRUPT")
  );
}
