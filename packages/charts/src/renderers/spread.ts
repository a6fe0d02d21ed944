import type { Cell } from "@ioc/contracts";
import { cellName, type Datum } from "../columns.ts";
import { seriesStyle, type Style } from "../context.ts";
import { formatNumber } from "../format.ts";
import { box, disc, polygon, stroke, type Shape } from "../plot.ts";
import { words } from "../words.ts";
import { valueText, type Drawing } from "./shared.ts";

/** How the values of one subject are spread: the five numbers, and what a frame may add to them. */
export interface Spread {
  id: string;
  name: string;
  datum: Datum;
  low: number | null;
  q1: number | null;
  median: number | null;
  q3: number | null;
  high: number | null;
  mean: number | null;
  p90: number | null;
  /** How many values it is of. */
  n: number | null;
}

/** Extra columns of a spread: known by their ids, without a role. */
const extras = ["mean", "p90", "n"] as const;

/** Spreads in the order of the frame; several series are told apart by their names. */
export function spreadsOf({ frame, reading, context }: Drawing): Spread[] {
  const x = reading.x!;
  const at = extras.map((id) => frame.columns.findIndex((each) => each.id === id && each.type === "number"));
  const split = reading.seriesColumn;
  const key = (subject: Cell | undefined, series: Cell | undefined): string => JSON.stringify([subject, series]);
  const rows = new Map(frame.rows.map((row) => [key(row[x.index], split ? row[split.index] : null), row]));
  return reading.series.flatMap((series) =>
    series.data.map((datum) => {
      const row = rows.get(key(datum.x, split ? series.id : null));
      const [mean, p90, n] = at.map((index) => numberOf(index < 0 ? null : row?.[index]));
      const own = cellName(datum.x, x, context.lang, context.nameOf);
      return {
        id: String(datum.x),
        name: reading.series.length > 1 ? `${own} · ${series.name}` : own,
        datum,
        low: datum.low,
        q1: datum.q1,
        median: datum.value,
        q3: datum.q3,
        high: datum.high,
        mean: mean ?? null,
        p90: p90 ?? null,
        n: n ?? null,
      };
    }),
  );
}

function numberOf(cell: Cell | undefined): number | null {
  return typeof cell === "number" && Number.isFinite(cell) ? cell : null;
}

/** Whether a spread can be drawn: a median at least. */
export const known = (spread: Spread): boolean => spread.median !== null;

/** Numbers that the axis must hold, and where it may end although a whisker goes on: one far value must not flatten all boxes. */
export function reachOf(
  spreads: readonly Spread[],
  limits: readonly number[],
): { low: number; high: number; cut: number } {
  const all = (pick: (spread: Spread) => (number | null)[]): number[] =>
    spreads.flatMap((spread) => pick(spread).filter((value) => value !== null));
  const low = Math.min(...all((each) => [each.low, each.q1, each.median, each.mean]));
  const high = Math.max(...all((each) => [each.high, each.q3, each.median, each.mean, each.p90]));
  const inner = Math.max(...all((each) => [each.q3, each.median, each.mean, each.p90]), ...limits);
  const span = inner - Math.min(low, 0);
  return { low, high, cut: span > 0 && high > inner + span * 2 ? inner + span * 0.25 : high };
}

/** Marks of one spread around a line: `along` gives the px of a value, `middle` the px across. */
export interface GlyphPlace {
  along(value: number): number;
  middle: number;
  /** Thickness of the box, px. */
  size: number;
  upright: boolean;
  /** Value at which the axis ends. */
  end: number;
}

