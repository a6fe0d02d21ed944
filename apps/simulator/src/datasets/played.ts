/** A row as the API takes it: values by column id. */
export type Row = Record<string, unknown>;

/**
 * A dataset whose publisher the simulator plays. The same seed and time give the same rows, however the time is cut into
 * pieces, so that sending again changes nothing.
 */
export interface PlayedDataset {
  id: string;
  /** How often new and changed rows are looked for, ms of city time. */
  everyMs: number;
  /** How far back rows are made, ms. */
  backMs: number;
  /** Rows that appear at an instant in (from, to], in the state that is known at `at` (not before `to`). */
  rows(from: number, to: number, at: number): Iterable<Row>;
  /** Rows that had appeared by `from` and changed in (from, to], in the state that is known at `to`. */
  changed(from: number, to: number): Iterable<Row>;
}
