import type { Lang } from "@ioc/contracts";
import { cityParts, cityTime, day, formatDayMonth, formatTime, hour, minute, startOfCityDay } from "./time.ts";

export interface Scale {
  min: number;
  max: number;
  step: number;
  ticks: number[];
}

/** The round step (1, 2, 2.5 or 5 times a power of ten) that is at least `rough`. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((each) => each * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/**
 * A value axis with round ticks. `zero` makes it start at 0 (bars, areas: an amount is never cut off). At most `count`
 * ticks, five by default. Whole numbers only when `decimals` is 0. `tight` lets a line's axis end a little beyond the values
 * instead of at a far tick.
 */
export function valueScale(
  low: number,
  high: number,
  options: {
    zero?: boolean;
    count?: number;
    decimals?: number;
    bound?: { min?: number; max?: number };
    tight?: boolean;
  } = {},
): Scale {
  const count = options.count ?? 5;
  let from = options.zero ? Math.min(0, low) : low;
  let to = options.zero ? Math.max(0, high) : high;
  if (!(to > from)) {
    const half = Math.max(Math.abs(to) * 0.05, 10 ** -(options.decimals ?? 0));
    to += half;
    if (!options.zero) from = from >= 0 ? Math.max(0, from - half) : from - half;
  }
  const least = 10 ** -(options.decimals ?? 6);
  let step = Math.max(roundStep((to - from) / Math.max(1, count - 1)), least);
  const grid = (): [number, number] => [Math.floor(from / step + 1e-9) * step, Math.ceil(to / step - 1e-9) * step];
  while (Math.round((grid()[1] - grid()[0]) / step) + 1 > count) step = roundStep(step * 1.01);
  let [min, max] = grid();
  if (options.bound?.min !== undefined && from >= options.bound.min) min = Math.max(min, options.bound.min);
  if (options.bound?.max !== undefined && to <= options.bound.max) max = Math.min(max, options.bound.max);
  if (options.tight) {
    const pad = (to - from) * 0.06;
    if (from < 0 && from - min > step * 0.4) min = from - pad;
    if (max - to > step * 0.5) max = to + pad;
  }
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
  return { min: Number(min.toPrecision(12)), max: Number(max.toPrecision(12)), step, ticks };
}

const steps = [
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
];

/** Ticks of a time axis at round times of the city's day, at most `count` of them; from 90 days on, firsts of months. */
export function timeTicks(from: number, to: number, count: number): number[] {
  const span = Math.max(1, to - from);
  const step = steps.find((each) => span / each <= count);
  if (step === undefined) return monthTicks(from, to, count);
  const start = startOfCityDay(from);
  const first = start + Math.ceil((from - start) / step) * step;
  const ticks: number[] = [];
  for (let tick = first; tick <= to; tick += step) ticks.push(tick);
  return ticks;
}

function monthTicks(from: number, to: number, count: number): number[] {
  const begin = cityParts(from);
  const months = (to - from) / (30 * day);
  const every = [1, 2, 3, 6, 12, 24, 60, 120].find((each) => months / each <= count) ?? 240;
  const ticks: number[] = [];
  const firstMonth = every >= 12 ? 1 : Math.floor((begin.month - 1) / every) * every + 1;
  for (let month = firstMonth; ; month += every) {
    const tick = cityTime(begin.year, month);
    if (tick > to) return ticks;
    if (tick >= from) ticks.push(tick);
  }
}

/**
 * Labels of time ticks: `HH:00` with `d/M` on a second line at midnight and at the first tick; days as `d/M`; months with
 * the year on the second line in January and at the first tick.
 */
export function timeLabels(ticks: readonly number[], lang: Lang): string[] {
  const gaps = ticks.slice(1).map((tick, index) => tick - ticks[index]!);
  // A tick that stands alone at midnight is one of days or months.
  const alone = ticks.every((tick) => startOfCityDay(tick) === tick) ? day : hour;
  const step = gaps.length > 0 ? Math.min(...gaps) : alone;
  return ticks.map((tick, index) => {
    const at = cityParts(tick);
    if (step >= 27 * day) {
      const month = lang === "vi" ? `Th${at.month}` : new Date(tick + 7 * hour).toUTCString().slice(8, 11);
      return index === 0 || at.month === 1 ? `${month}\n${at.year}` : month;
    }
    if (step >= day) return formatDayMonth(tick, lang);
    const midnight = at.hour === 0 && at.minute === 0;
    return index === 0 || midnight ? `${formatTime(tick)}\n${formatDayMonth(tick, lang)}` : formatTime(tick);
  });
}

/**
 * Moves marks on one line apart so that each keeps `gap` to the next, as near to where they belong as possible and inside
 * [low, high]. Returns the new places in the order given. When they cannot all fit they are spread evenly.
 */
export function pushApart(places: readonly number[], gap: number, low: number, high: number): number[] {
  if (places.length === 0) return [];
  const order = places.map((_, index) => index).sort((a, b) => places[a]! - places[b]! || a - b);
  const room = high - low;
  const space = Math.min(gap, places.length > 1 ? room / (places.length - 1) : gap);
  /** Blocks of touching marks, each with the mean place its members would like. */
  const blocks: { members: number[]; start: number }[] = [];
  const startOf = (members: number[]): number => {
    const wish = members.reduce((sum, index, rank) => sum + places[index]! - rank * space, 0) / members.length;
    return Math.min(Math.max(wish, low), high - (members.length - 1) * space);
  };
  for (const index of order) {
    let members = [index];
    for (let previous = blocks.at(-1); previous; previous = blocks.at(-1)) {
      if (previous.start + (previous.members.length - 1) * space + space <= startOf(members) + 1e-9) break;
      members = [...previous.members, ...members];
      blocks.pop();
    }
    blocks.push({ members, start: startOf(members) });
  }
  const result = Array.from({ length: places.length }, () => 0);
  for (const { members, start } of blocks) members.forEach((index, rank) => (result[index] = start + rank * space));
  return result;
}
