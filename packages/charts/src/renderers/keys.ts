import { thresholdLine, type ChartContext, type Style } from "../context.ts";
import { badge, stroke, text, type Shape } from "../plot.ts";
import { fitText, textWidth } from "../text.ts";
import { limitLines, type Limit } from "../thresholds.ts";
import { withUnit } from "../units.ts";

interface Key {
  marks(x: number, y: number): Shape[];
  width: number;
  label: string;
}

/** Look of the line of a limit, upright or lying: the severity's for a threshold, plain for a target. */
export function limitLook(style: Style, limit: Limit): { color: string; width: number; type: "solid" | number[] } {
  if (!limit.threshold) return { color: style.text1, width: style.wall ? 2 : 1.5, type: "solid" };
  return thresholdLine(style, limit.threshold.severity, limit.project);
}

/** Names of the upright lines of a lying chart, over the plot, with the unit after the value. */
export function limitKeys(
  style: Style,
  context: ChartContext,
  limits: readonly Limit[],
  of: { unit: string; decimals: number },
  reference?: string,
): { shapes: Shape[]; height: number } {
  const keys: Key[] = [];
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
    const look = limitLook(style, limit);
    const severity = limit.threshold?.severity;
    keys.push({
      marks: (x, y) => [
        stroke(
          [
            [x + 3, y - 8],
            [x + 3, y + 8],
          ],
          look.color,
          look.width + 0.5,
          { dash: look.type, z: 20 },
        ),
        ...(severity ? [badge(style, severity, x + 8 + style.size * 0.45, y, style.size * 0.8)] : []),
      ],
      width: 12 + (severity ? style.size : 0),
      label: withUnit(
        limitLines(limit, style, context, of.decimals, Number.POSITIVE_INFINITY)[0]!,
        of.unit,
        context.lang,
      ),
    });
  }
  const shapes: Shape[] = [];
  let [x, line] = [0, 0];
  for (const key of keys) {
    const label = fitText(key.label, style.size, context.width - key.width);
    const width = key.width + textWidth(label, style.size);
    if (x > 0 && x + width > context.width) [x, line] = [0, line + 1];
    const y = style.line * (line + 0.5);
    shapes.push(...key.marks(x, y), text(style, x + key.width, y, label));
    x += width + style.size;
  }
  return { shapes, height: keys.length === 0 ? 0 : style.line * (line + 1) + 6 };
}
