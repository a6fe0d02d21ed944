import { seriesStyle, styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatLimit, formatNumber } from "../format.ts";
import { box, polygon, round, stroke, text, type Rect, type Shape } from "../plot.ts";
import { targetText, targetUnit } from "../target.ts";
import { textWidth, wrapText } from "../text.ts";
import { withUnit } from "../units.ts";
import { bandOf, bandsOf, isAqi, type Band } from "./bands.ts";
import { bar } from "./bar.ts";
import { message } from "./message.ts";
import { combine, embed, extremes, valueText, type Embedded, type Drawing } from "./shared.ts";

/** A bounded index with its bands: half circle with needle, number and word, and beside it the hours or the places. */
export function gauge(drawing: Drawing): ChartPlan {
  const { frame, reading, context } = drawing;
  if (frame.value === null) return message(drawing);
  const style = styleOf(context);
  const rows = reading.x && reading.series[0] ? reading.series[0].data.length : 0;
  const beside = rows > 1 && context.width >= (context.height < 280 ? 420 : 560);
  const below = rows > 1 && !beside && context.height >= 240;
  const time = reading.x?.type === "time";
  const stripHeight = context.height * (time ? 0.46 : 0.42);
  const dial: Rect = beside
    ? { left: 0, top: 0, width: context.width * 0.42, height: context.height }
    : { left: 0, top: 0, width: context.width, height: context.height - (below ? stripHeight + 8 : 0) };
  const shapes = dialShapes(drawing, style, dial);
  if (!beside && !below)
    return { option: combine(shapes, null), pointing: "place", points: () => headline(drawing, dial) };
  const room: Rect = beside
    ? { left: context.width * 0.46, top: 0, width: context.width * 0.54, height: context.height }
    : { left: 0, top: dial.height + 8, width: context.width, height: stripHeight };
  const rest = inside(drawing, room, style);
  return {
    option: combine(shapes, rest),
    pointing: "place",
    points: () => [
      ...headline(drawing, dial),
      ...rest.points().map((point) => ({ ...point, series: point.series + 1 })),
    ],
  };
}

function headline(drawing: Drawing, dial: Rect): ReturnType<ChartPlan["points"]> {
  const { frame, context } = drawing;
  const band = bandOf(bandsOf(frame, styleOf(context), context.lang, frame.value!), frame.value!);
  return [
    {
      x: round(dial.left + dial.width / 2),
      y: round(dial.top + dial.height / 2),
      series: 0,
      label: band.name,
      value: valueText(frame.value, frame, drawing),
      name: "",
      note: "",
    },
  ];
}

/** The hours or the places behind the headline, in a part of the plot; the edges of the bands are named there. */
function inside(drawing: Drawing, room: Rect, style: Style): Embedded {
  const { frame, reading, context } = drawing;
  const time = reading.x?.type === "time";
  const bands = bandsOf(frame, style, context.lang, frame.value!);
  const edges = bands
    .slice(1)
    .filter((band) => band.name !== "")
    .map((band) => ({
      id: band.name,
      name: { vi: band.name, en: band.name },
      value: band.from,
      basis: "official" as const,
      source: "",
    }));
  const rows = reading.series[0]!.data.length;
  const needed = time ? room.height : Math.min(room.height, rows * Math.max(style.line * 1.3, 24) + style.line * 2);
  const top = room.top + (room.height - needed) / 2;
  const plan = bar({
    ...drawing,
    frame: { ...frame, thresholds: time ? edges : [], target: null },
    context: { ...context, width: room.width, height: needed },
  });
  return embed(plan, room.left, top);
}

