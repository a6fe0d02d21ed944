import type { Frame, Lang } from "@ioc/contracts";
import { formatLimit, formatValue } from "./format.ts";
import { withUnit } from "./units.ts";
import { basisWord, words } from "./words.ts";

type Target = NonNullable<Frame["target"]>;

const signs: Record<Target["op"], string> = { "<=": "≤\u00a0", ">=": "≥\u00a0", "<": "<\u00a0" };

/** Which side of a target is meant, before its number. */
export function targetSign(target: Target): string {
  return signs[target.op];
}

/** Whether a value is on the right side of a target; null without a value. */
export function meets(target: Target, value: number | null): boolean | null {
  if (value === null) return null;
  if (target.op === ">=") return value >= target.value;
  return target.op === "<" ? value < target.value : value <= target.value;
}

/** UCUM code of a target: its own, else that of the figure it is about, else that of the headline. */
export function targetUnit(frame: Pick<Frame, "target" | "figures" | "columns" | "unit">): string {
  const of = frame.target?.of;
  if (frame.target?.unit !== undefined) return frame.target.unit;
  const about = of === undefined ? undefined : [...frame.figures, ...frame.columns].find((each) => each.id === of);
  return about?.unit ?? frame.unit;
}

/**
 * Whether a target can be a line among values of a unit: it has that unit, and is about the headline or a column of the frame.
 * A target of another figure is said in words only.
 */
export function hasTargetLine(frame: Pick<Frame, "target" | "figures" | "columns" | "unit">, unit: string): boolean {
  const { target, columns } = frame;
  if (!target || targetUnit(frame) !== unit) return false;
  return target.of === undefined || columns.some((each) => each.id === target.of);
}

/** `Kế hoạch`, `Mục tiêu`, and in brackets what it is about when that is not the headline. */
export function targetName(frame: Pick<Frame, "target" | "figures" | "columns">, lang: Lang): string {
  const { target } = frame;
  const say = words(lang);
  const name = target?.basis === "official" ? say.plan : say.goal;
  const about =
    target?.of === undefined ? undefined : [...frame.figures, ...frame.columns].find((each) => each.id === target.of);
  return about ? `${name} (${about.name[lang]})` : name;
}

/** `đạt` or `chưa đạt` of the whole view; empty when that is not known. */
export function metWord(frame: Pick<Frame, "targetMet">, lang: Lang): string {
  if (frame.targetMet === null) return "";
  return frame.targetMet ? words(lang).met : words(lang).notMet;
}

/**
 * The target in words: `Mục tiêu: ≥ 98% (thiết lập), chưa đạt`; of a figure that is not the headline with its value. Empty
 * without a target.
 */
export function targetText(
  frame: Pick<Frame, "target" | "targetMet" | "figures" | "columns" | "unit" | "decimals">,
  lang: Lang,
): string {
  const { target } = frame;
  if (!target) return "";
  const unit = targetUnit(frame);
  const limit = withUnit(formatLimit(target.value, lang, frame.decimals), unit, lang);
  const tag = target.basis === "project" ? ` (${basisWord("project", lang)})` : "";
  const figure = frame.figures.find((each) => each.id === target.of);
  const now = figure && figure.value !== null ? formatValue(figure.value, figure.unit, figure.decimals, lang) : "";
  return [`${targetName(frame, lang)}: ${targetSign(target)}${limit}${tag}`, now, metWord(frame, lang)]
    .filter((part) => part !== "")
    .join(", ");
}
