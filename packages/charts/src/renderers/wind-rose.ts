import { windSectors } from "@ioc/contracts/wind";
import { areClasses, classRank, orderedColors } from "../classes.ts";
import { styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatTick, formatValue } from "../format.ts";
import { canvas, disc, round, text, type Shape } from "../plot.ts";
import { valueScale, type Scale } from "../scale.ts";
import { textWidth } from "../text.ts";
import { unitText } from "../units.ts";
import { compassName, words } from "../words.ts";
import { legend } from "./legend.ts";
import { message } from "./message.ts";
import { extremes, valueText, type Drawing } from "./shared.ts";

/** Sector 0 to 15 of a cell: a compass point, a number of the sector, or degrees; null for `calm`. */
export function sectorOf(cell: string | number): number | null {
  if (typeof cell === "number") return cell > 15 ? Math.round(cell / 22.5) % 16 : cell;
  const index = (windSectors as readonly string[]).indexOf(cell);
  return index < 0 ? null : index;
}

interface Petal {
  sector: number;
  part: number;
  from: number;
  to: number;
  value: number;
}

/** Share of time by direction (16) and class; calm is said in the middle. North is up. */
export function windRose(drawing: Drawing): ChartPlan {
  const { reading, context } = drawing;
  if (!reading.x || !extremes(reading.series, false)) return message(drawing);
  const style = styleOf(context);
  const { lang } = context;
  const named = reading.series.filter((each) => each.data.some((datum) => sectorOf(datum.x) !== null));
  const codes = named.map((each) => each.id);
  const parts = areClasses(codes) ? named.toSorted((a, b) => classRank(a.id)! - classRank(b.id)!) : named;
  const colors = orderedColors(style, parts.length > 5 ? 5 : parts.length);
  const colorOf = (index: number): string =>
    parts.length > 5 && index > 4 ? style.text1 : colors[Math.min(index, colors.length - 1)]!.fill;
  const petals = petalsOf(parts);
  const calm = reading.series.flatMap((each) => each.data).find((datum) => sectorOf(datum.x) === null)?.value ?? null;
  const unit = reading.series[0]!;
  const head = legend(
    style,
    context.width,
    parts.map((part, index) => ({ name: part.name, color: colorOf(index), outline: style.control })),
  );
  const radius = Math.max(
    40,
    Math.min(context.width / 2 - style.size * 2.4, (context.height - head.height) / 2 - style.line * 1.2),
  );
  const [cx, cy] = [context.width / 2, head.height + (context.height - head.height) / 2];
  const hole = Math.max(style.size * 1.1, radius * 0.13);
  const scale = valueScale(0, Math.max(0, ...petals.map((petal) => petal.to)), { zero: true, count: 4 });
  const at = (value: number): number => hole + (radius - hole) * (value / scale.max);
  const sums = Array.from({ length: 16 }, (_, sector) =>
    Math.max(0, ...petals.filter((petal) => petal.sector === sector).map((petal) => petal.to)),
  );
  const quiet = [1.5, 5.5, 9.5, 13.5].toSorted(
    (a, b) => sums[a - 0.5]! + sums[a + 0.5]! - sums[b - 0.5]! - sums[b + 0.5]!,
  )[0]!;
  const angle = (sector: number): number => (sector * Math.PI) / 8 - Math.PI / 2;
  const shapes: Shape[] = [
    ...head.shapes,
    ...scale.ticks.map((tick) => ring(cx, cy, at(tick), style)),
    ...petals.map((petal) => ({
      type: "sector",
      z: 3,
      silent: true,
      shape: {
        cx: round(cx),
        cy: round(cy),
        r0: round(at(petal.from)),
        r: round(at(petal.to)),
        startAngle: angle(petal.sector) - Math.PI / 18,
        endAngle: angle(petal.sector) + Math.PI / 18,
        clockwise: true,
      },
      style: {
        fill: colorOf(petal.part),
        stroke: style.control,
        lineWidth: 0.5,
      },
    })),
    ...ringLabels(
      scale,
      (value) => [cx + at(value) * Math.cos(angle(quiet)), cy + at(value) * Math.sin(angle(quiet))],
      unit,
      drawing,
      style,
    ),
    ...[0, 2, 4, 6, 8, 10, 12, 14].map((sector) =>
      text(
        style,
        cx + (radius + style.size * 1.1) * Math.cos(angle(sector)),
        cy + (radius + style.size) * Math.sin(angle(sector)),
        compassName(sector, lang),
        { align: "center", weight: sector % 4 === 0 ? 600 : 400, fill: style.text1 },
      ),
    ),
    ...(calm === null
      ? []
      : [
          text(
            style,
            0,
            context.height - style.line * 0.5,
            `${words(lang).calm}: ${formatValue(calm, unit.unit, unit.decimals, lang)}`,
            { fill: style.text2 },
          ),
        ]),
  ];
  return {
    option: canvas(shapes),
    pointing: "place",
    points: () =>
      petals.map((petal) => ({
        x: round(cx + ((at(petal.from) + at(petal.to)) / 2) * Math.cos(angle(petal.sector))),
        y: round(cy + ((at(petal.from) + at(petal.to)) / 2) * Math.sin(angle(petal.sector))),
        series: petal.part,
        label: compassName(petal.sector, lang),
        value: valueText(petal.value, unit, drawing),
        name: parts[petal.part]!.name,
        note: "",
      })),
  };
}

/** Numbers on the rings, with a unit that is as short as a sign; where they would reach the compass points, the inner ones. */
function ringLabels(
  scale: Scale,
  at: (value: number) => [number, number],
  of: { unit: string },
  { context }: Drawing,
  style: Style,
): Shape[] {
  const sign = unitText(of.unit, context.lang);
  const size = style.wall ? 22 : 11;
  return scale.ticks.slice(1).flatMap((tick, index, ticks) => {
    const label = `${formatTick(tick, context.lang, scale.step)}${sign.length === 1 ? sign : ""}`;
    if (index === ticks.length - 1 && textWidth(label, size) > style.size * 2.6) return [];
    const [x, y] = at(tick);
    return [text(style, x, y, label, { align: "center", fill: style.text1, size, halo: style.panel })];
  });
}

function petalsOf(parts: Drawing["reading"]["series"]): Petal[] {
  const base = Array.from({ length: 16 }, () => 0);
  return parts.flatMap((part, index) =>
    part.data.flatMap((datum) => {
      const sector = sectorOf(datum.x);
      if (sector === null || datum.value === null || datum.value <= 0) return [];
      const from = base[sector]!;
      base[sector] = from + datum.value;
      return [{ sector, part: index, from, to: from + datum.value, value: datum.value }];
    }),
  );
}

function ring(cx: number, cy: number, radius: number, style: Style): Shape {
  return disc(cx, cy, radius, "none", { z: 0, stroke: style.gridLine, lineWidth: 1 });
}
