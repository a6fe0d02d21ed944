import { classesOf, orderedColors } from "../classes.ts";
import { styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatNumber } from "../format.ts";
import { boxes, canvas, hatch, round, text, type Rect, type Shape } from "../plot.ts";
import { textWidth } from "../text.ts";
import { cityParts, day, formatDayMonth, formatWeekdayDate, monthName, startOfCityDay, weekdayName } from "../time.ts";
import { isAqi, aqiBand } from "./bands.ts";
import { classLegend } from "./heatmap.ts";
import { legend } from "./legend.ts";
import { message } from "./message.ts";
import { areWhole, extremes, valueText, type Drawing } from "./shared.ts";
import { vnAqiBands } from "../tokens.ts";
import { words } from "../words.ts";

interface Day {
  time: number;
  value: number | null;
  known: boolean;
}

/** Days since Monday, 0 to 6. */
const weekday = (time: number): number => (cityParts(time).weekday + 6) % 7;

/** All days from the first to the last, also those without a row. */
function daysOf(drawing: Drawing): Day[] {
  const rows = new Map(drawing.reading.series[0]!.data.map((datum) => [startOfCityDay(Number(datum.x)), datum.value]));
  const times = [...rows.keys()].sort((a, b) => a - b);
  const days: Day[] = [];
  for (let time = times[0]!; time <= times.at(-1)!; time += day)
    days.push({ time, value: rows.get(time) ?? null, known: rows.has(time) });
  return days;
}

/** Daily values: up to eight weeks as a sheet with dates and numbers, longer spans as one column a week. Monday first. */
export function calendar(drawing: Drawing): ChartPlan {
  const { reading, context } = drawing;
  const data = extremes(reading.series, false);
  if (!data || reading.x?.type !== "time") return message(drawing);
  const style = styleOf(context);
  const days = daysOf(drawing);
  const classes = classesOf(data.low, data.high, areWhole(reading.series));
  const colors = orderedColors(style, classes.edges.length - 1);
  const missing = days.some((each) => each.value === null);
  const none = {
    name: words(context.lang).noData,
    color: style.tokens.colors.nodata,
    outline: style.control,
    hatched: true,
  };
  const aqi = isAqi(drawing.frame);
  const used = vnAqiBands.slice(0, vnAqiBands.indexOf(aqiBand(data.high)) + 1);
  const shades = orderedColors(style, Math.min(5, used.length));
  const shadeOf = (band: (typeof vnAqiBands)[number]): { fill: string; ink: string } =>
    shades[Math.min(shades.length - 1, used.indexOf(band))]!;
  const head = aqi
    ? legend(style, context.width, [
        ...used.map((band, index) => ({
          name: `${band.name[context.lang]} ${index === 0 ? `≤\u00a0${band.to}` : `${band.from}–${band.to}`}`,
          color: shadeOf(band).fill,
          outline: style.control,
        })),
        ...(missing ? [none] : []),
      ])
    : classLegend(style, classes, drawing, missing);
  const swatchOf = (value: number): { fill: string; ink: string } =>
    aqi ? shadeOf(aqiBand(value)) : colors[classes.of(value)]!;
  const weeks = Math.ceil((days.length + weekday(days[0]!.time)) / 7);
  const place =
    weeks <= 8 ? sheet(days, style, drawing, head.height, weeks) : ribbon(days, style, drawing, head.height, weeks);
  const groups = new Map<string, Rect[]>();
  const numbers: Shape[] = [];
  for (const [index, each] of days.entries()) {
    const at = place.areas[index]!;
    const swatch = each.value === null ? { fill: style.tokens.colors.nodata, ink: style.text1 } : swatchOf(each.value);
    groups.set(swatch.fill, [...(groups.get(swatch.fill) ?? []), at]);
    numbers.push(...place.inside(each, at, swatch.ink));
  }
  return {
    option: canvas([
      ...head.shapes,
      ...place.shapes,
      ...[...groups].flatMap(([fill, rects]) => boxes(rects, fill, { z: 2 })),
      ...hatch(
        days.flatMap((each, index) => (each.value === null ? [place.areas[index]!] : [])),
        style.control,
        6,
        3,
      ),
      ...numbers,
    ]),
    pointing: "place",
    points: () =>
      days.flatMap((each, index) => {
        const at = place.areas[index]!;
        return each.value === null
          ? []
          : [
              {
                x: round(at.left + at.width / 2),
                y: round(at.top + at.height / 2),
                series: 0,
                label: formatWeekdayDate(each.time, context.lang),
                value: valueText(each.value, reading.series[0]!, drawing),
                name: "",
                note: aqi ? aqiBand(each.value).name[context.lang] : "",
              },
            ];
      }),
  };
}

