import type { Series } from "../columns.ts";
import { seriesStyle, styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatNumber, formatTick } from "../format.ts";
import { patternOver } from "../patterns.ts";
import { canvas, disc, polygon, round, stroke, text, type Shape } from "../plot.ts";
import { limitText, limitsOf } from "../thresholds.ts";
import { withUnit } from "../units.ts";
import { keyRows, limitLook, type Key } from "./keys.ts";
import { message } from "./message.ts";
import { profileStrips } from "./profile-strips.ts";
import { profilesOf, type Profiles } from "./profile.ts";
import { webOf, type Web } from "./radar-layout.ts";
import { extremes, metNote, valueText, type Drawing } from "./shared.ts";

/**
 * A profile of three to eight scores, of one or two subjects: each score with its name and value at the end of its axis. More
 * axes or subjects, and names that find no room around the web, are drawn as strips.
 */
export function radar(drawing: Drawing): ChartPlan {
  const { frame, reading, context } = drawing;
  if (!reading.x || !extremes(reading.series, false)) return message(drawing);
  const style = styleOf(context);
  const profiles = profilesOf(drawing);
  const { axes, series, end } = profiles;
  if (axes.length > 8 || series.length > 2) return profileStrips(drawing);
  const of = series[0]!;
  const limits =
    end === null
      ? []
      : limitsOf(frame, context.lang, { low: 0, high: end }, of.unit).filter((limit) => limit.value <= end);
  const names = series.length > 1 ? series.map((each, index) => seriesKey(each.name, index, style)) : [];
  const keys = keyRows(style, context.width, [
    ...names,
    ...limits.map((limit): Key => {
      const look = limitLook(style, limit);
      const marks = (x: number, y: number): Shape[] => [
        stroke(
          [
            [x, y],
            [x + style.size * 1.6, y],
          ],
          look.color,
          look.width + 0.5,
          { dash: look.type, z: 20 },
        ),
      ];
      return { marks, width: style.size * 1.6 + style.size * 0.45, label: limitText(limit, context.lang, of) };
    }),
  ]);
  const web = webOf(profiles, drawing, style, keys.height);
  if (!web) return profileStrips(drawing);
  const { cx, cy, radius } = web;
  const count = axes.length;
  const at = (axis: number, share: number): [number, number] => {
    const angle = (axis / count) * 2 * Math.PI - Math.PI / 2;
    return [cx + radius * share * Math.cos(angle), cy + radius * share * Math.sin(angle)];
  };
  const ring = (share: number): [number, number][] => axes.map((_, axis) => at(axis, share));
  const shapes: Shape[] = [
    ...keys.shapes,
    ...[0.25, 0.5, 0.75, 1].map((share) =>
      stroke([...ring(share), at(0, share)], share === 1 ? style.control : style.gridLine, 1, { z: 0 }),
    ),
    ...axes.map((_, axis) => stroke([[cx, cy], at(axis, 1)], style.gridLine, 1, { z: 0 })),
    ...series.flatMap((_, index) => profileShapes(profiles, index, at, style, context.patterns === true)),
    ...limits.map((limit) => {
      const look = limitLook(style, limit);
      return stroke([...ring(limit.value / end!), at(0, limit.value / end!)], look.color, look.width, {
        dash: look.type,
        z: 6,
      });
    }),
    ...ringLabels(profiles, web, drawing, style),
    ...web.labels.flatMap((label) =>
      label.lines.map((line, index) =>
        text(style, label.x, label.y + index * style.line * 0.95, line, {
          align: label.align,
          fill: index === label.lines.length - 1 ? style.text1 : style.text2,
          weight: index === label.lines.length - 1 ? 600 : 400,
        }),
      ),
    ),
  ];
  return {
    option: canvas(shapes),
    pointing: "place",
    points: () =>
      series.flatMap((each, index) =>
        axes.flatMap((axis, order) => {
          const value = axis.values[index]?.value ?? null;
          if (value === null) return [];
          const [x, y] = at(order, share(value, axis.max));
          return [
            {
              x: round(x),
              y: round(y),
              series: index,
              label: axis.name,
              value: scoreText(value, axis.max, end, each, drawing),
              name: series.length > 1 ? each.name : "",
              note: metNote(drawing, each, value),
            },
          ];
        }),
      ),
  };
}

