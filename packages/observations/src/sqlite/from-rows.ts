import { emptyReadings } from "../readings.ts";
import type { Database } from "@ioc/database";
import { encodeReadings } from "../codec/readings-codec.ts";
import { part } from "./columns-of-readings.ts";
import { dayOf } from "./days.ts";

type Row = [series: number, t: number, value: number | null, quality: number, reasons: number, delay: number];

/** Rows that are read at a time. */
const PAGE = 50_000;
/** Rows between two messages. */
const PROGRESS = 1_000_000;

/**
 * Makes blocks of a table `observation` of rows, series by series in time order; the table is left as it is. Every day made
 * is dirty, so that maintenance makes its rollups.
 */
export function blocksFromRows(db: Database, dayOffset: number, onProgress: (message: string) => void): void {
  const blocks = new BlockMaker(db, dayOffset);
  const page = db
    .prepare<[number, number, number], Row>(
      `SELECT series, t, value, quality, reasons, delay FROM observation
       WHERE (series, t) > (?, ?) ORDER BY series, t LIMIT ?`,
    )
    .raw();
  let [series, time] = [-1, 0];
  let done = 0;
  for (;;) {
    const rows = page.all(series, time, PAGE);
    for (const row of rows) blocks.add(row);
    const last = rows.at(-1);
    if (!last) break;
    [series, time] = last;
    if (Math.floor((done + rows.length) / PROGRESS) > Math.floor(done / PROGRESS)) {
      onProgress(`observations: ${done + rows.length} readings so far were put into blocks`);
    }
    done += rows.length;
  }
  blocks.finish();
  if (done > 0) onProgress(`observations: ${done} readings were put into blocks`);
}

/** Gathers the rows of one day, and the totals of one series. */
class BlockMaker {
  readonly #dayOffset: number;
  readonly #insertBlock;
  readonly #insertDirty;
  readonly #insertState;
  #columns = emptyReadings(2048);
  #length = 0;
  #day = 0;
  #series = -1;
  #state = { n: 0, bytes: 0, oldest: 0, newest: 0 };

  constructor(db: Database, dayOffset: number) {
    this.#dayOffset = dayOffset;
    this.#insertBlock = db.prepare("INSERT INTO chunk VALUES (?, ?, ?, ?)");
    this.#insertDirty = db.prepare("INSERT INTO dirty VALUES (?, ?)");
    this.#insertState = db.prepare("INSERT INTO series_state VALUES (?, 0, ?, ?, ?, ?, NULL)");
  }

  add([series, time, value, quality, reasons, delay]: Row): void {
    const day = dayOf(time, this.#dayOffset);
    if (series !== this.#series || day !== this.#day) this.#endDay();
    if (series !== this.#series) {
      this.#endSeries();
      this.#series = series;
      this.#state = { n: 0, bytes: 0, oldest: time, newest: time };
    }
    this.#day = day;
    if (this.#length === this.#columns.time.length) this.#grow();
    const at = this.#length++;
    this.#columns.time[at] = time;
    this.#columns.value[at] = value ?? NaN;
    this.#columns.quality[at] = quality;
    this.#columns.reasons[at] = reasons;
    this.#columns.delay[at] = delay;
  }

  finish(): void {
    this.#endDay();
    this.#endSeries();
  }

  #endDay(): void {
    if (this.#length === 0) return;
    const bytes = encodeReadings(part(this.#columns, 0, this.#length));
    this.#insertBlock.run(this.#series, this.#day, this.#length, bytes);
    this.#insertDirty.run(this.#series, this.#day);
    this.#state.n += this.#length;
    this.#state.bytes += bytes.length;
    this.#state.newest = this.#columns.time[this.#length - 1]!;
    this.#length = 0;
  }

  #endSeries(): void {
    const { n, bytes, oldest, newest } = this.#state;
    if (n > 0) this.#insertState.run(this.#series, n, bytes, oldest, newest);
    this.#state = { n: 0, bytes: 0, oldest: 0, newest: 0 };
  }

  #grow(): void {
    const grown = emptyReadings(this.#columns.time.length * 2);
    for (const name of ["time", "value", "quality", "reasons", "delay"] as const) grown[name].set(this.#columns[name]);
    this.#columns = grown;
  }
}
