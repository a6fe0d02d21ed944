import type { Database } from "@ioc/database";

/** Transactions that give other work its turns and still come one after another: the connection is theirs alone. */
export class Transactions {
  readonly #db: Database;
  #last: Promise<unknown> = Promise.resolve();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Commits when `work` resolves, and takes everything back when it rejects. `committed` is called in the turn of the commit. */
  run<T>(work: () => Promise<T>, committed: (result: T) => void): Promise<T> {
    const done = this.#last.then(() => this.#transaction(work, committed));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #transaction<T>(work: () => Promise<T>, committed: (result: T) => void): Promise<T> {
    this.#db.exec("BEGIN IMMEDIATE");
    let result: T;
    try {
      result = await work();
      this.#db.exec("COMMIT");
    } catch (error) {
      // A full disk has ended it already.
      if (this.#db.inTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
    committed(result);
    return result;
  }
}
