import type { DatasetDefinition, DatasetItem, RowReceipt } from "@ioc/contracts";

/**
 * A value as calculations see it: numbers; booleans are 1 and 0; date, datetime, month, quarter, isoweek are ms of the instant
 * they begin at in the city's time zone; everything else text.
 */
export type RowValue = number | string | null;

/**
 * Rows of a dataset in columns, ordered by key. Never changed once handed out: a change makes a new table. A geo-point gives
 * two columns `<id>_lon` and `<id>_lat`.
 */
export interface RowTable {
  readonly dataset: string;
  readonly length: number;
  readonly columns: ReadonlyMap<string, readonly RowValue[]>;
  /** City time of the newest change, ms; null while nothing was ever put. */
  readonly updatedAt: number | null;
  /** Some of the rows are made up. */
  readonly synthetic: boolean;
  /** Rises with each change of the rows while the program runs; a table of the same version is the same table. */
  readonly version: number;
}

export interface RowPage {
  /** Values as JSON, by column id; every column is there. */
  items: Record<string, unknown>[];
  /** Rows of the whole dataset. */
  total: number;
  /** `after` of the page that follows; null at the end. */
  next: string | null;
}

export interface RowChange {
  dataset: string;
  /** City time, ms. */
  at: number;
}

export interface DatasetReader {
  definition(id: string): DatasetDefinition | undefined;
  /**
   * Every row that was put before the call.
   * @throws Error when there is no such dataset
   */
  table(id: string): Promise<RowTable>;
  /**
   * Rows in the order of their keys.
   * @param options.after `next` of the page before
   * @throws {BadCursor} when `after` is not from a page of this dataset; Error when there is no such dataset
   */
  page(id: string, options: { limit: number; after?: string | undefined }): RowPage;
  items(): DatasetItem[];
}

export interface RowWriter {
  /**
   * Adds rows or replaces those of the same key, and tells of each that it refuses. Durable when it resolves; when it rejects,
   * nothing was kept.
   * @param options.now city time, ms
   * @throws Error when there is no such dataset
   */
  put(dataset: string, rows: readonly unknown[], options: { synthetic: boolean; now: number }): Promise<RowReceipt>;
}

export interface RowChanges {
  /** Tells which dataset changed, after the commit. Answers how to end it. */
  subscribe(listener: (change: RowChange) => void): () => void;
}

/** A row with where it is from, of a dataset that is brought as a whole. */
export interface WholeRow {
  row: unknown;
  synthetic: boolean;
}

/** What the program itself does with rows: brings datasets as a whole, and forgets what is too old. */
export interface RowKeeper {
  /**
   * Makes these the rows of the dataset: what is not among them goes. When one is refused nothing is changed.
   * @param options.source what the rows were made from, for {@link RowKeeper.source}
   */
  replace(
    dataset: string,
    rows: readonly WholeRow[],
    options: { now: number; source?: string | null | undefined },
  ): Promise<RowReceipt>;
  /** `source` of the last replacement; null when there was none. */
  source(dataset: string): string | null;
  /** Removes rows that are older than their dataset keeps them. Answers how many. @param now city time, ms */
  forget(now: number): Promise<number>;
  /** Waits for what is under way, then closes the file. */
  close(): Promise<void>;
}

export interface Datasets extends DatasetReader, RowWriter, RowChanges, RowKeeper {}

/** An `after` that no page of the dataset gave. */
export class BadCursor extends Error {
  constructor() {
    super("not a place in this dataset; take `after` from `next` of the page before");
    this.name = "BadCursor";
  }
}
