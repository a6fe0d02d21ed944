import { migrate, openDatabase } from "@ioc/database";
import type { Database } from "@ioc/database";
import type { DatastreamSpec } from "../port.ts";
import type { CommitGroup, CommitResult, LatestRow, SeriesRow, StoreState } from "./messages.ts";
import { writeOrder } from "./order.ts";
import { RowWriter } from "./row-writer.ts";
import { MIGRATIONS } from "./schema.ts";
import { SeriesTable } from "./series-table.ts";
import { TotalsTable } from "./totals.ts";

/** Pages of write-ahead log (32 MiB) before a checkpoint: pages that many batches touch are then written back once. */
const CHECKPOINT_PAGES = 8192;
/** Entries of the change log and of the quarantine that are kept. */
const KEPT_CHANGES = 100_000;
const KEPT_QUARANTINE = 200_000;

/** The file, as its only writer sees it. Runs in the writer thread; every method is one transaction. */
export class ObservationStore {
  readonly #db: Database;
  readonly #series: SeriesTable;
  readonly #rows: RowWriter;
  readonly #totals: TotalsTable;
  readonly #insertReasons;
  readonly #insertChange;
  readonly #insertQuarantine;
  readonly #trim;
  readonly #commit;
  #head: number;

  constructor(file: string, synchronous: "normal" | "full") {
    const db = openDatabase(file, { synchronous, cacheMiB: 128 });
    this.#db = db;
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    migrate(db, "observations", MIGRATIONS);
    this.#series = new SeriesTable(db);
    this.#rows = new RowWriter(db, this.#series);
    this.#totals = new TotalsTable(db);
    this.#insertReasons = db.prepare("INSERT OR IGNORE INTO reason_set VALUES (?, ?)");
    this.#insertChange = db.prepare("INSERT INTO change VALUES (?, CAST(unixepoch('subsec') * 1000 AS INTEGER), ?)");
    this.#insertQuarantine = db.prepare(
      "INSERT INTO quarantine (time, source, reason, message, sample) VALUES (?, ?, ?, ?, ?)",
    );
    this.#trim = [
      db.prepare(`DELETE FROM change WHERE sequence <= (SELECT max(sequence) FROM change) - ${KEPT_CHANGES}`),
      db.prepare(`DELETE FROM quarantine WHERE id <= (SELECT max(id) FROM quarantine) - ${KEPT_QUARANTINE}`),
    ];
    this.#head = db.prepare<[], number>("SELECT coalesce(max(sequence), 0) FROM change").pluck().get() ?? 0;
    this.#commit = db.transaction((group: CommitGroup) => this.#write(group));
  }

  state(): StoreState {
    return {
      series: this.#series.all(),
      reasonSets: this.#db.prepare<[], { id: number; names: string }>("SELECT id, names FROM reason_set").all(),
      latest: this.#db.prepare<[], LatestRow>("SELECT series, t, value, quality, reasons FROM latest").all(),
      head: this.#head,
      totals: this.#totals.current,
    };
  }

  /** Makes datastreams known and returns all that are. */
  register(specs: readonly DatastreamSpec[]): SeriesRow[] {
    return this.#series.register(specs);
  }

  /** Writes a group in one transaction: all of it or nothing. */
  commit(group: CommitGroup): CommitResult {
    try {
      const result = this.#commit.immediate(group);
      this.#rows.keep();
      this.#totals.keep(result.totals);
      this.#head = result.sequence ?? this.#head;
      return result;
    } catch (error) {
      this.#rows.forget();
      throw error;
    }
  }

  close(): void {
    this.#db.pragma("optimize");
    this.#db.close();
  }

  #write(group: CommitGroup): CommitResult {
    for (const { id, names } of group.reasonSets) this.#insertReasons.run(id, names);
    for (const entry of group.quarantine) {
      this.#insertQuarantine.run(entry.time, entry.source, entry.reason, entry.message, entry.sample);
    }
    const outcomes = new Uint8Array(group.series.length);
    const written = this.#rows.write(group, writeOrder(group.series, group.time), outcomes);
    const before = this.#totals.current;
    const totals = {
      observations: before.observations + written.stored,
      quarantined: before.quarantined + group.quarantine.length,
      oldest: extreme(Math.min, before.oldest, written.oldest),
      newest: extreme(Math.max, before.newest, written.newest),
    };
    this.#totals.write(totals);
    const changed = written.stored + written.corrected;
    const sequence = changed > 0 ? this.#head + 1 : null;
    if (sequence !== null) {
      this.#insertChange.run(sequence, changed);
      if (sequence % 1000 === 0) for (const statement of this.#trim) statement.run();
    }
    return { sequence, outcomes, totals };
  }
}

function extreme(pick: (a: number, b: number) => number, a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : pick(a, b);
}
