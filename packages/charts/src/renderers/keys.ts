import { thresholdLine, type ChartContext, type Style } from "../context.ts";
import { badge, polygon, stroke, text, type Shape } from "../plot.ts";
import { fitText, textWidth } from "../text.ts";
import { limitText, type Limit } from "../thresholds.ts";

/** A mark of a drawing with its name. `marks` draws it with its left end at `x`. */
export interface Key {
  marks(x: number, y: number): Shape[];
  /** Room of the marks with their distance to the name, px. */
  width: number;
  label: string;
}

/** Look of the line of a limit, upright or lying: the severity's for a threshold, plain for a target. */
export function limitLook(style: Style, limit: Limit): { color: string; width: number; type: "solid" | number[] } {
  if (!limit.threshold) return { color: style.text1, width: style.wall ? 2 : 1.5, type: "solid" };
  return thresholdLine(style, limit.threshold.severity, limit.project);
}

/** The upright line of a limit in a lying chart; that of a target wears a flag at its head. */
export function limitUpright(
  style: Style,
  limit: Limit,
  x: number,
  span: { top: number; bottom: number },
  z: number,
): Shape[] {
  const look = limitLook(style, limit);
  const ends: [number, number][] = [
    [x, span.top],
    [x, span.bottom],
  ];
  const line = stroke(ends, look.color, look.width, { dash: look.type, z });
  return limit.threshold ? [line] : [line, flag(style, x, span.top, z)];
}

function flag(style: Style, x: number, top: number, z: number): Shape {
  const size = style.size * 0.55;
  const corners: [number, number][] = [
    [x, top],
    [x + size, top + size * 0.45],
    [x, top + size * 0.9],
  ];
  return polygon(corners, style.text1, { z });
}

/** Names of the upright lines of a lying chart, over the plot, with the unit after the value; other marks come first. */
export function limitKeys(
  style: Style,
  context: ChartContext,
  limits: readonly Limit[],
  of: { unit: string; decimals: number },
  reference?: string,
  others: readonly Key[] = [],
): { shapes: Shape[]; height: number } {
  const keys: Key[] = [...others];
  if (reference !== undefined)
    keys.push({
      marks: (x, y) => [
        stroke(
          [
            [x + 6, y - 7],
            [x + 6, y + 7],
          ],
          style.text1,
          2,
          { z: 20 },
        ),
      ],
      width: 18,
      label: reference,
    });
  for (const limit of limits) {
    const severity = limit.threshold?.severity;
    keys.push({
      marks: (x, y) => [
        ...limitUpright(style, limit, x + 3, { top: y - 8, bottom: y + 8 }, 20),
        ...(severity ? [badge(style, severity, x + 8 + style.size * 0.45, y, style.size * 0.8)] : []),
      ],
      width: style.size * (limit.threshold ? 0.8 : 1.15) + (severity ? style.size : 0),
      label: limitText(limit, context.lang, of),
    });
  }
  return keyRows(style, context.width, keys);
}

/** Marks with their names, in as many lines as the width asks for. */
export function keyRows(style: Style, most: number, keys: readonly Key[]): { shapes: Shape[]; height: number } {
  const shapes: Shape[] = [];
  let [x, line] = [0, 0];
  for (const key of keys) {
    const label = fitText(key.label, style.size, most - key.width);
    const width = key.width + textWidth(label, style.size);
    if (x > 0 && x + width > most) [x, line] = [0, line + 1];
    const y = style.line * (line + 0.5);
    shapes.push(...key.marks(x, y), text(style, x + key.width, y, label));
    x += width + style.size;
  }
  return { shapes, height: keys.length === 0 ? 0 : style.line * (line + 1) + 6 };
}
