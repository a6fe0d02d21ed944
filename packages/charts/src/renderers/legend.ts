import type { Style } from "../context.ts";
import { outlineOf, patternOver } from "../patterns.ts";
import { box, hatch, text, type Shape } from "../plot.ts";
import { fitText, textWidth } from "../text.ts";

export interface LegendEntry {
  name: string;
  color: string;
  outline?: string;
  hatched?: boolean;
  /** Pattern of the part, 0-based; none when left out. */
  pattern?: number;
}

/** A row of swatches with names over a plot, in as many lines as the width asks for. */
export function legend(
  style: Style,
  width: number,
  entries: readonly LegendEntry[],
  top = 0,
): { shapes: Shape[]; height: number } {
  const swatch = Math.round(style.size * 0.85);
  const gap = style.size * 0.45;
  const shapes: Shape[] = [];
  let [x, row] = [0, 0];
  for (const entry of entries) {
    const name = fitText(entry.name, style.size, width - swatch - gap);
    const needed = swatch + gap + textWidth(name, style.size);
    if (x > 0 && x + needed > width) [x, row] = [0, row + 1];
    const y = top + style.line * (row + 0.5);
    const line = entry.outline ? { stroke: entry.outline } : {};
    const area = { left: x, top: y - swatch / 2, width: swatch, height: swatch };
    shapes.push(
      box(area, entry.color, { z: 20, ...line }),
      ...(entry.pattern === undefined
        ? []
        : patternOver([outlineOf(area)], entry.pattern, style, { z: 21, scale: 0.6 / (style.wall ? 2 : 1) })),
      ...(entry.hatched ? hatch([area], entry.outline ?? style.control, 4, 21) : []),
      text(style, x + swatch + gap, y, name),
    );
    x += needed + style.size;
  }
  return { shapes, height: entries.length === 0 ? 0 : style.line * (row + 1) + 4 };
}
