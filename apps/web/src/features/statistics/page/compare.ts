import type { Cell, ChartKind, Frame, FrameColumn, LocalizedText } from "@ioc/contracts";

const valueName: LocalizedText = { vi: "Giá trị", en: "Value" };
const timeName: LocalizedText = { vi: "Thời điểm", en: "Time" };

interface Curve {
  time: number;
  value: number;
  column: FrameColumn;
}

/** Where time and value of a plain history stand; null when a frame is something else: a ranking, several series, a matrix. */
function curveOf(frame: Frame): Curve | null {
  const roles = frame.columns.map((column) => column.role);
  const time = frame.columns.findIndex((column) => column.role === "x" && column.type === "time");
  const value = roles.indexOf("value");
  const column = frame.columns[value];
  if (time < 0 || !column || roles.includes("series") || roles.includes("y") || frame.rows.length === 0) return null;
  return { time, value, column };
}

/**
 * A matrix over time of one subject alone (a row of a heat map) as the history that it is; any other frame as it is given.
 */
function asHistory(frame: Frame): Frame {
  const at = frame.columns.findIndex((column) => column.role === "y");
  const time = frame.columns.some((column) => column.role === "x" && column.type === "time");
  if (at < 0 || !time || new Set(frame.rows.map((row) => row[at])).size !== 1) return frame;
  const without = <T>(list: readonly T[]): T[] => list.filter((_, index) => index !== at);
  return { ...frame, columns: without(frame.columns), rows: frame.rows.map(without) };
}

/** How a frame is drawn beside others on one scale: a history as bars or as a line. Null: it has no such scale. */
export function onSharedScale(frame: Frame, kind: ChartKind): { frame: Frame; kind: ChartKind } | null {
  const history = asHistory(frame);
  return curveOf(history) ? { frame: history, kind: kind === "bar" ? "bar" : "line" } : null;
}

export interface Compared {
  id: string;
  frame: Frame;
}

/** What several frames say together: the worst that must be known of any, nothing that is true of one only. */
function together(frames: readonly Frame[], columns: FrameColumn[], rows: Cell[][]): Frame {
  const [first] = frames as [Frame, ...Frame[]];
  const coverages = frames.flatMap((frame) => (frame.coverage === null ? [] : [frame.coverage]));
  const times = frames.flatMap((frame) => (frame.asOf === null ? [] : [frame.asOf]));
  return {
    ...first,
    columns,
    rows,
    subject: null,
    value: null,
    previous: null,
    finding: null,
    targetMet: null,
    figures: [],
    status: frames.find((frame) => frame.status === "ok")?.status ?? first.status,
    synthetic: frames.some((frame) => frame.synthetic),
    coverage: coverages.length > 0 ? Math.min(...coverages) : null,
    asOf: times.length > 0 ? Math.max(...times) : null,
    window: {
      from: Math.min(...frames.map((frame) => frame.window.from)),
      to: Math.max(...frames.map((frame) => frame.window.to)),
    },
    thresholds: first.thresholds.filter((threshold) => threshold.station === undefined),
    computedAt: Math.max(...frames.map((frame) => frame.computedAt)),
  };
}

/**
 * Frames of several subjects on one axis: their histories as one series each, or, where one of them has none, a ranking of
 * their headlines. Null when nothing was given.
 * @param subject column that names the subjects: its type, and the names of its codes
 */
