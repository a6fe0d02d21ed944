import type { Series } from "../columns.ts";
import { seriesStyle, type Style } from "../context.ts";
import { formatNumber } from "../format.ts";
import { fitText, shortNames, textWidth, wrapText } from "../text.ts";
import { marginTextWidth, type MarginLabel } from "../margin.ts";

import type { Drawing } from "./shared.ts";

/** A series and how its line looks; a faint one is context, without a name. */
export interface Line {
  series: Series;
  color: string;
  dash: "solid" | readonly number[];
  width: number;
  faint: boolean;
}

/** At most six lines are told apart; of more, one stands out and the rest are grey. */
export function linesOf(drawing: Drawing, style: Style): Line[] {
  const { series } = drawing.reading;
  if (series.length <= 6)
    return series.map((each, index) => {
      const look = seriesStyle(style, index);
      return { series: each, color: look.color, dash: look.dash, width: style.wall ? 4 : 2, faint: false };
    });
  const lastOf = (each: Series): number =>
    each.data.findLast((datum) => datum.value !== null)?.value ?? Number.NEGATIVE_INFINITY;
  const own = drawing.context.highlight ?? drawing.frame.subject;
  const chosen = series.find((each) => each.id === own) ?? series.toSorted((a, b) => lastOf(b) - lastOf(a))[0]!;
  const look = seriesStyle(style, 0);
  return series
    .toSorted((a, b) => Number(a === chosen) - Number(b === chosen))
    .map((each) =>
      each === chosen
        ? { series: each, color: look.color, dash: "solid", width: style.wall ? 4 : 2.5, faint: false }
        : { series: each, color: style.text3, dash: "solid", width: 1, faint: true },
    );
}

interface Margin {
  labels: MarginLabel[];
  wanted: string[];
}

/** Names of the lines for the right margin, each at its newest value, and what they would like to say. */
export function marginOf(lines: readonly Line[], drawing: Drawing, style: Style, width: number): Margin {
  const { reading, context } = drawing;
  const inner = marginTextWidth(style, width);
  const labels: MarginLabel[] = [];
  const wanted: string[] = [];
  const many = lines.length > 1;
  const names = new Map(
    shortNames(
      lines.map((line) => line.series.name),
      style.size,
      inner,
    ).map((name, index) => [lines[index], name]),
  );
  const ends = lines.flatMap((line) => {
    const last = line.faint ? undefined : line.series.data.findLast((datum) => datum.value !== null);
    if (!last || last.value === null) return [];
    return [
      {
        line,
        value: last.value,
        name: names.get(line)!,
        number: formatNumber(last.value, context.lang, line.series.decimals),
      },
    ];
  });
  const whole = ends.every((end) => textWidth(`${end.name} ${end.number}`, style.size) <= inner);
  for (const { line, value, name, number } of ends) {
    wanted.push(many ? `${name} ${number}` : number);
    const label = !many ? [number] : whole ? [`${name} ${number}`] : wrapText(name, style.size, inner, 2);
    const series = { color: line.color, dash: line.dash };
    labels.push({ value, lines: label, kind: { series, strong: !many } });
  }
  const usual = reading.reference ? lines[0]?.series.data.findLast((datum) => datum.reference !== null) : undefined;
  if (usual && usual.reference !== null) {
    const name = reading.reference!.name[context.lang];
    wanted.push(name);
    labels.push({
      value: usual.reference,
      lines: [fitText(name, style.size, inner)],
      kind: { series: { color: style.text3, dash: [4, 3] }, strong: false },
    });
  }
  return { labels, wanted };
}