/** Box from first to third quartile with the median, whiskers to lowest and highest, mean and 90th percentile as marks. */
export function glyph(spread: Spread, style: Style, place: GlyphPlace, strong: boolean): Shape[] {
  const { along, middle, size, upright, end } = place;
  const at = (value: number, across: number): [number, number] =>
    upright ? [middle + across, along(value)] : [along(value), middle + across];
  const line = (from: [number, number], to: [number, number], width: number, z = 4): Shape =>
    stroke([from, to], style.text1, width, { z });
  const shapes: Shape[] = [];
  const unit = style.wall ? 2 : 1;
  const cap = size * 0.28;
  const [low, high] = [spread.low ?? spread.q1, spread.high ?? spread.q3];
  const [q1, q3] = [spread.q1 ?? spread.median!, spread.q3 ?? spread.median!];
  if (low !== null && low < q1) shapes.push(line(at(low, 0), at(q1, 0), unit), line(at(low, -cap), at(low, cap), unit));
  if (high !== null && high > q3) {
    const stop = Math.min(high, end);
    shapes.push(line(at(q3, 0), at(stop, 0), unit));
    if (high > end) shapes.push(arrow(at(stop, 0), size * 0.3, upright, style));
    else shapes.push(line(at(high, -cap), at(high, cap), unit));
  }
  const [a, b] = [at(q1, -size / 2), at(q3, size / 2)];
  const { color } = seriesStyle(style, strong ? 0 : 1);
  shapes.push(
    box(
      {
        left: Math.min(a[0], b[0]),
        top: Math.min(a[1], b[1]),
        width: Math.max(1, Math.abs(b[0] - a[0])),
        height: Math.max(1, Math.abs(b[1] - a[1])),
      },
      color,
      { z: 5 },
    ),
    stroke([at(spread.median!, -size / 2 - 2), at(spread.median!, size / 2 + 2)], style.panel, 5 * unit, { z: 6 }),
    stroke([at(spread.median!, -size / 2 - 2), at(spread.median!, size / 2 + 2)], style.text1, 2.5 * unit, { z: 7 }),
  );
  if (spread.mean !== null && spread.mean <= end) shapes.push(diamond(...at(spread.mean, 0), size * 0.26, style));
  if (spread.p90 !== null && spread.p90 <= end)
    shapes.push(
      disc(...at(spread.p90, 0), size * 0.22, style.panel, { z: 8, stroke: style.text1, lineWidth: 1.5 * unit }),
    );
  return shapes;
}

/** The mark of a mean. */
export function diamond(x: number, y: number, half: number, style: Style): Shape {
  const corners: [number, number][] = [
    [x, y - half],
    [x + half, y],
    [x, y + half],
    [x - half, y],
  ];
  return polygon(corners, style.panel, { z: 8, stroke: style.text1, lineWidth: style.wall ? 2 : 1.2 });
}

function arrow([x, y]: [number, number], half: number, upright: boolean, style: Style): Shape {
  const tip: [number, number] = upright ? [x, y - half * 1.5] : [x + half * 1.5, y];
  const [a, b]: [number, number][] = upright
    ? [
        [x - half, y],
        [x + half, y],
      ]
    : [
        [x, y - half],
        [x, y + half],
      ];
  return polygon([a!, tip, b!], style.text1, { z: 5 });
}

/** What is said of a spread besides its median. */
export function spreadNote(spread: Spread, drawing: Drawing): string {
  const say = words(drawing.context.lang);
  const of = drawing.reading.series[0]!;
  const value = (number: number): string => valueText(number, of, drawing);
  const name = (id: string): string =>
    drawing.frame.columns.find((each) => each.id === id)?.name[drawing.context.lang] ?? id;
  const { lang } = drawing.context;
  const range = (from: number, to: number): string => `${formatNumber(from, lang, of.decimals)}–${value(to)}`;
  return [
    spread.q1 === null || spread.q3 === null ? "" : `${say.middleHalf}: ${range(spread.q1, spread.q3)}`,
    spread.low === null || spread.high === null ? "" : `${say.wholeRange}: ${range(spread.low, spread.high)}`,
    spread.mean === null ? "" : `${name("mean")}: ${value(spread.mean)}`,
    spread.p90 === null ? "" : `${name("p90")}: ${value(spread.p90)}`,
    spread.n === null ? "" : `n = ${formatNumber(spread.n, lang)}`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}
