import { emptyReadings } from "../readings.ts";
import { statSync } from "node:fs";
import type { Database } from "@ioc/database";
import type { DatastreamSpec } from "../port.ts";
import type { Readings } from "../readings.ts";
import { BlockTable } from "./block-table.ts";
import { Classifier } from "./classify.ts";
import type { Plan } from "./classify.ts";
import { merged } from "./columns-of-readings.ts";
import { ColumnBuffer } from "./columns.ts";
import { CommitTimes } from "./commit-times.ts";
import { CorrectionTable } from "./correction-table.ts";
import { dayOf } from "./days.ts";
import { Flush } from "./flush.ts";
import type { Flushed } from "./flush.ts";
import { JournalTable } from "./journal-table.ts";
import { KnownSeries } from "./known-series.ts";
import type {
  CommitGroup,
  CommitResult,
  MaintenanceResult,
  Removal,
  RemovalResult,
  SeriesRow,
  StoreState,
  WriterFigures,
  WriterOptions,
} from "./messages.ts";
import { EXPIRED } from "./messages.ts";
import { openFile } from "./open-file.ts";
import { writeOrder } from "./order.ts";
import { storedReadings, tombstones } from "./removal.ts";
import type { SeriesMemory } from "./series-memory.ts";
import { SeriesTable } from "./series-table.ts";
import { isCorrupt } from "./store-error.ts";
import { StateTable } from "./state-table.ts";
import { TailFlusher } from "./tail-flusher.ts";
import { RunningTotals } from "./totals.ts";
import { Upkeep } from "./upkeep.ts";

const KEPT_QUARANTINE = 200_000;
/** Each removed reading is kept as a correction too: a call must not grow without bound. */
const MOST_REMOVED = 1_000_000;
const NOTHING = new ColumnBuffer().take();

/**
 * The file, as its only writer sees it. Runs in the writer thread. A commit writes one journal row, and what it brings is
 * added to the tails in memory afterwards; {@link flushSome} writes full tails into blocks. Memory follows the file: it
 * changes only after a transaction was committed.
 */
export class ObservationStore {
  readonly #db: Database;
  readonly #file: string;
  readonly #dayOffset: number;
  readonly #series: SeriesTable;
  readonly #blocks: BlockTable;
  readonly #journal: JournalTable;
  readonly #known: KnownSeries;
  readonly #classifier: Classifier;
  readonly #flush: Flush;
  readonly #corrections: CorrectionTable;
  readonly #totals: RunningTotals;
  readonly #times = new CommitTimes();
  readonly #insertReasons;
  readonly #insertQuarantine;
  readonly #trimQuarantine;
  readonly #transaction;
  readonly #tails: TailFlusher;
  readonly #upkeep: Upkeep;

