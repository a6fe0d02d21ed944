import type { Frame, Lang, Threshold } from "@ioc/contracts";
import type { ChartContext, Style } from "./context.ts";
import { thresholdLine } from "./context.ts";
import { formatNumber, neededDecimals } from "./format.ts";
import { stroke, yAt, type Rect, type Shape } from "./plot.ts";
import type { Scale } from "./scale.ts";
import { hasTargetLine, meets, metWord, targetName, targetSign } from "./target.ts";
import { fitText, textWidth, wrapText } from "./text.ts";
import { withUnit } from "./units.ts";
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
  /** Whether a target is met, in a word. */
  note?: string;
  /** A setting of ours, not a limit of law. */
  project: boolean;
}

/**
 * Limits of a frame, at most four: those inside the data, then the nearest above, then the nearest below. A threshold that
 * belongs to another station than the one shown is left out, and so is what does not have the unit of the axis.
 */
export function limitsOf(
  frame: Frame,
  lang: Lang,
  data: { low: number; high: number },
  unit: string = frame.unit,
): Limit[] {
  const own = frame.thresholds.filter((each) => each.station === undefined || each.station === frame.subject);
  const { target } = frame;
  const goal: Limit[] =
    target && hasTargetLine(frame, unit)
      ? [
          {
            id: "target",
            name: targetName(frame, lang),
            value: target.value,
            threshold: null,
            sign: targetSign(target),
            project: target.basis === "project",
            note: metWord(frame, lang),
          },
        ]
      : [];
  return limitsIn(unit === frame.unit ? own : [], lang, data, frame.decimals, goal);
}

/** Limits of a chart of several subjects: of a target is said how many meet it, `5/8 đạt`. */
export function withMetCount(
  limits: readonly Limit[],
  frame: Frame,
  values: readonly (number | null)[],
  lang: Lang,
): Limit[] {
  const { target } = frame;
  const judged = target && target.of === undefined ? values.flatMap((value) => meets(target, value) ?? []) : [];
  if (judged.length < 2) return [...limits];
  const note = `${judged.filter(Boolean).length}/${judged.length} ${words(lang).met}`;
  return limits.map((limit) => (limit.id === "target" ? { ...limit, note } : limit));
}

/** The same for thresholds without a frame. */
export function limitsIn(
  thresholds: readonly Threshold[],
  lang: Lang,
  data: { low: number; high: number },
  decimals: number,
  others: readonly Limit[] = [],
): Limit[] {
  const limits: Limit[] = thresholds.map((each) => ({
    id: each.id,
    name: each.name[lang],
    value: each.value,
    threshold: each,
    project: each.basis === "project",
  }));
  limits.push(...others);
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
  const value = `${limit.sign ?? ""}${formatNumber(limit.value, lang, limit.decimals ?? Math.min(decimals, 6))}`;
  const tag = limit.project ? ` (${basisWord("project", lang)})` : "";
  const note = limit.note ? `, ${limit.note}` : "";
  const whole = `${limit.name}: ${value}${tag}${note}`;
  if (textWidth(whole, style.size) <= width) return [whole];
  const name = wrapText(limit.name, style.size, width, 3);
  const second = [`${value}${tag}${note}`, `${value}${note}`].find((line) => textWidth(line, style.size) <= width);
  const rest = (lines: readonly string[]): string[] =>
    lines.filter((line) => line !== "").map((line) => fitText(line, style.size, width));
  if (second === undefined) return [...name, value, ...rest([limit.note ?? "", tag.trim()])];
  return second.includes(tag) ? [...name, second] : [...name, second, fitText(tag.trim(), style.size, width)];
}

/** The same in one line with the unit: `Mục tiêu: ≥ 90% (thiết lập), chưa đạt`. */
export function limitText(limit: Limit, lang: Lang, of: { unit: string; decimals: number }): string {
  const number = formatNumber(limit.value, lang, limit.decimals ?? Math.min(of.decimals, 6));
  const tag = limit.project ? ` (${basisWord("project", lang)})` : "";
  const note = limit.note ? `, ${limit.note}` : "";
  return `${limit.name}: ${limit.sign ?? ""}${withUnit(number, of.unit, lang)}${tag}${note}`;
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
