import type { Cell, Frame, FrameColumn, Lang } from "@ioc/contracts";
import { formatNumber, formatValue, noValue } from "./format.ts";
import { formatShortDateTime } from "./time.ts";
import { codeText } from "./words.ts";

type Role = NonNullable<FrameColumn["role"]>;

/** A column and where it stands in each row. */
export interface Column extends FrameColumn {
  index: number;
}

/** One value with everything its row says about it. */
export interface Datum {
  /** Time in ms, or the id, text or number of what the row is about. */
  x: number | string;
  y: number | string | null;
  value: number | null;
  low: number | null;
  high: number | null;
  /** Ends of a wider band around `low` and `high`. */
  lowest: number | null;
  highest: number | null;
  reference: number | null;
  /** First and third quartile around a median. */
  q1: number | null;
  q3: number | null;
  /** Group that a part belongs to. */
  parent: string | null;
  /** Largest possible value of an axis. */
  max: number | null;
  coverage: number | null;
  status: string | null;
  label: string | null;
}

export interface Series {
  id: string;
  name: string;
  unit: string;
  decimals: number;
  data: Datum[];
}

/** Frame read by roles. `x` is null when a frame has a headline value only. Of a flow `x` is where it comes from, `y` where it goes. */
export interface Reading {
  x: Column | null;
  y: Column | null;
  seriesColumn: Column | null;
  reference: Column | null;
  low: Column | null;
  high: Column | null;
  q1: Column | null;
  q3: Column | null;
  parent: Column | null;
  /** Whether the frame is of flows between two ends. */
  flows: boolean;
  coverage: Column | null;
  series: Series[];
}

function column(frame: Frame, role: Role): Column | null {
  const index = frame.columns.findIndex((each) => each.role === role);
  return index < 0 ? null : { ...frame.columns[index]!, index };
}

function numberAt(row: readonly Cell[], at: Column | null): number | null {
  const value = at ? row[at.index] : null;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function textAt(row: readonly Cell[], at: Column | null): string | null {
  const value = at ? row[at.index] : null;
  return value === null || value === undefined ? null : String(value);
}

/** Name of what a cell of a column stands for: a code by the labels of its column, a station, area or kind by name. */
export function cellName(value: Cell | undefined, at: FrameColumn, lang: Lang, nameOf: (id: string) => string): string {
  if (value === null || value === undefined) return noValue;
  const label = at.labels?.[String(value)]?.[lang];
  if (label !== undefined) return label;
  if (at.type === "time" && typeof value === "number") return formatShortDateTime(value, lang);
  if (typeof value === "number") return formatNumber(value, lang, at.decimals ?? 0);
  const name = nameOf(value);
  return name === value && at.type === "text" ? codeText(value, lang) : name;
}

/** A cell with its unit, for tables and speech. */
export function cellText(value: Cell | undefined, at: FrameColumn, lang: Lang, nameOf: (id: string) => string): string {
  if (at.type === "number" && (typeof value === "number" || value === null))
    return formatValue(value, at.unit ?? "1", at.decimals ?? 0, lang);
  return cellName(value, at, lang, nameOf);
}

/**
 * Reads a frame by the roles of its columns. Values are the columns of role `value`; a column of role `series` splits the
 * rows. Without a column of role `x` the origin of a flow, or the first time, station, area or text column stands for it;
 * failing that the parts of a whole are what the rows are about.
 */
export function readFrame(frame: Frame, lang: Lang, nameOf: (id: string) => string): Reading {
  const taken = new Set(frame.columns.flatMap((each, index) => (each.role ? [index] : [])));
  const first = (types: FrameColumn["type"][]): Column | null => {
    const index = frame.columns.findIndex((each, at) => !taken.has(at) && types.includes(each.type));
    return index < 0 ? null : { ...frame.columns[index]!, index };
  };
  const [from, to] = [column(frame, "from"), column(frame, "to")];
  // The time of a single row says when it is from; it is no axis.
  const time = frame.rows.length > 1 ? first(["time"]) : null;
  const named = column(frame, "x") ?? from ?? time ?? first(["station", "area", "text"]);
  const y = column(frame, "y") ?? to;
  const split = column(frame, "series");
  const [x, seriesColumn] = named ? [named, split] : [split, null];
  const [low, high] = [column(frame, "low"), column(frame, "high")];
  const [lowest, highest] = [column(frame, "lowest"), column(frame, "highest")];
  const [q1, q3] = [column(frame, "q1"), column(frame, "q3")];
  const [parent, max] = [column(frame, "parent"), column(frame, "max")];
  const [coverage, status, label] = [column(frame, "coverage"), column(frame, "status"), column(frame, "label")];
  let values = frame.columns.flatMap((each, index) => (each.role === "value" ? [{ ...each, index }] : []));
  if (values.length === 0) values = [first(["number"])].filter((each) => each !== null);
  const anyReference = column(frame, "reference");
  // A reference in another unit (capacity beside occupancy) is for the table only.
  const reference =
    anyReference && (anyReference.unit ?? frame.unit) === (values[0]?.unit ?? frame.unit) ? anyReference : null;

  const series = new Map<string, Series>();
  for (const row of frame.rows) {
    const at = x ? row[x.index] : 0;
    if (at === null || at === undefined) continue;
    const key = textAt(row, seriesColumn);
    for (const value of values) {
      const id = [key, values.length > 1 || key === null ? value.id : null].filter((part) => part !== null).join(" · ");
      let entry = series.get(id);
      if (!entry) {
        const own = seriesColumn && key !== null ? cellName(row[seriesColumn.index], seriesColumn, lang, nameOf) : null;
        const name = own === null ? value.name[lang] : values.length > 1 ? `${own} · ${value.name[lang]}` : own;
        entry = {
          id: key ?? value.id,
          name,
          unit: value.unit ?? frame.unit,
          decimals: value.decimals ?? frame.decimals,
          data: [],
        };
        series.set(id, entry);
      }
      entry.data.push({
        x: at,
        y: y ? (row[y.index] ?? null) : null,
        value: numberAt(row, value),
        low: numberAt(row, low),
        high: numberAt(row, high),
        lowest: numberAt(row, lowest),
        highest: numberAt(row, highest),
        reference: numberAt(row, reference),
        q1: numberAt(row, q1),
        q3: numberAt(row, q3),
        parent: textAt(row, parent),
        max: numberAt(row, max),
        coverage: numberAt(row, coverage),
        status: textAt(row, status),
        label: textAt(row, label),
      });
    }
  }
  const all = [...series.values()];
  if (x?.type === "time") for (const each of all) each.data.sort((a, b) => Number(a.x) - Number(b.x));
  const flows = from !== null && to !== null;
  return { x, y, seriesColumn, reference, low, high, q1, q3, parent, flows, coverage, series: all };
}

/** The usual distance of neighbouring times, ms: the median, which a gap does not move. Null below two points. */
export function usualStep(times: readonly number[]): number | null {
  const steps = times
    .slice(1)
    .map((time, index) => time - times[index]!)
    .filter((step) => step > 0)
    .sort((a, b) => a - b);
  return steps.length === 0 ? null : steps[Math.floor(steps.length / 2)]!;
}
