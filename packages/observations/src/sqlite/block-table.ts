import { emptyReadings } from "../readings.ts";
import type { Database } from "@ioc/database";
import { DamagedBlock } from "../codec/damaged-block.ts";
import { decodeReadings, encodeReadings } from "../codec/readings-codec.ts";
import type { Readings } from "../readings.ts";
import { BlockCache } from "./block-cache.ts";
import type { Block } from "./block-cache.ts";
import { countKept } from "./columns-of-readings.ts";

/** Readings of decoded blocks that are kept in memory, about 27 bytes each. */
const CACHED_READINGS = 400_000;

/** Blocks of the file, as their only writer sees them. */
export class BlockTable {
  readonly #select;
  readonly #upsert;
  readonly #putAside;
  readonly #markDirty;
  readonly #firstDay;
  readonly #lastDay;
  readonly #lastBlock;
  readonly #days;
  readonly #cache = new BlockCache(CACHED_READINGS);
  /** Day that was marked as dirty last, by series: most flushes of a series go into the same day. */
  readonly #dirty: number[] = [];

  constructor(db: Database) {
    this.#select = db.prepare<[number, number], { n: number; readings: Uint8Array }>(
      "SELECT n, readings FROM chunk WHERE series = ? AND day = ?",
    );
    this.#upsert = db.prepare(
      `INSERT INTO chunk VALUES (?, ?, ?, ?)
       ON CONFLICT (series, day) DO UPDATE SET n = excluded.n, readings = excluded.readings`,
    );
    this.#putAside = db.prepare(
      `INSERT INTO damaged_chunk SELECT series, day, readings, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM chunk
       WHERE series = ? AND day = ?`,
    );
    this.#markDirty = db.prepare("INSERT OR IGNORE INTO dirty VALUES (?, ?)");
    const day = "SELECT day FROM chunk WHERE series = ?";
    this.#firstDay = db.prepare<[number], number>(`${day} AND n > 0 ORDER BY day LIMIT 1`).pluck();
    this.#lastDay = db.prepare<[number], number>(`${day} AND n > 0 ORDER BY day DESC LIMIT 1`).pluck();
    this.#lastBlock = db.prepare<[number], number>(`${day} ORDER BY day DESC LIMIT 1`).pluck();
    this.#days = db
      .prepare<[number, number, number], number>(
        "SELECT day FROM chunk WHERE series = ? AND day BETWEEN ? AND ? ORDER BY day",
      )
      .pluck();
  }

  get cached(): number {
    return this.#cache.size;
  }

  get(series: number, day: number): Block | undefined {
    const known = this.#cache.get(series, day);
    if (known) return known;
    const row = this.#select.get(series, day);
    if (!row) return undefined;
    const block = blockOf(series, day, row);
    this.#cache.set(series, day, block);
    return block;
  }

  /** The block in the file, past the memory. */
  read(series: number, day: number): Block | undefined {
    const row = this.#select.get(series, day);
    return row && blockOf(series, day, row);
  }

  /** Writes inside the transaction of the caller, who calls {@link keep} with what is returned once it is committed. */
  write(series: number, day: number, readings: Readings, before: Block | undefined): Block {
    if (before?.damaged) this.#putAside.run(series, day);
    const bytes = encodeReadings(readings);
    const n = countKept(readings);
    this.#upsert.run(series, day, n, bytes);
    if (this.#dirty[series] !== day) this.#markDirty.run(series, day);
    return { readings, n, bytes: bytes.length };
  }

  keep(series: number, day: number, block: Block): void {
    this.#dirty[series] = day;
    this.#cache.set(series, day, block);
  }

  /** Days between two that have a block. */
  days(series: number, from: number, to: number): number[] {
    return this.#days.all(series, from, to);
  }

  /** The first or last day that has readings. */
  firstDay(series: number): number | undefined {
    return this.#firstDay.get(series);
  }

  lastDay(series: number): number | undefined {
    return this.#lastDay.get(series);
  }

  /** The last day that has a block, with readings or only removed ones. */
  lastBlock(series: number): number | undefined {
    return this.#lastBlock.get(series);
  }

  /** To be called when maintenance has cleaned days. */
  forgetDirty(): void {
    this.#dirty.length = 0;
  }

  /** To be called when someone else has changed blocks. */
  forget(): void {
    this.#cache.clear();
  }
}

function blockOf(series: number, day: number, row: { n: number; readings: Uint8Array }): Block {
  const bytes = row.readings.length;
  try {
    return { readings: decodeReadings(row.readings), n: row.n, bytes };
  } catch (error) {
    if (!(error instanceof DamagedBlock)) throw error;
    process.emitWarning(`observations: ${error.message} (series ${series}, day ${day})`);
    return { readings: emptyReadings(), n: row.n, bytes, damaged: true };
  }
}
