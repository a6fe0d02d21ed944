import type { Database } from "@ioc/database";
import type { StoredState } from "./series-memory.ts";

interface StateRow extends StoredState {
  series: number;
}

/** What the blocks of each series hold, as it is kept in the file. */
export class StateTable {
  readonly #select;
  readonly #upsert;

  constructor(db: Database) {
    this.#select = db.prepare<[], StateRow>(
      `SELECT series, flushed, n, bytes, oldest, newest, raw_from AS "rawFrom" FROM series_state`,
    );
    this.#upsert = db.prepare("INSERT OR REPLACE INTO series_state VALUES (?, ?, ?, ?, ?, ?, ?)");
  }

  all(): StateRow[] {
    return this.#select.all();
  }

  write(series: number, state: StoredState): void {
    const { flushed, n, bytes, oldest, newest, rawFrom } = state;
    this.#upsert.run(series, flushed, n, bytes, oldest, newest, rawFrom);
  }
}
