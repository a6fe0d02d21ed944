import type { Database } from "@ioc/database";
import type { BlockTable } from "./block-table.ts";
import type { KnownSeries } from "./known-series.ts";
import { Maintenance } from "./maintenance.ts";

/** Pages that nobody uses and that are kept for what comes next (1 MiB), and pages given back at a time. */
const SPARE_PAGES = 256;
const PAGES_A_STEP = 256;

/** Maintenance in the writer thread: memory follows what it drops, and pages that became free are given back. */
export class Upkeep {
  readonly #db: Database;
  readonly #blocks: BlockTable;
  readonly #known: KnownSeries;
  readonly #maintenance: Maintenance;
  #changed = false;
  /** Readings that the last step dropped. */
  dropped = 0;

  constructor(db: Database, blocks: BlockTable, known: KnownSeries, dayOffset: number) {
    this.#db = db;
    this.#blocks = blocks;
    this.#known = known;
    this.#maintenance = new Maintenance(db, {
      dayOffset,
      oldestInTail: (series) => (known.of(series).tail.length > 0 ? known.of(series).tail.oldest : Infinity),
      changed: () => (this.#changed = true),
    });
  }

  /** Works for about `budget` ms; true when there is more to do. */
  step(now: number, budget: number): boolean {
    this.dropped = 0;
    let more: boolean;
    try {
      more = this.#maintenance.step(now, budget);
    } finally {
      this.#blocks.forgetDirty();
      if (this.#changed) this.#follow();
    }
    return more || this.#giveBack();
  }

  #follow(): void {
    this.#changed = false;
    const before = this.#known.stored();
    this.#known.reload();
    this.#blocks.forget();
    this.dropped = before - this.#known.stored();
  }

  /** A few free pages at the end of the file go back to the disk. */
  #giveBack(): boolean {
    const free = this.#db.pragma("freelist_count", { simple: true }) as number;
    if (free <= SPARE_PAGES) return false;
    this.#db.pragma(`incremental_vacuum(${Math.min(PAGES_A_STEP, free - SPARE_PAGES)})`);
    return free - PAGES_A_STEP > SPARE_PAGES;
  }
}
