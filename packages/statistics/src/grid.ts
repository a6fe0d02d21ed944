import type { RowValue } from "@ioc/catalogue";
import type { Cell, Frame, FrameColumn, LocalizedText, Threshold } from "@ioc/contracts";
import type { Reading } from "./operators/water.ts";

export interface Span {
  from: number;
  to: number;
}

/** Valid readings by station and property, in time order: what a pipeline starts from when it needs single readings. */
export interface Readings {
  shape: "readings";
  /** (from, to] that was read. */
  span: Span;
  series: Map<string, Map<string, Reading[]>>;
}

/**
 * Rows in columns: of a dataset, or made of a grid. Times are ms, booleans 1 and 0. `index` are the rows that count, in order.
 */
export interface Rows {
  shape: "rows";
  columns: ReadonlyMap<string, readonly RowValue[]>;
  index: readonly number[];
  /** Of datasets: whether they have any row; not there for rows made of readings, where no row is an answer too. */
  recorded?: boolean;
  /** Columns whose time is the end of an interval: it belongs to the day, month, … that it ends in. */
  ends: ReadonlySet<string>;
  /** Names of codes by column. */
  labels: ReadonlyMap<string, Readonly<Record<string, LocalizedText>>>;
}

/** Values of one measure: [subject][end], null = no valid value. */
export type Matrix = (number | null)[][];

/** Measures of several subjects on one row of interval ends. */
export interface Grid {
  shape: "grid";
  ids: readonly string[];
  /** Ends of the intervals, ascending, ms. */
  ends: readonly number[];
  /** Starts of days, weeks, months, …, which are named by them; other intervals are named by their end. */
  starts?: readonly number[];
  /** Index of the end the headline stands for, and of the end one window before it (null when not read). */
  head: number;
  before: number | null;
  /** Indices of the ends a chart shows. */
  shown: readonly number[];
  /** What the headline covers. */
  window: Span;
  /** `coverage` (0..1) is kept beside the measures it belongs to. */
  measures: ReadonlyMap<string, Matrix>;
  /** Texts of a measure that holds codes: value 2 means labels[2]. */
  labels: Readonly<Record<string, readonly string[]>>;
  /** Where each subject is an item of a place (`place/item`, see `subjectParts`): the column of the items, and their names. */
  items?: { column: string; names: Readonly<Record<string, LocalizedText>> };
  /** Names of the subjects (of their places, where they have items), and of the classes of a measure, where they are codes. */
  names?: Readonly<Record<string, Readonly<Record<string, LocalizedText>>>>;
}

/** Values of the stations, of the groups of the view and of the view as a whole (one subject with the id ""). */
export interface Grouped {
  shape: "grouped";
  stations: Grid;
  groups: Grid;
  total: Grid;
}

/** A number, an id of a station, or a text: what a finding may mention. */
export type Fact = number | string | LocalizedText | null;

/** Columns and rows, ready to become a frame. */
export interface Result {
  shape: "result";
  columns: FrameColumn[];
  rows: Cell[][];
  value: number | null;
  previous: number | null;
  window: Span;
  coverage: number | null;
  thresholds: Threshold[];
  facts: Record<string, Fact>;
  finding: LocalizedText | null;
  figures: Frame["figures"];
}

export type Stage = Readings | Rows | Grid | Grouped | Result;
export type Shape = Stage["shape"];

/** Values of a measure for all subjects; throws when the pipeline has no such measure. */
export function matrixIn(grid: Grid, measure: string): Matrix {
  const matrix = grid.measures.get(measure);
  if (!matrix) throw new Error(`there is no measure "${measure}"; known: ${[...grid.measures.keys()].join(", ")}`);
  return matrix;
}

/** Values of a measure for one subject; throws when the pipeline has no such measure. */
export function rowOf(grid: Grid, measure: string, subject: number): (number | null)[] {
  const row = grid.measures.get(measure)?.[subject];
  if (!row) throw new Error(`there is no measure "${measure}"; known: ${[...grid.measures.keys()].join(", ")}`);
  return row;
}

export function at(grid: Grid, measure: string, subject: number, end: number | null): number | null {
  return end === null ? null : (rowOf(grid, measure, subject)[end] ?? null);
}

/** The time that names an interval. */
export function labelAt(grid: Grid, end: number): number {
  return (grid.starts?.[end] ?? grid.ends[end]) as number;
}

/** A grid like `grid` with these measures added or replaced. */
export function withMeasures(
  grid: Grid,
  added: Iterable<readonly [string, Matrix]>,
  labels: Grid["labels"] = {},
): Grid {
  return { ...grid, measures: new Map([...grid.measures, ...added]), labels: { ...grid.labels, ...labels } };
}

/** An empty matrix for every subject and end. */
export function emptyMatrix(ids: number, ends: number): Matrix {
  return Array.from({ length: ids }, () => Array<number | null>(ends).fill(null));
}

/** One row per subject, worked out from its index. */
export function matrixOf(ids: readonly string[], row: (subject: number, id: string) => (number | null)[]): Matrix {
  return ids.map((id, subject) => row(subject, id));
}

/** Writes one value of a measure that is being worked out; measures that the map does not have are left alone. */
export function put(
  measures: ReadonlyMap<string, Matrix>,
  name: string,
  subject: number,
  end: number,
  value: number | null,
): void {
  const row = measures.get(name)?.[subject];
  if (row) row[end] = value;
}
