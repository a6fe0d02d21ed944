import type { Database } from "@ioc/database";
import type { Totals } from "./messages.ts";

/** Running totals kept beside the rows, so that nobody has to count millions of them. */
export class TotalsTable {
  readonly #upsert;
  #current: Totals;

  constructor(db: Database) {
    this.#upsert = db.prepare(
      "INSERT INTO total VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    );
    const rows = db.prepare<[], { name: string; value: number }>("SELECT name, value FROM total").all();
    const of = (name: string) => rows.find((row) => row.name === name)?.value;
    this.#current = {
      observations: of("observations") ?? 0,
      quarantined: of("quarantined") ?? 0,
      oldest: of("oldest") ?? null,
      newest: of("newest") ?? null,
    };
  }

  get current(): Totals {
    return this.#current;
  }

  /** Writes what changed; {@link keep} makes it current after the commit. */
  write(totals: Totals): void {
    for (const name of ["observations", "quarantined", "oldest", "newest"] as const) {
      if (totals[name] !== this.#current[name]) this.#upsert.run(name, totals[name]);
    }
  }

  keep(totals: Totals): void {
    this.#current = totals;
  }
}
