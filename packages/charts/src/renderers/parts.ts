import { areClasses, classRank, orderedColors } from "../classes.ts";
import type { Series } from "../columns.ts";
import { seriesStyle, type ChartContext, type Style } from "../context.ts";
import { swatchOf } from "../ink.ts";
import { patternOver, type Outline } from "../patterns.ts";
import type { Shape } from "../plot.ts";
import { words } from "../words.ts";
import { legend } from "./legend.ts";
import type { Drawing } from "./shared.ts";

export interface Part {
  name: string;
  series: Series;
  color: string;
  ink: string;
  hatched: boolean;
  /** Pattern over its colour when patterns are wanted, 0-based. */
  pattern: number;
}

/** Parts of a whole: classes in their order and in one hue, names in series colours; beyond five the rest is one part. */
export function partsOf(drawing: Drawing, style: Style): Part[] {
  const { series } = drawing.reading;
  const codes = series.map((each) => each.id);
  if (areClasses(codes)) {
    const ordered = series.toSorted((a, b) => classRank(a.id)! - classRank(b.id)!);
    const measured = ordered.filter((each) => each.id !== "unknown");
    const colors = orderedColors(style, measured.length);
    return ordered.map((each, pattern) => {
      const at = measured.indexOf(each);
      const swatch = at < 0 ? { fill: style.tokens.colors.nodata, ink: style.text1 } : colors[at]!;
      return { name: each.name, series: each, color: swatch.fill, ink: swatch.ink, hatched: at < 0, pattern };
    });
  }
  const merged =
    series.length <= 6 ? series : [...series.slice(0, 5), restOf(series.slice(5), words(drawing.context.lang).rest)];
  return merged.map((each, pattern) => {
    const { fill, ink } = swatchOf(seriesStyle(style, pattern).color, style);
    return { name: each.name, series: each, color: fill, ink, hatched: false, pattern };
  });
}

function restOf(series: readonly Series[], name: string): Series {
  const sums = new Map<string | number, Series["data"][number]>();
  for (const datum of series.flatMap((each) => each.data)) {
    const sum = sums.get(datum.x);
    if (!sum) sums.set(datum.x, { ...datum });
    else if (datum.value !== null) sum.value = (sum.value ?? 0) + datum.value;
  }
  return { ...series[0]!, id: "other", name, data: [...sums.values()] };
}

/** Values of every part by slot; null where a part has none there. */
export function valuesBySlot(parts: readonly Part[], slots: readonly (string | number)[]): (number | null)[][] {
  return parts.map((part) => {
    const by = new Map(part.series.data.map((datum) => [datum.x, datum.value]));
    return slots.map((slot) => by.get(slot) ?? null);
  });
}

export const total = (values: readonly (number | null)[][], slot: number): number =>
  values.reduce((sum, part) => sum + (part[slot] ?? 0), 0);

/** Swatches of the parts, over the plot. */
export function headOf(
  parts: readonly Part[],
  style: Style,
  { width, patterns }: Pick<ChartContext, "width" | "patterns">,
): { shapes: Shape[]; height: number } {
  return legend(
    style,
    width,
    parts.map(({ name, color, hatched, pattern }) => ({
      name,
      color,
      outline: style.control,
      hatched,
      ...(patterns && !hatched ? { pattern } : {}),
    })),
  );
}

/** The pattern of a part over its areas, when patterns are wanted. */
export function partPattern(
  part: Part,
  areas: readonly Outline[],
  style: Style,
  { patterns }: Pick<ChartContext, "patterns">,
  z: number,
): Shape[] {
  return patterns && !part.hatched ? patternOver(areas, part.pattern, style, { z }) : [];
}