interface Placed {
  areas: Rect[];
  shapes: Shape[];
  inside(each: Day, at: Rect, ink: string): Shape[];
}

function sheet(days: readonly Day[], style: Style, drawing: Drawing, head: number, weeks: number): Placed {
  const { context, reading } = drawing;
  const top = head + style.line + 2;
  const width = Math.min(context.width / 7, style.wall ? 200 : 110);
  const left = 0;
  const height = Math.min((context.height - top - 2) / weeks, width, style.wall ? 110 : 64);
  const shift = weekday(days[0]!.time);
  const areas = days.map((_, index) => {
    const cell = index + shift;
    return {
      left: left + (cell % 7) * width,
      top: top + Math.floor(cell / 7) * height,
      width: width - 2,
      height: height - 2,
    };
  });
  const shapes = Array.from({ length: 7 }, (_, index) =>
    text(
      style,
      left + width * (index + 0.5) - 1,
      head + style.line / 2,
      weekdayName(index + 1, context.lang, "short"),
      { align: "center", fill: style.text3 },
    ),
  );
  const small = Math.max(style.wall ? 22 : 11, style.size - 1);
  return {
    areas,
    shapes,
    inside: (each, at, ink) => {
      const date =
        cityParts(each.time).day === 1 || each === days[0]
          ? formatDayMonth(each.time, context.lang)
          : String(cityParts(each.time).day);
      const label = each.value === null ? "" : formatNumber(each.value, context.lang, reading.series[0]!.decimals);
      if (at.height < small * 2.6)
        return label === "" || textWidth(label, style.size) > at.width - 4
          ? []
          : [text(style, at.left + at.width / 2, at.top + at.height / 2, label, { align: "center", fill: ink })];
      return [
        text(style, at.left + 5, at.top + small * 0.85, date, { size: small, fill: ink }),
        ...(label === "" || textWidth(label, style.size, 600) > at.width - 4
          ? []
          : [
              text(style, at.left + at.width / 2, at.top + at.height - style.size * 0.95, label, {
                align: "center",
                fill: ink,
                weight: 600,
                size: style.size,
              }),
            ]),
      ];
    },
  };
}

function ribbon(days: readonly Day[], style: Style, drawing: Drawing, head: number, weeks: number): Placed {
  const { context } = drawing;
  const { lang } = context;
  const left = Math.max(...[1, 3, 5].map((each) => textWidth(weekdayName(each, lang, "short"), style.size))) + 8;
  const top = head + style.line + 2;
  const cell = Math.min((context.width - left) / weeks, (context.height - top - 2) / 7, style.wall ? 64 : 40);
  const shift = weekday(days[0]!.time);
  const gap = cell > 6 ? 1.5 : 0.5;
  const areas = days.map((_, index) => ({
    left: left + Math.floor((index + shift) / 7) * cell,
    top: top + ((index + shift) % 7) * cell,
    width: cell - gap,
    height: cell - gap,
  }));
  const shapes: Shape[] = [1, 3, 5].map((each) =>
    text(style, left - 6, top + (each - 1) * cell + cell / 2, weekdayName(each, lang, "short"), {
      align: "right",
      fill: style.text3,
    }),
  );
  let end = Number.NEGATIVE_INFINITY;
  for (const [index, each] of days.entries()) {
    if (cityParts(each.time).day !== 1) continue;
    const x = areas[index]!.left;
    const label = lang === "vi" ? `Th${cityParts(each.time).month}` : monthName(cityParts(each.time).month, lang);
    if (x < end + 6 || x + textWidth(label, style.size) > context.width) continue;
    end = x + textWidth(label, style.size);
    shapes.push(text(style, x, head + style.line / 2, label, { fill: style.text3 }));
  }
  const inside = (each: Day, at: Rect, ink: string): Shape[] => {
    const label = each.value === null ? "" : formatNumber(each.value, lang, drawing.reading.series[0]!.decimals);
    if (label === "" || cell < 28 || textWidth(label, style.size) > cell - 4) return [];
    return [text(style, at.left + at.width / 2, at.top + at.height / 2, label, { align: "center", fill: ink })];
  };
  return { areas, shapes, inside };
}
