import type { Datum } from "../columns.ts";
import type { Style } from "../context.ts";
import { box, stroke, text, xAt, type Rect, type Shape } from "../plot.ts";
import { textWidth, wrapText } from "../text.ts";

/** Values of one line with nulls where a period is missing altogether, so that the line breaks there. */
export function withGaps(data: readonly Datum[], step: number | null): { time: number; datum: Datum | null }[] {
  const result: { time: number; datum: Datum | null }[] = [];
  for (const datum of data) {
    const time = Number(datum.x);
    const previous = result.at(-1);
    if (step !== null && previous && time - previous.time > step * 1.5)
      result.push({ time: previous.time + step, datum: null });
    result.push({ time, datum });
  }
  return result;
}

/** Spans without a value longer than two periods, between values. */
export function gapsOf(
  points: readonly { time: number; value: number | null }[],
  step: number,
): { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  let last: number | null = null;
  for (const { time, value } of points) {
    if (value === null) continue;
    if (last !== null && time - last > step * 2.01) gaps.push({ from: last, to: time });
    last = time;
  }
  return gaps;
}

/** Spans between the values around each entry without one. */
export function markedGaps(points: readonly { time: number; value: number | null }[]): { from: number; to: number }[] {
  return points.flatMap(({ value }, index) => {
    const before = points[index - 1];
    const behind = points[index + 1];
    if (value !== null || before?.value == null || behind?.value == null) return [];
    return [{ from: before.time, to: behind.time }];
  });
}

/** Shaded spans without data, with the words where they fit. */
export function drawGaps(
  style: Style,
  rect: Rect,
  xs: { min: number; max: number },
  gaps: readonly { from: number; to: number }[],
  label: string,
): Shape[] {
  return gaps.flatMap(({ from, to }) => {
    const [left, right] = [xAt(rect, xs, Math.max(from, xs.min)), xAt(rect, xs, Math.min(to, xs.max))];
    const band = box({ left, top: rect.top, width: right - left, height: rect.height }, style.raised, { z: -1 });
    const lines = wrapText(label, style.size, right - left - 6, 3);
    if (lines.some((line) => textWidth(line, style.size) > right - left - 4 || line.endsWith("…"))) return [band];
    const middle = (left + right) / 2;
    return [
      band,
      ...lines.map((line, index) =>
        text(style, middle, rect.top + rect.height - style.line * (lines.length - index - 0.3), line, {
          align: "center",
          fill: style.text3,
        }),
      ),
    ];
  });
}

/** Zigzag at the foot of an axis that does not start at 0. */
export function axisBreak(style: Style, rect: Rect): Shape {
  const [x, y] = [rect.left - style.size * 0.45, rect.top + rect.height - style.size * 1.15];
  const s = style.size * 0.22;
  return stroke(
    [
      [x - s, y + s * 2],
      [x + s, y + s],
      [x - s, y],
      [x + s, y - s],
    ],
    style.control,
    1.2,
  );
}
