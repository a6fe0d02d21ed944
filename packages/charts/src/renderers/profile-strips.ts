import type { Datum } from "../columns.ts";
import { seriesStyle, styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatNumber, noValue } from "../format.ts";
import { outlineOf, patternOver } from "../patterns.ts";
import { box, canvas, polygon, round, stroke, text, type Rect, type Shape } from "../plot.ts";
import { fitText, shortNames, textWidth } from "../text.ts";
import { limitsOf, withMetCount } from "../thresholds.ts";
import { words } from "../words.ts";
import { limitKeys, limitUpright, type Key } from "./keys.ts";
import { profilesOf, type ProfileAxis, type Profiles } from "./profile.ts";
import { metNote, valueText, type Drawing } from "./shared.ts";

interface Row {
  axis: ProfileAxis;
  y: number;
  track: Rect;
}

/** A profile as a strip for each axis: bars of one or two subjects, of more a tick for each and a diamond for the reader's own. */
export function profileStrips(drawing: Drawing): ChartPlan {
  const { frame, context } = drawing;
  const style = styleOf(context);
  const { lang } = context;
  const profiles = profilesOf(drawing);
  const { axes, series, end } = profiles;
  const of = series[0]!;
  const own = series.findIndex((each) => each.id === (context.highlight ?? frame.subject));
  const limits =
    end === null
      ? []
      : withMetCount(
          limitsOf(frame, lang, { low: 0, high: end }, of.unit).filter((limit) => limit.value <= end),
          frame,
          series.length === 1 ? axes.map((axis) => axis.values[0]?.value ?? null) : [],
          lang,
        );
  const keys = limitKeys(style, context, limits, of, undefined, subjectKeys(profiles, own, drawing, style));
  const narrow = context.width < style.size * 38;
  const row = narrow ? style.line * 2.3 : Math.max(style.line * 1.7, 30);
  const top = Math.max(4, keys.height);
  const fits = Math.max(1, Math.floor((context.height - top) / row));
  const shown =
    axes.length <= fits
      ? axes
      : axes.slice(0, Math.max(1, Math.floor((context.height - top - style.line * 1.2) / row)));
  const ends = shown.map((axis) => endText(axis, profiles, own, drawing));
  const room = Math.max(...ends.map((label) => textWidth(label, style.size, 600))) + 10;
  const most = narrow ? context.width : context.width * 0.36 - 12;
  const short = shortNames(
    shown.map((axis) => axis.name),
    style.size,
    most,
  );
  const names = narrow ? 0 : Math.min(Math.max(...short.map((name) => textWidth(name, style.size))), most) + 12;
  const size = Math.min(narrow ? style.size : row * 0.44, style.wall ? 36 : 18);
  const rows = shown.map((axis, index): Row => {
    const y = top + row * (index + (narrow ? 0.72 : 0.5));
    return { axis, y, track: { left: names, top: y - size / 2, width: context.width - names - room, height: size } };
  });
  const shapes: Shape[] = [
    ...keys.shapes,
    ...rows.flatMap((each, index) => [
      ...rowName(short[index]!, each, narrow, names, drawing, style),
      box(each.track, style.raised, { z: 1 }),
      ...(series.length <= 2 ? bars(each, style, context.patterns === true) : marks(each, own, style)),
      text(style, context.width, each.y, ends[index]!, { align: "right", fill: style.text1, weight: 600 }),
    ]),
    ...limits.flatMap((limit) => {
      const x = names + (context.width - names - room) * (limit.value / end!);
      const last = rows.at(-1)!.track;
      return limitUpright(style, limit, x, { top: rows[0]!.track.top - 4, bottom: last.top + last.height + 4 }, 9);
    }),
    ...(shown.length < axes.length
      ? [
          text(
            style,
            0,
            top + row * shown.length + style.line * 0.5,
            words(lang).others(formatNumber(axes.length - shown.length, lang)),
            { fill: style.text3 },
          ),
        ]
      : []),
  ];
  return {
    option: canvas(shapes),
    pointing: "place",
    points: () =>
      series.flatMap((each, index) =>
        rows.flatMap(({ axis, y, track }) => {
          const value = axis.values[index]?.value ?? null;
          if (value === null) return [];
          return [
            {
              x: round(placeOf(value, axis, track)),
              y: round(y),
              series: index,
              label: axis.name,
              value: valueText(value, each, drawing),
              name: series.length > 1 ? each.name : "",
              note: metNote(drawing, each, value),
            },
          ];
        }),
      ),
  };
}

function placeOf(value: number, axis: ProfileAxis, track: Rect): number {
  return track.left + track.width * Math.min(1, Math.max(0, value / axis.max));
}