export function compareSubjects(
  compared: readonly Compared[],
  subject: Pick<FrameColumn, "id" | "name" | "type" | "labels">,
): { frame: Frame; kind: ChartKind } | null {
  if (compared.length === 0) return null;
  const frames = compared.map(({ frame }) => asHistory(frame));
  const curves = compared.flatMap(({ id }, index) => {
    const frame = frames[index]!;
    const curve = curveOf(frame);
    return curve ? [{ id, frame, curve }] : [];
  });
  const { unit, decimals } = frames[0]!;
  if (curves.length < compared.length) {
    const columns: FrameColumn[] = [
      { ...subject, role: "x" },
      { id: "value", name: valueName, type: "number", role: "value", unit, decimals },
    ];
    const rows = compared.map(({ id, frame }): Cell[] => [id, frame.value]);
    return { frame: together(frames, columns, rows), kind: "bar" };
  }
  const { column } = curves[0]!.curve;
  const columns: FrameColumn[] = [
    { id: "time", name: timeName, type: "time", role: "x" },
    { ...subject, role: "series" },
    { ...column, role: "value" },
  ];
  const rows = curves.flatMap(({ id, frame, curve }) =>
    frame.rows.map((row): Cell[] => [row[curve.time] ?? null, id, row[curve.value] ?? null]),
  );
  return { frame: together(frames, columns, rows), kind: "line" };
}

/**
 * A history and an earlier one laid over it, moved on by the time between them; the table keeps the times as they were.
 * Null when one of the two is no plain history: they then stand side by side.
 */
export function comparePeriods(
  now: Frame,
  before: Frame,
  names: { column: LocalizedText; now: LocalizedText; before: LocalizedText; measured: LocalizedText },
): Frame | null {
  const [shown, past] = [asHistory(now), asHistory(before)];
  const [own, earlier] = [curveOf(shown), curveOf(past)];
  if (!own || !earlier) return null;
  const shift = now.window.to - before.window.to;
  const columns: FrameColumn[] = [
    { id: "time", name: timeName, type: "time", role: "x" },
    {
      id: "period",
      name: names.column,
      type: "text",
      role: "series",
      labels: { now: names.now, before: names.before },
    },
    { ...own.column, role: "value" },
    { id: "measured", name: names.measured, type: "time" },
  ];
  const moved = (cell: Cell | undefined): Cell => (typeof cell === "number" ? cell + shift : null);
  const rows = [
    ...shown.rows.map((row): Cell[] => [row[own.time] ?? null, "now", row[own.value] ?? null, row[own.time] ?? null]),
    ...past.rows.map((row): Cell[] => [
      moved(row[earlier.time]),
      "before",
      row[earlier.value] ?? null,
      row[earlier.time] ?? null,
    ]),
  ];
  return { ...together([now, before], columns, rows), window: now.window };
}

/**
 * A frame of several subjects split into one for each, in the order of the rows. Null when its rows are not histories of
 * several subjects.
 */
export function splitBySubject(frame: Frame): Compared[] | null {
  const subject = frame.columns.findIndex((column) => column.role === "series");
  const time = frame.columns.findIndex((column) => column.role === "x" && column.type === "time");
  if (subject < 0 || time < 0 || frame.columns.some((column) => column.role === "y")) return null;
  const rows = Map.groupBy(frame.rows, (row) => String(row[subject] ?? ""));
  const columns = frame.columns.filter((_, index) => index !== subject);
  return [...rows].map(([id, own]) => ({
    id,
    frame: {
      ...frame,
      subject: id,
      value: null,
      previous: null,
      finding: null,
      figures: [],
      thresholds: frame.thresholds.filter((threshold) => threshold.station === undefined || threshold.station === id),
      columns,
      rows: own.map((row) => row.filter((_, index) => index !== subject)),
    },
  }));
}

/** Lowest and highest value of all frames, for a scale that they share; null when there is none. */
export function extentOf(frames: readonly Frame[]): { low: number; high: number } | null {
  const values = frames.flatMap((frame) => {
    const at = frame.columns.flatMap((column, index) =>
      column.role === "value" || column.role === "low" || column.role === "high" ? [index] : [],
    );
    return frame.rows.flatMap((row) => at.map((index) => row[index]).filter((cell) => typeof cell === "number"));
  });
  if (values.length === 0) return null;
  return values.reduce((extent, value) => ({ low: Math.min(extent.low, value), high: Math.max(extent.high, value) }), {
    low: values[0]!,
    high: values[0]!,
  });
}