function dialShapes(drawing: Drawing, style: Style, rect: Rect): Shape[] {
  const { frame, context } = drawing;
  const value = frame.value!;
  const bands = bandsOf(
    frame,
    style,
    context.lang,
    Math.max(
      value,
      drawing.reading.series.length > 0 ? (extremes(drawing.reading.series, false)?.high ?? value) : value,
    ),
  );
  const word = bandOf(bands, value);
  const number = formatNumber(value, context.lang, frame.decimals);
  const label = withUnit(number, frame.unit, context.lang);
  const edgeRoom = style.size * 1.9;
  const goal = wrapText(targetText(frame, context.lang), style.size, rect.width, 2);
  const goalRoom = goal.length * style.line - (word.name === "" ? style.size * 1.8 : 0);
  const radius = Math.max(
    40,
    Math.min(
      rect.width / 2 - edgeRoom - 6,
      rect.height - edgeRoom - style.size * 3.6 - Math.max(0, goalRoom),
      style.wall ? 320 : 170,
    ),
  );
  const wish = Math.min(radius * 0.42, style.wall ? 120 : 52);
  const big = Math.round(Math.min(wish, (wish * radius * 1.15) / textWidth(label, wish, 600)));
  const cx = rect.left + rect.width / 2;
  const used = edgeRoom + radius + style.size * 3.4 + Math.max(0, goalRoom);
  const cy = rect.top + (rect.height - used) / 2 + edgeRoom + radius;
  const inner = radius * 0.76;
  const angle = (at: number): number => Math.PI * (1 + position(bands, at));
  const point = (r: number, a: number): [number, number] => [cx + r * Math.cos(a), cy + r * Math.sin(a)];
  const outline = isAqi(frame) ? style.text1 : style.control;
  const needle = angle(value);
  const edges = [bands[0]!.from, ...bands.map((band) => band.to)];
  return [
    ...bands.map((band) => ({
      type: "sector",
      z: 2,
      silent: true,
      shape: {
        cx: round(cx),
        cy: round(cy),
        r0: round(inner),
        r: round(radius),
        startAngle: angle(band.from),
        endAngle: angle(band.to),
        clockwise: true,
      },
      style: { fill: band.fill, stroke: outline, lineWidth: 1 },
    })),
    // Without named bands the ring itself shows how far the value reaches.
    ...(bands.length > 1
      ? []
      : [
          {
            type: "sector",
            z: 3,
            silent: true,
            shape: {
              cx: round(cx),
              cy: round(cy),
              r0: round(inner),
              r: round(radius),
              startAngle: Math.PI,
              endAngle: needle,
              clockwise: true,
            },
            style: { fill: seriesStyle(style, 0).color },
          },
        ]),
    ...edges.map((edge, index) => {
      const [x, y] = point(radius + style.size * 0.95, angle(edge));
      const align =
        index === 0 || index === edges.length - 1
          ? "center"
          : Math.abs(x - cx) < 6
            ? "center"
            : x < cx
              ? "right"
              : "left";
      const label = formatLimit(edge, context.lang, frame.decimals);
      // The ends stay inside the room of the dial.
      const half = textWidth(label, style.size) / 2;
      const inside = Math.min(Math.max(x, rect.left + half), rect.left + rect.width - half);
      const end = index === 0 || index === edges.length - 1;
      return text(style, end ? inside : x, end ? cy + style.size * 0.9 : y, label, { align, fill: style.text3 });
    }),
    polygon(
      [
        point(radius + 2, needle),
        point(inner - radius * 0.16, needle + 0.07),
        point(inner - radius * 0.16, needle - 0.07),
      ],
      style.text1,
      { z: 6, stroke: style.panel, lineWidth: 1.5 },
    ),
    text(style, cx, cy - big * 0.42, label, { size: big, weight: 600, align: "center", fill: style.text1 }),
    ...wordShapes(style, word, cx, cy + style.size * 2.3),
    ...goalMark(frame, style, (share) => point(share, angle(frame.target?.value ?? 0)), { inner, radius }),
    ...goal.map((line, index) =>
      text(style, cx, cy + style.size * (word.name === "" ? 2 : 3.9) + style.line * (index + 0.15), line, {
        align: "center",
      }),
    ),
  ];
}

/** Where the target lies on the dial: a tick over the ring. Only for a target of the headline itself. */
function goalMark(
  frame: Drawing["frame"],
  style: Style,
  at: (radius: number) => [number, number],
  { inner, radius }: { inner: number; radius: number },
): Shape[] {
  if (!frame.target || frame.target.of !== undefined || targetUnit(frame) !== frame.unit) return [];
  const ends = [at(inner - 4), at(radius + 4)];
  return [
    stroke(ends, style.panel, style.wall ? 10 : 6, { z: 4 }),
    stroke(ends, style.text1, style.wall ? 5 : 2.5, { z: 5 }),
  ];
}

/** The word of the band on its own colour, with an outline. */
function wordShapes(style: Style, band: Band, x: number, y: number): Shape[] {
  if (band.name === "") return [];
  const size = style.size + 2;
  const width = textWidth(band.name, size, 600) + size * 1.4;
  const height = size * 1.75;
  return [
    box({ left: x - width / 2, top: y - height / 2, width, height }, band.fill, {
      z: 8,
      stroke: style.text1,
      lineWidth: 1.5,
      radius: 4,
    }),
    text(style, x, y, band.name, { size, weight: 600, align: "center", fill: band.ink }),
  ];
}

/** Bands take equal parts of the dial, so that the low ones can be read; their edges are labelled. */
function position(bands: readonly Band[], value: number): number {
  const index = Math.max(
    0,
    bands.findIndex((band) => value <= band.to),
  );
  const at = value > bands.at(-1)!.to ? bands.length - 1 : index;
  const band = bands[at]!;
  return (at + Math.min(1, Math.max(0, (value - band.from) / (band.to - band.from)))) / bands.length;
}