function subjectKeys({ series }: Profiles, own: number, { context }: Drawing, style: Style): Key[] {
  const swatch = style.size * 0.85;
  if (series.length === 1) return [];
  if (series.length === 2)
    return series.map((each, index) => ({
      marks: (x, y) => {
        const area = { left: x, top: y - swatch / 2, width: swatch, height: swatch };
        const over = context.patterns ? patternOver([outlineOf(area)], index, style, { z: 21, scale: 0.6 }) : [];
        return [box(area, seriesStyle(style, index).color, { z: 20 }), ...over];
      },
      width: swatch + style.size * 0.45,
      label: each.name,
    }));
  const all: Key = {
    marks: (x, y) => [tick(x + swatch / 2, y, swatch, style)],
    width: swatch + style.size * 0.45,
    label: words(context.lang).profiles(formatNumber(series.length, context.lang)),
  };
  if (own < 0) return [all];
  return [
    {
      marks: (x, y) => [ownMark(x + swatch / 2, y, swatch * 0.6, style)],
      width: swatch + style.size * 0.45,
      label: series[own]!.name,
    },
    all,
  ];
}

function rowName(
  name: string,
  { y, track }: Row,
  narrow: boolean,
  names: number,
  { context }: Drawing,
  style: Style,
): Shape[] {
  if (narrow)
    return [
      text(style, 0, y - track.height / 2 - style.line * 0.6, fitText(name, style.size, context.width), {
        halo: style.panel,
      }),
    ];
  return [text(style, names - 10, y, fitText(name, style.size, names - 12), { align: "right" })];
}

function bars({ axis, track }: Row, style: Style, patterns: boolean): Shape[] {
  const height = track.height / axis.values.length;
  return axis.values.flatMap((datum, index) => {
    if (datum?.value == null) return [];
    const area = {
      left: track.left,
      top: track.top + height * index,
      width: Math.max(1, placeOf(datum.value, axis, track) - track.left),
      height: height - (index === 0 && axis.values.length > 1 ? 1 : 0),
    };
    return [
      box(area, seriesStyle(style, index).color, { z: 3 }),
      ...(patterns && axis.values.length > 1 ? patternOver([outlineOf(area)], index, style, { z: 4, scale: 0.8 }) : []),
    ];
  });
}

/** A tick for every subject over the span from the lowest to the highest; a filled diamond for the reader's own. */
function marks({ axis, y, track }: Row, own: number, style: Style): Shape[] {
  const known = axis.values.flatMap((datum, index) =>
    datum?.value == null ? [] : [{ x: placeOf(datum.value, axis, track), index }],
  );
  if (known.length === 0) return [];
  const places = known.map((each) => each.x);
  const [low, high] = [Math.min(...places), Math.max(...places)];
  return [
    box({ left: low, top: y - 1, width: Math.max(1, high - low), height: 2 }, style.control, { z: 2 }),
    ...known.filter((each) => each.index !== own).map((each) => tick(each.x, y, track.height * 0.9, style)),
    ...known.filter((each) => each.index === own).map((each) => ownMark(each.x, y, track.height * 0.5, style)),
  ];
}

function tick(x: number, y: number, height: number, style: Style): Shape {
  return stroke(
    [
      [x, y - height / 2],
      [x, y + height / 2],
    ],
    style.text2,
    style.wall ? 3 : 1.5,
    { z: 4 },
  );
}

function ownMark(x: number, y: number, half: number, style: Style): Shape {
  return polygon(
    [
      [x, y - half],
      [x + half, y],
      [x, y + half],
      [x - half, y],
    ],
    seriesStyle(style, 0).color,
    { z: 21, stroke: style.panel, lineWidth: 1.5 },
  );
}

/** Value at the right: of one or two subjects theirs, of more the own one or the span. */
function endText(axis: ProfileAxis, { series, end }: Profiles, own: number, { context }: Drawing): string {
  const of = series[0]!;
  const number = (datum: Datum | null): string =>
    datum?.value == null ? noValue : formatNumber(datum.value, context.lang, of.decimals);
  const tail = end === null ? `/${formatNumber(axis.max, context.lang, 0)}` : of.unit === "%" ? "%" : "";
  if (series.length <= 2)
    return axis.values.map((datum) => (datum?.value == null ? noValue : number(datum) + tail)).join(" · ");
  if (own >= 0) return number(axis.values[own]!) + tail;
  const known = axis.values.filter((datum) => datum?.value != null).toSorted((a, b) => a!.value! - b!.value!);
  return known.length === 0 ? noValue : `${number(known[0]!)}–${number(known.at(-1)!)}${tail}`;
}
