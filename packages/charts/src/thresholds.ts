import type { Frame, Lang, Threshold } from "@ioc/contracts";
import type { ChartContext, Style } from "./context.ts";
import { thresholdLine } from "./context.ts";
import { formatNumber, neededDecimals } from "./format.ts";
import { badge, round, seriesMark, stroke, text, yAt, type Rect, type Shape } from "./plot.ts";
import { pushApart, type Scale } from "./scale.ts";
import { fitText, textWidth, wrapText } from "./text.ts";
import { basisWord, words } from "./words.ts";

/** A threshold or target as a chart draws it. */
export interface Limit {
  id: string;
  name: string;
  value: number;
  threshold: Threshold | null;
  /** Decimals that all limits of a chart need, so that their numbers line up. */
  decimals?: number;
  /** Which side of a target is meant. */
  sign?: string;
  /** A setting of ours, not a limit of law. */
  project: boolean;
}

/** What stands beside the right edge of a plot: the name of a series or of a threshold. */
export interface MarginLabel {
  value: number;
  lines: string[];
  kind: { limit: Limit } | { series: { color: string; dash: "solid" | readonly number[] }; strong: boolean };
}

/**
 * Limits of a frame, at most four: those inside the data, then the nearest above, then the nearest below. A threshold that
 * belongs to another station than the one shown is left out.
 */
export function limitsOf(frame: Frame, lang: Lang, data: { low: number; high: number }): Limit[] {
  const own = frame.thresholds.filter((each) => each.station === undefined || each.station === frame.subject);
  return limitsIn(own, lang, data, frame.decimals, frame.target);
}

/** The same for thresholds without a frame. */
export function limitsIn(
  thresholds: readonly Threshold[],
  lang: Lang,
  data: { low: number; high: number },
  decimals: number,
  target: Frame["target"] = null,
): Limit[] {
  const limits: Limit[] = thresholds.map((each) => ({
    id: each.id,
    name: each.name[lang],
    value: each.value,
    threshold: each,
    project: each.basis === "project",
  }));
  if (target)
    limits.push({
      id: "target",
      name: target.basis === "official" ? words(lang).plan : words(lang).goal,
      value: target.value,
      threshold: null,
      sign: target.op === "<=" ? "≤\u00a0" : "≥\u00a0",
      project: target.basis === "project",
    });
  const distance = (limit: Limit): number =>
    limit.threshold === null
      ? -1
      : limit.value > data.high
        ? limit.value - data.high
        : limit.value < data.low
          ? (data.low - limit.value) * 1.5
          : 0;
  const places = Math.max(0, ...limits.map((limit) => neededDecimals(limit.value, decimals)));
  return limits
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, 4)
    .sort((a, b) => a.value - b.value)
    .map((limit) => ({ ...limit, decimals: places }));
}

/**
 * Widens a data range to the limits that may be drawn without squeezing the data under a sixth of the plot. Limits beyond
 * are named at the edge with an arrow.
 */
export function rangeWithLimits(
  data: { low: number; high: number },
  limits: readonly Limit[],
  zero: boolean,
): { low: number; high: number; inside: Limit[]; beyond: Limit[] } {
  let [low, high] = [zero ? Math.min(0, data.low) : data.low, zero ? Math.max(0, data.high) : data.high];
  const span = Math.max(high - low, Math.abs(high) * 0.2, 1e-6);
  const inside = limits.filter((limit) => limit.value <= high + span * 4 && limit.value >= low - span * 4);
  for (const limit of inside) {
    low = Math.min(low, limit.value);
    high = Math.max(high, limit.value);
  }
  return { low, high, inside, beyond: limits.filter((limit) => !inside.includes(limit)) };
}

/** Name, value and whether it is only a setting of ours, in one line where that fits, else in up to four. */
export function limitLines(
  limit: Limit,
  style: Style,
  context: ChartContext,
  decimals: number,
  width: number,
): string[] {
  const { lang } = context;
  const value = formatNumber(limit.value, lang, limit.decimals ?? Math.min(decimals, 6));
  const tag = limit.project ? ` (${basisWord("project", lang)})` : "";
  const whole = `${limit.name}: ${limit.sign ?? ""}${value}${tag}`;
  if (textWidth(whole, style.size) <= width) return [whole];
  const second = `${limit.sign ?? ""}${value}${tag}`;
  const name = wrapText(limit.name, style.size, width, 2);
  return textWidth(second, style.size) <= width
    ? [...name, second]
    : [...name, `${limit.sign ?? ""}${value}`, fitText(tag.trim(), style.size, width)].filter((line) => line !== "");
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

/** Where labels of several lines do not fit under each other, each takes one line with its value first. */
function shortened(
  labels: readonly MarginLabel[],
  style: Style,
  room: number,
  lineHeight: number,
): readonly MarginLabel[] {
  const most = Math.max(...labels.map((label) => label.lines.length));
  if (labels.length * (lineHeight * most + 3) <= room || most === 1) return labels;
  const width = Math.max(...labels.flatMap((label) => label.lines.map((line) => textWidth(line, style.size))));
  return labels.map((label) =>
    label.lines.length === 1
      ? label
      : {
          ...label,
          lines: [fitText(`${label.lines.at(-1)!} ${label.lines.slice(0, -1).join(" ")}`, style.size, width)],
        },
  );
}

/** The lines themselves, over the plot. */
export function drawLimits(style: Style, rect: Rect, scale: Scale, limits: readonly Limit[]): Shape[] {
  return limits.map((limit) => {
    const y = yAt(rect, scale, limit.value);
    const { project } = limit;
    const look = limit.threshold
      ? thresholdLine(style, limit.threshold.severity, project)
      : { color: style.text1, width: style.wall ? 2 : 1, type: "solid" as const };
    return stroke(
      [
        [rect.left, y],
        [rect.left + rect.width, y],
      ],
      look.color,
      look.width,
      { dash: look.type, z: 4 },
    );
  });
}

/** The highest threshold that a value has reached; null when none. */
export function crossed(limits: readonly Limit[], value: number | null): Limit | null {
  if (value === null) return null;
  const passed = limits.filter((limit) => limit.threshold !== null && value >= limit.value);
  return passed.at(-1) ?? null;
}
