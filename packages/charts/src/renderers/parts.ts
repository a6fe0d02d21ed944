import { areClasses, classRank, orderedColors } from "../classes.ts";
import type { Series } from "../columns.ts";
import { seriesStyle, type ChartContext, type Style } from "../context.ts";
import { swatchOf } from "../ink.ts";
import { patternOver, type Outline } from "../patterns.ts";
import type { Shape } from "../plot.ts";
import { flagColors } from "../flags.ts";
import { vnAqiBands, type Swatch } from "../tokens.ts";
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

/** What was not measured: grey and hatched, beside the others and never among them. */
function unknownPart(series: Series, style: Style, pattern: number): Part {
  return {
    name: series.name,
    series,
    color: style.tokens.colors.nodata,
    ink: style.text1,
    hatched: true,
    pattern,
  };
}

const byId = (swatches: readonly (Pick<Swatch, "fill" | "ink"> & { id: string })[]) =>
  new Map(swatches.map((swatch) => [swatch.id, swatch]));
/** Colours that mean something: bands of the VN_AQI as its decision fixes them, flags of beaches. */
const meanings = [byId(vnAqiBands), byId(Object.entries(flagColors).map(([id, swatch]) => ({ id, ...swatch })))];

/** Parts in colours that mean them; null when they are not exactly those that one meaning has. */
function meantParts(series: readonly Series[], style: Style): Part[] | null {
  const measured = series.filter(({ id }) => id !== "unknown");
  const meaning = meanings.find((ids) => ids.size === measured.length && measured.every(({ id }) => ids.has(id)));
  if (!meaning) return null;
  return series.map((each, pattern) => {
    const swatch = meaning.get(each.id);
    return swatch
      ? { name: each.name, series: each, color: swatch.fill, ink: swatch.ink, hatched: false, pattern }
      : unknownPart(each, style, pattern);
  });
}

/**
 * Parts of a whole: those whose colour means something in it, classes in their order and in one hue, names in series colours; beyond five
 * the rest is one part.
 */
export function partsOf(drawing: Drawing, style: Style): Part[] {
  const { series } = drawing.reading;
  const codes = series.map((each) => each.id);
  const meant = meantParts(series, style);
  if (meant) return meant;
  if (areClasses(codes)) {
    const ordered = series.toSorted((a, b) => classRank(a.id)! - classRank(b.id)!);
    const measured = ordered.filter((each) => each.id !== "unknown");
    const colors = orderedColors(style, measured.length);
    return ordered.map((each, pattern) => {
      const at = measured.indexOf(each);
      if (at < 0) return unknownPart(each, style, pattern);
      const { fill, ink } = colors[at]!;
      return { name: each.name, series: each, color: fill, ink, hatched: false, pattern };
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
