import { usualStep } from "../columns.ts";
import { styleOf, type ChartPlan } from "../context.ts";
import {
  axisWidth,
  bottomLabels,
  cartesian,
  horizontalGrid,
  polygon,
  round,
  stroke,
  text,
  xAt,
  yAt,
  type Rect,
  type Shape,
} from "../plot.ts";
import { valueScale } from "../scale.ts";
import { wrapText } from "../text.ts";
import { drawMargin, marginTextWidth, marginWidth, type MarginLabel } from "../margin.ts";

import { unitText } from "../units.ts";
import { drawGaps } from "./gaps.ts";
import { message } from "./message.ts";
import { partPattern, partsOf } from "./parts.ts";
import { extremes, instantText, timeAxis, valueText, type Drawing } from "./shared.ts";
import { words } from "../words.ts";

/** Cumulated or composed amounts over time, stacked from 0. A moment at which any part is missing breaks the stack. */
export function area(drawing: Drawing): ChartPlan {
  const { reading, context } = drawing;
  if (!reading.x || reading.x.type !== "time" || !extremes(reading.series, false)) return message(drawing);
  const style = styleOf(context);
  const { lang } = context;
  const parts = partsOf(drawing, style);
  const times = [...new Set(reading.series.flatMap((each) => each.data.map((datum) => Number(datum.x))))].sort(
    (a, b) => a - b,
  );
  const step = usualStep(times);
  const values = parts.map((part) => new Map(part.series.data.map((datum) => [Number(datum.x), datum.value])));
  const complete = (time: number): boolean => values.every((part) => (part.get(time) ?? null) !== null);
  const sum = (time: number, upTo: number): number =>
    values.slice(0, upTo).reduce((all, part) => all + (part.get(time) ?? 0), 0);
  const scale = valueScale(0, Math.max(...times.map((time) => sum(time, parts.length))), {
    zero: true,
    count: context.height < 200 ? 4 : 5,
  });
  const many = parts.length > 1;
  const most = Math.max(style.size * 6.6, context.width * 0.28);
  const margin = many
    ? marginWidth(
        style,
        parts.map((part) => part.name),
        most,
      )
    : 4;
  const unit = unitText(parts[0]!.series.unit, lang);
  const top = style.line * (unit === "" ? 0.7 : 1.6);
  const left = axisWidth(style, scale, lang);
  const rect: Rect = {
    left,
    top,
    width: context.width - left - margin,
    height: context.height - top - style.size * 0.5 - style.line * 2 - 2,
  };
  const xs = { min: times[0]!, max: times.at(-1)! };
  const runs = runsOf(times, complete, step);
  const place = (time: number, value: number): [number, number] => [xAt(rect, xs, time), yAt(rect, scale, value)];
  const shapes: Shape[] = [
    ...horizontalGrid(style, rect, scale, lang),
    ...(unit === "" ? [] : [text(style, 0, rect.top - style.line * 0.95, unit, { fill: style.text3 })]),
    ...bottomLabels(style, rect, timeAxis(rect, xs.min, xs.max, style.size, lang), {
      ...rect,
      left: 0,
      width: context.width,
    }),
    ...drawGaps(
      style,
      rect,
      xs,
      runs.slice(1).map((run, index) => ({ from: runs[index]!.at(-1)!, to: run[0]! })),
      words(lang).gap,
    ),
    ...parts.flatMap((part, index) =>
      runs.flatMap((run) => {
        const upper = run.map((time) => place(time, sum(time, index + 1)));
        const lower = run.toReversed().map((time) => place(time, sum(time, index)));
        return [
          polygon([...upper, ...lower], part.color, { z: 3, opacity: many ? 0.85 : 0.35 }),
          ...(many ? partPattern(part, [[...upper, ...lower]], style, context, 4) : []),
          stroke(upper, many ? style.panel : part.color, many ? 1 : 2, { z: 4 }),
        ];
      }),
    ),
    ...(many ? drawMargin(style, rect, scale, labelsOf(parts, times, complete, sum, style, margin)) : []),
  ];
  return {
    option: cartesian(rect, { type: "value", ...xs }, { type: "value", min: scale.min, max: scale.max }, [], shapes),
    pointing: "x",
    points: () =>
      parts.flatMap((part, index) =>
        times.filter(complete).map((time) => {
          const [x, y] = place(time, sum(time, index + 1));
          return {
            x: round(x),
            y: round(y),
            series: index,
            label: instantText(time, step, drawing.context.lang),
            value: valueText(values[index]!.get(time) ?? null, part.series, drawing),
            name: many ? part.name : "",
            note: "",
          };
        }),
      ),
  };
}

/** Unbroken runs of complete moments. */
function runsOf(times: readonly number[], complete: (time: number) => boolean, step: number | null): number[][] {
  const runs: number[][] = [];
  let last: number | null = null;
  for (const time of times) {
    if (!complete(time)) {
      last = null;
      continue;
    }
    if (last === null || (step !== null && time - last > step * 1.5)) runs.push([]);
    runs.at(-1)!.push(time);
    last = time;
  }
  return runs;
}

function labelsOf(
  parts: ReturnType<typeof partsOf>,
  times: readonly number[],
  complete: (time: number) => boolean,
  sum: (time: number, upTo: number) => number,
  style: ReturnType<typeof styleOf>,
  margin: number,
): MarginLabel[] {
  const last = times.findLast(complete);
  if (last === undefined) return [];
  const room = marginTextWidth(style, margin);
  return parts.map((part, index) => ({
    value: (sum(last, index) + sum(last, index + 1)) / 2,
    lines: wrapText(part.name, style.size, room, 2),
    kind: { series: { color: part.color, dash: "solid" }, strong: false },
  }));
}
