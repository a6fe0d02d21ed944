import type { Lang } from "@ioc/contracts";
import type { Style } from "./context.ts";
import { formatNumber } from "./format.ts";

/** Five classes of equal, round width for maps and heatmaps; `edges` has one more entry than there are classes. */
export interface Classes {
  edges: number[];
  /** Classes of whole numbers, of which each holds those from its lower edge up to the one before its upper edge. */
  whole: boolean;
  /** Class of a value, 0 to 4. */
  of(value: number): number;
}

const mostClasses = 5;

/** Least round step at which five of them reach from `from` to `high`. */
function stepFor(from: number, high: number): number {
  const span = high > from ? high - from : Math.max(Math.abs(high) * 0.1, 1e-3);
  const power = 10 ** Math.floor(Math.log10(span / mostClasses));
  let step = power * 10;
  for (const factor of [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]) {
    step = Number((factor * power).toPrecision(12));
    const first = Math.floor(from / step + 1e-9);
    if (first + mostClasses >= high / step - 1e-9) break;
  }
  return step;
}

function classesFrom(first: number, count: number, step: number, whole: boolean): Classes {
  const edges = Array.from({ length: count + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
  const of = (value: number) => Math.min(count - 1, Math.max(0, Math.floor(value / step + 1e-9) - first));
  return { edges, whole, of };
}

/**
 * Classes for values between `low` and `high`; at most five. A single value gives one class.
 * @param whole all values are whole numbers, so that classes are, too: 0, 1, 2 and not 0–1, 1–1, 1–2
 */
export function classesOf(low: number, high: number, whole = false): Classes {
  if (low === high) return { edges: [low, high], whole: false, of: () => 0 };
  const from = low >= 0 && low < high * 0.4 ? 0 : low;
  let step = stepFor(from, high);
  if (whole) {
    const countOf = () => Math.floor(high / step) - Math.floor(from / step) + 1;
    step = Math.ceil(step - 1e-9);
    while (countOf() > mostClasses) step += 1;
    return classesFrom(Math.floor(from / step), countOf(), step, true);
  }
  const first = Math.floor(from / step + 1e-9);
  const count = Math.max(1, Math.min(mostClasses, Math.ceil(high / step - 1e-9) - first));
  return classesFrom(first, count, step, false);
}

/** Colours for `count` ordered classes, low to high; few classes are spread over the whole scale. */
export function orderedColors(style: Style, count: number): { fill: string; ink: string }[] {
  const { seq } = style.tokens;
  return Array.from({ length: count }, (_, index) => seq[count === 1 ? 2 : Math.round((index * 4) / (count - 1))]!);
}

/** `0–20`: every class names both edges, one of whole numbers its first and last. */
export function classLabel(classes: Classes, index: number, lang: Lang, decimals: number): string {
  const [from, edge] = [classes.edges[index]!, classes.edges[index + 1]!];
  const to = classes.whole ? edge - 1 : edge;
  if (from === to) return formatNumber(from, lang, decimals);
  const step = edge - from;
  const places = Math.min(
    decimals,
    Math.max(0, -Math.floor(Math.log10(step) + 1e-9) + (Number.isInteger(step) ? 0 : 1)),
  );
  // A dash between minus signs cannot be read.
  const join = from < 0 ? (lang === "vi" ? " đến " : " to ") : "–";
  return `${formatNumber(from, lang, places)}${join}${formatNumber(to, lang, places)}`;
}

const special: Record<string, number> = { calm: -2, dry: -1, unknown: 1e12, other: 1e12 };

/** Edges of a class code: `2-4` → [2, 4], `<2` → [null, 2], `>=4` → [4, null]; null for a code that is a name. */
export function classBounds(code: string): [number | null, number | null] | null {
  const match = /^(?:([<>])=?)?(-?\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?$/.exec(code);
  if (!match) return null;
  const [, side, first, second] = match;
  if (second !== undefined) return [Number(first), Number(second)];
  if (side === undefined) return null;
  return side === "<" ? [null, Number(first)] : [Number(first), null];
}

/** Where a class code stands in its order: `<2`, `2-4`, `>=4`; null for a code that is a name. */
export function classRank(code: string): number | null {
  const named = special[code];
  if (named !== undefined) return named;
  const match = /^([<>]=?)?(\d+(?:\.\d+)?)(?:-\d+(?:\.\d+)?)?$/.exec(code);
  return match ? Number(match[2]) - (match[1]?.startsWith("<") ? 1e-6 : 0) : null;
}

/** Whether codes are classes of numbers (then they are sorted and coloured in order), not names. */
export function areClasses(codes: readonly string[]): boolean {
  return (
    codes.length > 1 && codes.every((code) => classRank(code) !== null) && codes.some((code) => !(code in special))
  );
}
