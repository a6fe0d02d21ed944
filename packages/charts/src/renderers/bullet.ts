import { cellName, type Datum } from "../columns.ts";
import { seriesStyle, styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatNumber, formatShare, formatTick, noValue } from "../format.ts";
import { bottomLabels, box, canvas, round, stroke, text, xAt, type Rect, type Shape } from "../plot.ts";
import { valueScale } from "../scale.ts";
import { fitText, textWidth } from "../text.ts";
import { limitsOf, withMetCount } from "../thresholds.ts";
import { words } from "../words.ts";
import { limitKeys, limitUpright } from "./keys.ts";
import { message } from "./message.ts";
import { extremes, metNote, valueText, type Drawing } from "./shared.ts";

interface Row {
  name: string;
  id: string;
  datum: Datum;
}

function rowsOf({ frame, reading, context }: Drawing): Row[] {
  const series = reading.series[0];
  if (!reading.x || !series)
    return [
      {
        name: "",
        id: frame.subject ?? "",
        datum: {
          x: "",
          y: null,
          value: frame.value,
          low: null,
          high: null,
          lowest: null,
          highest: null,
          reference: null,
          coverage: frame.coverage,
          status: frame.status,
          q1: null,
          q3: null,
          parent: null,
          max: null,
          label: null,
        },
      },
    ];
  if (reading.x.type === "time") {
    const newest = series.data.findLast((datum) => datum.value !== null) ?? series.data.at(-1);
    return newest ? [{ name: "", id: frame.subject ?? "", datum: newest }] : [];
  }
  return series.data
    .map((datum) => ({ name: cellName(datum.x, reading.x!, context.lang, context.nameOf), id: String(datum.x), datum }))
    .sort(
      (a, b) =>
        (b.datum.value ?? Number.NEGATIVE_INFINITY) - (a.datum.value ?? Number.NEGATIVE_INFINITY) ||
        (a.name < b.name ? -1 : 1),
    );
}

/**
 * Actual against usual or plan: a bar on a track, a tick for the reference, a line for the target. Starts at 0. Of a series over
 * time the newest known period is shown.
 */
export function bullet(drawing: Drawing): ChartPlan {
  const { frame, reading, context } = drawing;
  const data = extremes(reading.series) ?? (frame.value === null ? null : { low: frame.value, high: frame.value });
  if (!data) return message(drawing);
  const style = styleOf(context);
  const { lang } = context;
  const of = reading.series[0] ?? frame;
  const rows = rowsOf(drawing);
  const limits = withMetCount(
    limitsOf(frame, lang, data, of.unit),
    frame,
    rows.map((each) => each.datum.value),
    lang,
  );
  const top0 = Math.max(data.high, ...limits.map((limit) => limit.value));
  const scale =
    of.unit === "%" && top0 <= 100
      ? valueScale(0, 100, { zero: true, count: 5 })
      : valueScale(0, top0, { zero: true, count: context.width < 480 ? 3 : 5 });
  const narrow = context.width < 480;
  const row = narrow ? style.line * 2.3 : Math.max(style.line * 1.6, 30);
  const marked = reading.reference && reading.series[0]?.data.some((datum) => datum.reference !== null);
  const keys = limitKeys(style, context, limits, of, marked ? reading.reference!.name[lang] : undefined);
  const top = Math.max(4, keys.height);
  const fits = Math.max(1, Math.floor((context.height - top - style.line - 6) / row));
  const shown = rows.length <= fits ? rows : rows.slice(0, Math.max(1, fits - 1));
  const ends = shown.map((each) =>
    each.datum.value === null ? noValue : formatNumber(each.datum.value, lang, of.decimals),
  );
  const names =
    narrow || shown.every((each) => each.name === "")
      ? 0
      : Math.min(Math.max(...shown.map((each) => textWidth(each.name, style.size))) + 12, context.width * 0.34);
  const room = Math.max(...ends.map((each) => textWidth(each, style.size, 600))) + 10;
  const rect: Rect = { left: names, top, width: context.width - names - room, height: row * shown.length };
  const barHeight = Math.min(narrow ? 14 : row * 0.46, style.wall ? 40 : 18);
  const middle = (index: number): number => top + row * (index + (narrow ? 0.72 : 0.5));
  const shapes: Shape[] = [
    ...keys.shapes,
    ...scale.ticks.map((tick) => {
      const x = Math.round(xAt(rect, scale, tick)) + 0.5;
      return stroke(
        [
          [x, top],
          [x, top + rect.height],
        ],
        tick === 0 ? style.control : style.gridLine,
        1,
        { z: 0 },
      );
    }),
    ...shown.flatMap((each, index) =>
      rowShapes(each, ends[index]!, drawing, style, { rect, scale, y: middle(index), barHeight, row, narrow, names }),
    ),
    ...limits.flatMap((limit) =>
      limitUpright(style, limit, xAt(rect, scale, limit.value), { top: top - 3, bottom: top + rect.height }, 6),
    ),
    ...bottomLabels(
      style,
      rect,
      scale.ticks.map((tick) => ({ x: xAt(rect, scale, tick), text: formatTick(tick, lang, scale.step) })),
      { ...rect, left: 0, width: context.width },
    ),
    ...(rows.length > shown.length
      ? [
          text(
            style,
            0,
            top + rect.height + style.size * 0.5 + style.line * (narrow ? 1.5 : 0.5),
            words(lang).others(formatNumber(rows.length - shown.length, lang)),
            { fill: style.text3 },
          ),
        ]
      : []),
  ];
  return {
    option: canvas(shapes),
    pointing: "y",
    points: () =>
      shown.map((each, index) => ({
        x: round(xAt(rect, scale, each.datum.value ?? 0)),
        y: round(middle(index)),
        series: 0,
        label: each.name,
        value: valueText(each.datum.value, of, drawing),
        name: "",
        note: [
          each.datum.reference === null || !reading.reference
            ? ""
            : `${reading.reference.name[lang]}: ${valueText(each.datum.reference, of, drawing)}`,
          each.datum.value === null ? "" : metNote(drawing, of, each.datum.value),
        ]
          .filter((note) => note !== "")
          .join(", "),
      })),
  };
}

