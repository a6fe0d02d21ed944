import type { Database } from "@ioc/database";
import { keptWidths, KEPT_WIDTHS } from "../buckets.ts";
import type { KeptWidth } from "../buckets.ts";
import type { DatastreamSpec } from "../port.ts";
import type { SeriesRow } from "./messages.ts";
import { RollupTable } from "./rollup-table.ts";

const WIDTHS = Object.keys(KEPT_WIDTHS) as KeptWidth[];

/** Datastreams that are known to the file, by the integer they are stored under. */
export class SeriesTable {
  readonly rollups: Record<KeptWidth, RollupTable>;
  readonly #select;
  readonly #insert;
  readonly #update;
  readonly #register;
  readonly #kept = new Map<number, RollupTable[]>();

  constructor(db: Database) {
    this.rollups = { "15min": new RollupTable(db, "15min"), "1h": new RollupTable(db, "1h") };
    this.#select = selectSeries(db);
    this.#insert = db.prepare("INSERT INTO series (datastream, unit, kind, period_seconds) VALUES (?, ?, ?, ?)");
    this.#update = db.prepare("UPDATE series SET unit = ?, kind = ?, period_seconds = ? WHERE id = ?");
    this.#register = db.transaction((specs: readonly DatastreamSpec[]) => this.#registerAll(specs));
    this.#readKept();
  }

  all(): SeriesRow[] {
    return this.#select.all();
  }

  /** Tables that hold the rollups of a series. */
  rollupsOf(series: number): readonly RollupTable[] {
    return this.#kept.get(series) ?? [];
  }

  /**
   * @throws when a datastream that has a stored unit is declared in another one: the stored values would change meaning.
   */
  register(specs: readonly DatastreamSpec[]): SeriesRow[] {
    this.#register.immediate(specs);
    this.#readKept();
    return this.all();
  }

  #registerAll(specs: readonly DatastreamSpec[]): void {
    const known = new Map(this.all().map((row) => [row.datastream, row]));
    for (const spec of specs) {
      const row = known.get(spec.id);
      if (!row) {
        this.#insert.run(spec.id, spec.unit, spec.kind, spec.periodSeconds);
      } else if (row.unit !== spec.unit) {
        throw new Error(`datastream ${spec.id} is stored in ${row.unit} and now declared in ${spec.unit}`);
      } else if (row.kind !== spec.kind || row.periodSeconds !== spec.periodSeconds) {
        this.#update.run(spec.unit, spec.kind, spec.periodSeconds, row.id);
        this.#followPeriod(row, spec.periodSeconds);
      }
    }
  }

  /** A new period can change which rollups are worth keeping. */
  #followPeriod(row: SeriesRow, periodSeconds: number): void {
    const before = keptWidths(row.periodSeconds);
    const after = keptWidths(periodSeconds);
    for (const width of WIDTHS) {
      if (before.includes(width) !== after.includes(width)) this.rollups[width].rebuild(row.id, after.includes(width));
    }
  }

  #readKept(): void {
    for (const row of this.all()) {
      this.#kept.set(
        row.id,
        keptWidths(row.periodSeconds).map((width) => this.rollups[width]),
      );
    }
  }
}

/** Statement that lists the known datastreams by id. */
export function selectSeries(db: Database) {
  return db.prepare<[], SeriesRow>(
    `SELECT id, datastream, unit, kind, period_seconds AS "periodSeconds" FROM series ORDER BY id`,
  );
}
