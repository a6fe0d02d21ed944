import { thresholdLine, type ChartContext, type Style } from "./context.ts";
import { formatNumber } from "./format.ts";
import { badge, round, seriesMark, stroke, text, yAt, type Rect, type Shape } from "./plot.ts";
import { pushApart, type Scale } from "./scale.ts";
import { fitText, textWidth } from "./text.ts";
import { limitLines, type Limit } from "./thresholds.ts";

/** What stands beside the right edge of a plot: the name of a series or of a threshold. */
export interface MarginLabel {
  value: number;
  lines: string[];
  /** What stands for the lines where there is room for one only: the first that fits. */
  short?: readonly string[];
  kind: { limit: Limit } | { series: { color: string; dash: "solid" | readonly number[] }; strong: boolean };
}

const mark = (style: Style): number => Math.round(style.size * 1.25);

/** Width that labels of a margin want, with their marks; between 6.6 text sizes and `most`. */
export function marginWidth(style: Style, wanted: readonly string[], most: number): number {
  if (wanted.length === 0) return 0;
  const widest = Math.max(...wanted.map((line) => textWidth(line, style.size)));
  return Math.ceil(Math.min(Math.max(widest + mark(style) + 10, style.size * 6.6), most));
}

/** Room for the text of a label in a margin of that width. */
export function marginTextWidth(style: Style, width: number): number {
  return width - mark(style) - 10;
}

/** The label of a limit in a margin of that width: its name, value and what else there is to say. */
export function limitLabel(
  limit: Limit,
  style: Style,
  context: ChartContext,
  decimals: number,
  margin: number,
): MarginLabel {
  const value = `${limit.sign ?? ""}${formatNumber(limit.value, context.lang, limit.decimals ?? Math.min(decimals, 6))}`;
  const note = limit.note ? `, ${limit.note}` : "";
  return {
    value: limit.value,
    lines: limitLines(limit, style, context, decimals, marginTextWidth(style, margin)),
    short: [`${limit.name}: ${value}${note}`, ...(note === "" ? [] : [`${value}${note}`]), `${value} ${limit.name}`],
    kind: { limit },
  };
}

/**
 * Draws the labels of the right margin: at the height of their value where there is room, else pushed apart with a leader
 * to the right place. No two overlap.
 */
export function drawMargin(style: Style, rect: Rect, scale: Scale, wanted: readonly MarginLabel[]): Shape[] {
  if (wanted.length === 0) return [];
  const lineHeight = Math.round(style.size * 1.25);
  const labels = shortened(wanted, style, rect.height + style.line, lineHeight);
  const most = Math.max(...labels.map((label) => label.lines.length));
  const height = lineHeight * most + 3;
  const clamp = (y: number): number => Math.min(Math.max(y, rect.top), rect.top + rect.height);
  const wishes = labels.map((label) => clamp(yAt(rect, scale, label.value)));
  const low = rect.top + (lineHeight * most) / 2 - style.line * 0.5;
  const places = pushApart(
    wishes,
    height,
    low,
    rect.top + rect.height + style.line * 0.5 - (lineHeight * (most - 1)) / 2,
  );
  const edge = rect.left + rect.width;
  return labels.flatMap((label, index) => {
    const [from, to] = [wishes[index]!, places[index]!];
    const middle = to - ((label.lines.length - 1) * lineHeight) / 2;
    const shapes: Shape[] = [];
    if (Math.abs(from - to) > 2)
      shapes.push(
        stroke(
          [
            [edge + 1, from],
            [edge + 6, to],
          ],
          style.control,
          1,
          { z: 3 },
        ),
      );
    const left = edge + 8;
    if ("series" in label.kind) shapes.push(...seriesMark(left, middle, label.kind.series, mark(style) - 3));
    else if (label.kind.limit.threshold?.severity)
      shapes.push(
        badge(style, label.kind.limit.threshold.severity, left + style.size * 0.45, middle, style.size * 0.8),
      );
    else {
      const look = thresholdLine(style, undefined, label.kind.limit.project);
      const line = label.kind.limit.threshold ? look : { color: style.text1, width: 1.5, type: "solid" as const };
      shapes.push(
        stroke(
          [
            [left, middle],
            [left + mark(style) - 4, middle],
          ],
          line.color,
          line.width,
          { dash: line.type, z: 20 },
        ),
      );
    }
    const strong = "series" in label.kind && label.kind.strong;
    for (const [row, line] of label.lines.entries())
      shapes.push({
        ...text(style, left + mark(style), middle + row * lineHeight, line, {
          fill: strong || row > 0 ? style.text1 : style.text2,
          weight: strong ? 600 : 400,
        }),
        name: `margin:${round(to)}`,
      });
    return shapes;
  });
}

/** Where labels of several lines do not fit under each other, each takes one line. */
function shortened(
  labels: readonly MarginLabel[],
  style: Style,
  room: number,
  lineHeight: number,
): readonly MarginLabel[] {
  const most = Math.max(...labels.map((label) => label.lines.length));
  if (labels.length * (lineHeight * most + 3) <= room || most === 1) return labels;
  const width = Math.max(...labels.flatMap((label) => label.lines.map((line) => textWidth(line, style.size))));
  return labels.map((label) => {
    if (label.lines.length === 1) return label;
    const whole = `${label.lines.at(-1)!} ${label.lines.slice(0, -1).join(" ")}`;
    const wishes = label.short ?? [whole];
    const line =
      wishes.find((wish) => textWidth(wish, style.size) <= width) ?? fitText(wishes.at(-1)!, style.size, width);
    return { ...label, lines: [line] };
  });
}
