import { seriesStyle, type Style } from "../context.ts";
import { box, disc, stroke } from "../plot.ts";
import { words } from "../words.ts";
import type { Key } from "./keys.ts";
import type { Drawing } from "./shared.ts";
import { diamond, type Spread } from "./spread.ts";

/** What the marks mean; a mark that no spread has is not named. */
export function spreadKeys(spreads: readonly Spread[], style: Style, { frame, context }: Drawing): Key[] {
  const say = words(context.lang);
  const size = style.size;
  const name = (id: string): string => frame.columns.find((each) => each.id === id)?.name[context.lang] ?? id;
  const keys: Key[] = [
    {
      marks: (x, y) => [
        box({ left: x, top: y - size * 0.35, width: size * 1.5, height: size * 0.7 }, seriesStyle(style, 0).color, {
          z: 20,
        }),
      ],
      width: size * 1.5 + style.size * 0.45,
      label: say.middleHalf,
    },
    {
      marks: (x, y) => [
        box({ left: x, top: y - size * 0.35, width: size * 1.1, height: size * 0.7 }, seriesStyle(style, 0).color, {
          z: 20,
        }),
        stroke(
          [
            [x + size * 0.55, y - size * 0.5],
            [x + size * 0.55, y + size * 0.5],
          ],
          style.panel,
          style.wall ? 9 : 5,
          { z: 21 },
        ),
        stroke(
          [
            [x + size * 0.55, y - size * 0.5],
            [x + size * 0.55, y + size * 0.5],
          ],
          style.text1,
          style.wall ? 5 : 2.5,
          { z: 22 },
        ),
      ],
      width: size * 1.1 + style.size * 0.45,
      label: say.median,
    },
  ];
  if (spreads.some((each) => each.low !== null && each.high !== null))
    keys.push({
      marks: (x, y) => [
        stroke(
          [
            [x, y],
            [x + size * 1.6, y],
          ],
          style.text1,
          1,
          { z: 20 },
        ),
        ...[0, size * 1.6].map((dx) =>
          stroke(
            [
              [x + dx, y - 4],
              [x + dx, y + 4],
            ],
            style.text1,
            1,
            { z: 20 },
          ),
        ),
      ],
      width: size * 1.6 + style.size * 0.45,
      label: say.wholeRange,
    });
  if (spreads.some((each) => each.mean !== null))
    keys.push({
      marks: (x, y) => [diamond(x + size * 0.4, y, size * 0.4, style)],
      width: size * 0.8 + style.size * 0.45,
      label: name("mean"),
    });
  if (spreads.some((each) => each.p90 !== null))
    keys.push({
      marks: (x, y) => [disc(x + size * 0.35, y, size * 0.32, style.panel, { z: 20, stroke: style.text1 })],
      width: size * 0.7 + style.size * 0.45,
      label: name("p90"),
    });
  return keys;
}