  constructor(options: WriterOptions, onProgress: (message: string) => void = () => undefined) {
    const db = openFile(options, onProgress);
    this.#db = db;
    this.#file = options.file;
    const dayOffset = storedDayOffset(db);
    this.#dayOffset = dayOffset;
    this.#series = new SeriesTable(db);
    this.#blocks = new BlockTable(db);
    this.#journal = new JournalTable(db);
    this.#corrections = new CorrectionTable(db);
    const states = new StateTable(db);
    this.#known = new KnownSeries(this.#blocks, states, dayOffset);
    this.#flush = new Flush(this.#blocks, states, dayOffset);
    this.#classifier = new Classifier((id) => this.#known.of(id), this.#blocks, dayOffset);
    const { known, journal, flush } = { known: this.#known, journal: this.#journal, flush: this.#flush };
    this.#tails = new TailFlusher({ db, known, journal, flush, limit: options.tailLimit, dayOffset });
    this.#upkeep = new Upkeep(db, this.#blocks, known, dayOffset);
    journal.replay(db, (sequence, columns) => known.replay(sequence, columns));
    known.loaded();
    this.#totals = new RunningTotals(db, known);
    this.#insertReasons = db.prepare("INSERT OR IGNORE INTO reason_set VALUES (?, ?)");
    this.#insertQuarantine = db.prepare(
      "INSERT INTO quarantine (time, source, reason, message, sample) VALUES (?, ?, ?, ?, ?)",
    );
    this.#trimQuarantine = db.prepare(
      `DELETE FROM quarantine WHERE id <= (SELECT max(id) FROM quarantine) - ${KEPT_QUARANTINE}`,
    );
    this.#transaction = db.transaction((work: () => void) => work());
  }

  state(): StoreState {
    return {
      series: this.#series.all(),
      reasonSets: this.#db.prepare<[], { id: number; names: string }>("SELECT id, names FROM reason_set").all(),
      latest: this.#known.allLatest(),
      head: this.#journal.head,
      totals: this.#totals.current,
    };
  }

  /** Makes datastreams known and returns all that are. */
  register(specs: readonly DatastreamSpec[]): SeriesRow[] {
    return this.#series.register(specs);
  }

  /** Writes a group in one transaction: all of it or nothing. */
  commit(group: CommitGroup): CommitResult {
    const started = performance.now();
    this.#tails.makeRoom(group.series.length);
    const order = writeOrder(group.series, group.time);
    let plan = this.#classifier.plan(group, order);
    const sequence = plan.changed > 0 ? this.#journal.head + 1 : null;
    let bulk: Flushed[];
    try {
      bulk = this.#inTransaction(group, plan, sequence);
    } catch (error) {
      if (!isCorrupt(error) || plan.bulk.length === 0) throw error;
      // Blocks lie on a damaged page: the journal can still take it all.
      plan = this.#classifier.plan(group, order, Infinity);
      bulk = this.#inTransaction(group, plan, sequence);
    }
    if (sequence !== null) this.#committed(group, plan, sequence, bulk);
    const totals = this.#totals.committed(plan.added, group.quarantine.length, plan.oldest, plan.newest);
    this.#times.add((performance.now() - started) / 1000);
    return {
      sequence,
      outcomes: plan.allStored ? null : plan.outcomes,
      expired: this.#expired(group, plan),
      totals,
    };
  }

  /** Removes readings in one transaction. */
  remove({ spans, by, reason }: Removal): RemovalResult {
    const doomed = this.#doomed(spans);
    let removed = 0;
    for (const { readings } of doomed) removed += readings.time.length;
    const sequence = removed > 0 ? this.#journal.head + 1 : null;
    const bulk: Flushed[] = [];
    if (sequence !== null) {
      this.#transaction.immediate(() => {
        for (const { series, readings } of doomed) {
          this.#corrections.removed(series.id, readings, by, reason, sequence);
          bulk.push(this.#flush.series(series, sequence, tombstones(readings)));
        }
        this.#journal.add(removed, NOTHING, new Uint32Array());
      });
      this.#journal.committed(sequence, 0);
      for (const flushed of bulk) this.#tails.take(flushed);
    }
    const totals = this.#totals.recount(this.#totals.current.observations - removed, this.#known.extent());
    const ids = [...new Set(spans.map(({ series }) => series))];
    const latest = ids.map((id) => this.#known.latest(id)).filter((row) => row !== undefined);
    const empty = ids.filter((id) => !latest.some(({ series }) => series === id));
    return { sequence, removed, totals, latest, empty };
  }

  /** The one connection that writes. */
  get connection(): Database {
    return this.#db;
  }

  /** Whether tails wait to be written into blocks. */
  get waiting(): boolean {
    return this.#tails.waiting;
  }

  /** Writes some of them, for about `budget` ms. */
  flushSome(budget: number): void {
    this.#tails.some(budget);
  }

  /**
   * Work that can be done at any time, for about `budget` ms.
   * @param now city time, ms
   */
  maintain(now: number, budget: number): MaintenanceResult {
    const end = performance.now() + budget;
    this.#tails.retry();
    if (this.#tails.noticeClosed(dayOf(now, this.#dayOffset))) this.#tails.some(budget);
    let more = this.#tails.waiting || this.#tails.trim();
    if (!more) {
      more = this.#upkeep.step(now, Math.max(1, end - performance.now()));
      const { dropped } = this.#upkeep;
      if (dropped > 0) {
        this.#totals.recount(this.#totals.current.observations - dropped, this.#known.extent());
      }
    }
    return { more, totals: this.#totals.current };
  }

  figures(): WriterFigures {
    return {
      tail: this.#known.tail,
      journalRows: this.#journal.rows,
      fileBytes: sizeOf(this.#file),
      walBytes: sizeOf(`${this.#file}-wal`),
      ...this.#times.figures(),
      flushes: this.#tails.flushes,
      cachedBlocks: this.#blocks.cached,
    };
  }

  close(): void {
    this.#db.pragma("optimize");
    this.#db.close();
  }

  #inTransaction(group: CommitGroup, plan: Plan, sequence: number | null): Flushed[] {
    let bulk: Flushed[] = [];
    this.#transaction.immediate(() => {
      bulk = this.#write(group, plan, sequence);
    });
    return bulk;
  }

  /** Inside a transaction. What goes straight into blocks is returned. */
  #write(group: CommitGroup, plan: Plan, sequence: number | null): Flushed[] {
    for (const { id, names } of group.reasonSets) this.#insertReasons.run(id, names);
    let last: number | bigint = 0;
    for (const { time, source, reason, message, sample } of group.quarantine) {
      last = this.#insertQuarantine.run(time, source, reason, message, sample).lastInsertRowid;
    }
    if (Number(last) % 1000 < group.quarantine.length) this.#trimQuarantine.run();
    this.#totals.write(group.quarantine.length);
    if (sequence === null) return [];
    this.#corrections.corrected(group, plan.replaced, sequence);
    const bulk = plan.bulk.map(({ series, readings }) => this.#flush.series(series, sequence, readings));
    this.#journal.add(plan.changed, group, plan.journal);
    return bulk;
  }

  #committed(group: CommitGroup, plan: Plan, sequence: number, bulk: readonly Flushed[]): void {
    this.#journal.committed(sequence, plan.journal.length);
    for (const flushed of bulk) this.#tails.take(flushed);
    for (const { series, readings } of plan.bulk) series.top = Math.max(series.top, readings.time.at(-1)!);
    this.#known.add(group, plan.journal, sequence);
    this.#tails.noticeFull(group.series, plan.journal);
  }

  #expired(group: CommitGroup, plan: Plan): CommitResult["expired"] {
    const expired: CommitResult["expired"] = [];
    if (plan.allStored) return expired;
    for (const [index, outcome] of plan.outcomes.entries()) {
      if (outcome === EXPIRED) expired.push({ index, keptSince: this.#known.of(group.series[index]!).keptSince });
    }
    return expired;
  }

  /** What is stored in the spans, each reading once, by series. */
  #doomed(spans: Removal["spans"]): { series: SeriesMemory; readings: Readings }[] {
    const found = new Map<SeriesMemory, Readings>();
    let count = 0;
    for (const span of spans) {
      const series = this.#known.of(span.series);
      const readings = storedReadings(this.#blocks, series, span, this.#dayOffset);
      found.set(series, merged(found.get(series) ?? emptyReadings(), readings));
      count += readings.time.length;
      if (count > MOST_REMOVED) {
        throw new RangeError(`at most ${MOST_REMOVED} readings can be removed at once; name shorter spans`);
      }
    }
    return [...found]
      .map(([series, readings]) => ({ series, readings }))
      .filter(({ readings }) => readings.time.length > 0);
  }
}

function storedDayOffset(db: Database): number {
  return db.prepare<[], number>("SELECT value FROM meta WHERE name = 'day_offset'").pluck().get()!;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
