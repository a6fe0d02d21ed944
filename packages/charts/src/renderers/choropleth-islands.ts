import type { Classes } from "../classes.ts";
import { cellName, type Datum } from "../columns.ts";
import type { Style } from "../context.ts";
import { formatNumber } from "../format.ts";
import { figure, type Rect, type Shape } from "../plot.ts";
import type { Rings } from "../shapes.ts";
import type { Swatch } from "../tokens.ts";
import { words } from "../words.ts";
import { fit, isletRect, islets, isletY, type Islet } from "./map-parts.ts";
import type { Drawing } from "./shared.ts";

/** An islet with its value, where the frame has one. */
export interface OuterIslet extends Islet {
  datum: Datum | null;
  label: string;
  at(map: Rect): [number, number];
}

/** Areas that lie far outside, each with its value where the frame has one; else the names that are known. */
export function islandsOf(
  drawing: Drawing,
  near: ReadonlyMap<string, Rings>,
  far: ReadonlyMap<string, Rings>,
  classes: Classes,
  colors: readonly Swatch[],
  style: Style,
): OuterIslet[] {
  const { reading, context } = drawing;
  const series = reading.series[0]!;
  const outer = [...far].filter(([id]) => !near.has(id));
  const all: OuterIslet[] = outer.map(([id, rings], index) => {
    const datum = series.data.find((each) => String(each.x) === id) ?? null;
    const label = cellName(id, reading.x!, context.lang, context.nameOf);
    const value = datum?.value ?? null;
    const fill = value === null ? style.tokens.colors.nodata : colors[classes.of(value)]!.fill;
    return {
      name: datum
        ? `${label}: ${value === null ? words(context.lang).noData.toLocaleLowerCase() : formatNumber(value, context.lang, series.decimals)}`
        : label,
      datum,
      label,
      marks: (x, y) =>
        miniature(
          rings,
          { left: x, top: y - style.line * 0.5, width: style.size * 1.6, height: style.line },
          fill,
          style,
        ),
      at: (map) => {
        const area = isletRect(all, map, style)!;
        return [area.left + style.size, isletY(area, index, style)];
      },
    };
  });
  if (all.length > 0) return all;
  return islets(context, style).map((each) => ({ ...each, datum: null, label: each.name, at: () => [0, 0] }));
}

/** A shape at the size of a letter; its islands are never thinner than a line. */
function miniature(rings: Rings, area: Rect, fill: string, style: Style): Shape[] {
  const project = fit(rings.flat(), area, 2);
  const paths = rings.map((ring) => ring.flatMap((place) => project.point(place)));
  return figure(paths, { fill, stroke: style.text2, lineWidth: 1.2 }, { closed: true, z: 20 });
}
