import type { Style } from "../context.ts";
import { formatNumber, noValue } from "../format.ts";
import { text, type Rect, type Shape } from "../plot.ts";
import type { Scale } from "../scale.ts";
import { textWidth } from "../text.ts";
import { unitText } from "../units.ts";
import { words } from "../words.ts";
import type { Drawing } from "./shared.ts";
import type { Spread } from "./spread.ts";

/** Columns on the right: the median of each row, its highest where the axis ends before it, and how many values it is of. */
export function endColumns(
  shown: readonly Spread[],
  scale: Scale,
  { reading, context }: Drawing,
  style: Style,
  narrow: boolean,
  clipped: boolean,
): { width: number; shapes(at: { rect: Rect; middle(index: number): number }): Shape[] } {
  const { lang } = context;
  const of = reading.series[0]!;
  const say = words(lang);
  const number = (value: number | null): string => (value === null ? noValue : formatNumber(value, lang, of.decimals));
  const columns = [
    ...(clipped
      ? [
          {
            head: capital(say.highest),
            cells: shown.map((each) => ((each.high ?? 0) > scale.max ? `→\u00a0${number(each.high)}` : "")),
            strong: false,
          },
        ]
      : []),
    { head: headOf(say.median, of.unit, lang), cells: shown.map((each) => number(each.median)), strong: true },
    ...(!narrow && shown.some((each) => each.n !== null)
      ? [{ head: "n", cells: shown.map((each) => (each.n === null ? "" : formatNumber(each.n, lang))), strong: false }]
      : []),
  ].map((column) => ({
    ...column,
    width: Math.max(
      textWidth(column.head, style.size),
      ...column.cells.map((cell) => textWidth(cell, style.size, column.strong ? 600 : 400)),
    ),
  }));
  const gap = style.size * 0.9;
  return {
    width: columns.reduce((sum, column) => sum + column.width + gap, 0),
    shapes: ({ rect, middle }) => {
      let right = context.width;
      return columns.toReversed().flatMap((column) => {
        const x = right;
        right -= column.width + gap;
        return [
          text(style, x, rect.top - style.line * 0.5, column.head, { align: "right", fill: style.text3 }),
          ...column.cells.flatMap((cell, index) =>
            cell === ""
              ? []
              : [
                  text(style, x, middle(index), cell, {
                    align: "right",
                    fill: column.strong ? style.text1 : style.text2,
                    weight: column.strong ? 600 : 400,
                  }),
                ],
          ),
        ];
      });
    },
  };
}

function headOf(name: string, unit: string, lang: Drawing["context"]["lang"]): string {
  const short = unitText(unit, lang);
  return short === "" ? name : `${name} (${short})`;
}

function capital(text: string): string {
  return `${text[0]!.toLocaleUpperCase()}${text.slice(1)}`;
}