/** `91,4%`; where each axis has its own end `16,2/18 điểm`. */
function scoreText(value: number, max: number, end: number | null, of: Series, drawing: Drawing): string {
  const { lang } = drawing.context;
  if (end !== null) return valueText(value, of, drawing);
  return withUnit(`${formatNumber(value, lang, of.decimals)}/${formatNumber(max, lang)}`, of.unit, lang);
}

const share = (value: number, max: number): number => Math.min(1, Math.max(0, value / max));

function seriesKey(name: string, index: number, style: Style): Key {
  const look = seriesStyle(style, index);
  return {
    marks: (x, y) => [
      stroke(
        [
          [x, y],
          [x + style.size * 1.6, y],
        ],
        look.color,
        style.wall ? 4 : 2.5,
        { dash: look.dash, z: 20 },
      ),
      mark(x + style.size * 0.8, y, index, style),
    ],
    width: style.size * 1.6 + style.size * 0.45,
    label: name,
  };
}

/** Marker of a profile: a disc for the first, a square for the second. */
function mark(x: number, y: number, index: number, style: Style): Shape {
  const { color } = seriesStyle(style, index);
  const r = style.size * 0.28;
  if (index === 0) return disc(x, y, r, color, { z: 21, stroke: style.panel });
  return polygon(
    [
      [x - r, y - r],
      [x + r, y - r],
      [x + r, y + r],
      [x - r, y + r],
    ],
    color,
    { z: 21, stroke: style.panel, lineWidth: 1.5 },
  );
}

/** A closed area where every value is known; else only the sides between known neighbours. */
function profileShapes(
  { axes }: Profiles,
  index: number,
  at: (axis: number, share: number) => [number, number],
  style: Style,
  patterns: boolean,
): Shape[] {
  const look = seriesStyle(style, index);
  const corners = axes.map((axis, order) => {
    const value = axis.values[index]?.value ?? null;
    return value === null ? null : at(order, share(value, axis.max));
  });
  const whole = corners.every((corner) => corner !== null);
  const outline = corners.filter((corner) => corner !== null);
  const width = style.wall ? 4 : 2;
  return [
    ...(whole ? [polygon(outline, look.color, { z: 2 + index, opacity: index === 0 ? 0.25 : 0.15 })] : []),
    ...(whole && patterns
      ? patternOver([outline], index === 0 ? 1 : 4, style, { z: 3 + index, color: look.color })
      : []),
    ...corners.flatMap((corner, order) => {
      const next = corners[(order + 1) % corners.length];
      return corner && next ? [stroke([corner, next], look.color, width, { dash: look.dash, z: 7 + index })] : [];
    }),
    ...outline.map(([x, y]) => mark(x, y, index, style)),
  ];
}

/** Numbers of the rings along the upright axis: in the unit, or in percent where axes end at different values. */
function ringLabels(
  { end, series, axes }: Profiles,
  { cx, cy, radius }: Web,
  { context }: Drawing,
  style: Style,
): Shape[] {
  const unit = series[0]!.unit;
  const size = style.size * 0.86;
  const angle = Math.PI / axes.length - Math.PI / 2;
  return [0.5, 1].map((part) => {
    const label =
      end === null ? `${part * 100}%` : `${formatTick(end * part, context.lang, end / 4)}${unit === "%" ? "%" : ""}`;
    const reach = radius * part * Math.cos(Math.PI / axes.length);
    return text(style, cx + reach * Math.cos(angle), cy + reach * Math.sin(angle), label, {
      align: "center",
      size: Math.max(style.wall ? 24 : 11, size),
      fill: style.text2,
      halo: style.panel,
    });
  });
}
