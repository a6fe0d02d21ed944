/** A database file that cannot be used, said so that a person can mend it. */
export class DatabaseError extends Error {
  /** SQLite's own code such as `SQLITE_NOTADB`, or null when the fault is not SQLite's. */
  readonly code: string | null;

  constructor(message: string, options: { code?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "DatabaseError";
    this.code = options.code ?? null;
  }
}
