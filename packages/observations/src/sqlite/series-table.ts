import type { Database } from "@ioc/database";
import type { DatastreamSpec } from "../port.ts";
import type { SeriesRow } from "./messages.ts";

interface StoredRow extends SeriesRow {
  rawDays: number | null;
  rollupDays: number | null;
}

/** Days that are kept; NULL in the file is the store's own setting. */
const FOR_EVER = Infinity;

/** Datastreams that are known to the file, by the integer they are stored under. */
export class SeriesTable {
  readonly #select;
  readonly #insert;
  readonly #update;
  readonly #register;

  constructor(db: Database) {
    this.#select = db.prepare<[], StoredRow>(
      `SELECT id, datastream, unit, kind, period_seconds AS "periodSeconds", raw_days AS "rawDays",
       rollup_days AS "rollupDays" FROM series ORDER BY id`,
    );
    this.#insert = db.prepare(
      "INSERT INTO series (datastream, unit, kind, period_seconds, raw_days, rollup_days) VALUES (?, ?, ?, ?, ?, ?)",
    );
    this.#update = db.prepare(
      "UPDATE series SET kind = ?, period_seconds = ?, raw_days = ?, rollup_days = ? WHERE id = ?",
    );
    this.#register = db.transaction((specs: readonly DatastreamSpec[]) => this.#registerAll(specs));
  }

  all(): SeriesRow[] {
    return this.#select.all().map(({ rawDays: _raw, rollupDays: _rollup, ...row }) => row);
  }

  /**
   * @throws when a datastream that has a stored unit is declared in another one: the stored values would change meaning.
   */
  register(specs: readonly DatastreamSpec[]): SeriesRow[] {
    this.#register.immediate(specs);
    return this.all();
  }

  #registerAll(specs: readonly DatastreamSpec[]): void {
    const known = new Map(this.#select.all().map((row) => [row.datastream, row]));
    for (const spec of specs) {
      const row = known.get(spec.id);
      const [rawDays, rollupDays] = daysOf(spec);
      if (!row) {
        this.#insert.run(spec.id, spec.unit, spec.kind, spec.periodSeconds, rawDays, rollupDays);
      } else if (row.unit !== spec.unit) {
        throw new Error(`datastream ${spec.id} is stored in ${row.unit} and now declared in ${spec.unit}`);
      } else if (
        row.kind !== spec.kind ||
        row.periodSeconds !== spec.periodSeconds ||
        row.rawDays !== rawDays ||
        row.rollupDays !== rollupDays
      ) {
        this.#update.run(spec.kind, spec.periodSeconds, rawDays, rollupDays, row.id);
      }
    }
  }
}

function daysOf({ retention }: DatastreamSpec): [number | null, number | null] {
  if (!retention) return [null, null];
  return [retention.rawDays ?? FOR_EVER, retention.rollupDays ?? FOR_EVER];
}