function rowShapes(
  each: Row,
  end: string,
  { context }: Drawing,
  style: Style,
  at: {
    rect: Rect;
    scale: { min: number; max: number };
    y: number;
    barHeight: number;
    row: number;
    narrow: boolean;
    names: number;
  },
): Shape[] {
  const { rect, scale, y, barHeight, narrow } = at;
  const { value, reference } = each.datum;
  const x = xAt(rect, scale, value ?? 0);
  const track = { left: rect.left, top: y - barHeight / 2, width: rect.width, height: barHeight };
  const own = each.id !== "" && each.id === context.highlight;
  const why =
    value === null
      ? `${words(context.lang).insufficient}${each.datum.coverage === null ? "" : ` (${formatShare(each.datum.coverage, context.lang)})`}`
      : "";
  return [
    box(track, style.raised, { z: 1 }),
    ...(value === null
      ? [text(style, rect.left + 6, y, why, { fill: style.text3 })]
      : [box({ ...track, width: x - rect.left }, seriesStyle(style, 0).color, { z: 3 })]),
    ...(reference === null ? [] : referenceMark(xAt(rect, scale, reference), y, barHeight, style)),
    narrow
      ? text(
          style,
          0,
          y - barHeight / 2 - style.line * 0.6,
          fitText(each.name, style.size, context.width, own ? 600 : 400),
          { fill: own ? style.text1 : style.text2, weight: own ? 600 : 400, halo: style.panel },
        )
      : text(style, at.names - 10, y, fitText(each.name, style.size, at.names - 12), {
          align: "right",
          fill: own ? style.text1 : style.text2,
          weight: own ? 600 : 400,
        }),
    text(style, context.width, y, end, { align: "right", fill: style.text1, weight: 600 }),
  ];
}

/** A tick over the whole bar, outlined so that it is seen on the bar and on the track. */
function referenceMark(x: number, y: number, barHeight: number, style: Style): Shape[] {
  const half = barHeight / 2 + 3;
  return [
    stroke(
      [
        [x, y - half],
        [x, y + half],
      ],
      style.panel,
      style.wall ? 9 : 5,
      { z: 4 },
    ),
    stroke(
      [
        [x, y - half],
        [x, y + half],
      ],
      style.text1,
      style.wall ? 4 : 2,
      { z: 5 },
    ),
  ];
}
