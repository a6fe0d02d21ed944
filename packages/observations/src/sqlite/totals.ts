import type { Database } from "@ioc/database";
import type { KnownSeries } from "./known-series.ts";
import type { Totals } from "./messages.ts";

/** Running totals, so that nobody has to count millions of readings. Only that of the quarantine is kept in the file. */
export class RunningTotals {
  readonly #upsert;
  #current: Totals;

  constructor(db: Database, known: KnownSeries) {
    this.#upsert = db.prepare(
      `INSERT INTO total VALUES ('quarantined', ?)
       ON CONFLICT (name) DO UPDATE SET value = value + excluded.value`,
    );
    const stored = db.prepare<[], number>("SELECT value FROM total WHERE name = 'quarantined'").pluck();
    this.#current = { observations: known.count(), quarantined: stored.get() ?? 0, ...known.extent() };
  }

  get current(): Totals {
    return this.#current;
  }

  /** Counts refused items inside a transaction; {@link committed} follows. */
  write(quarantined: number): void {
    if (quarantined > 0) this.#upsert.run(quarantined);
  }

  /** After a commit that added readings between two times, Infinity and -Infinity when there are none. */
  committed(added: number, quarantined: number, oldest: number, newest: number): Totals {
    const before = this.#current;
    this.#current = {
      observations: before.observations + added,
      quarantined: before.quarantined + quarantined,
      oldest: oldest === Infinity ? before.oldest : Math.min(before.oldest ?? Infinity, oldest),
      newest: newest === -Infinity ? before.newest : Math.max(before.newest ?? -Infinity, newest),
    };
    return this.#current;
  }

  /** After readings went away. */
  recount(observations: number, extent: { oldest: number | null; newest: number | null }): Totals {
    this.#current = { ...this.#current, observations, ...extent };
    return this.#current;
  }
}
