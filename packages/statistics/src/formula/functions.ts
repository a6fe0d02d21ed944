import { durationMs } from "@ioc/contracts";
import type { LocalCalendar } from "@ioc/contracts";
import { exceedance } from "@ioc/forecasting";
import { roundHalfUp } from "../operators/aggregate.ts";
import { poissonTail } from "../operators/poisson.ts";
import { numberOf } from "./value.ts";
import type { Value } from "./value.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** What functions need besides their arguments. */
export interface FunctionContext {
  now: number;
  calendar: LocalCalendar;
  /** Whether a local date is a day of work; `day` is the midnight at which that date starts in UTC, ms. */
  isWorkday(day: number): boolean;
}

type Scalar = (values: readonly Value[], context: FunctionContext) => Value;

interface FunctionSpec {
  least: number;
  most: number;
  run: Scalar;
}

const unary = (of: (value: number) => number): FunctionSpec => ({
  least: 1,
  most: 1,
  run: ([value]) => {
    const known = numberOf(value ?? null);
    const result = known === null ? Number.NaN : of(known);
    return Number.isFinite(result) ? result : null;
  },
});

/** Smallest or largest of the known values. */
const extreme = (pick: (values: readonly number[]) => number): FunctionSpec => ({
  least: 2,
  most: 20,
  run: (values) => {
    const known = values.map(numberOf).filter((value) => value !== null);
    return known.length === 0 ? null : pick(known);
  },
});

/** From the first instant to the second in units of `unit` ms. */
const span = (unit: number): FunctionSpec => ({
  least: 2,
  most: 2,
  run: ([from, to]) => {
    const a = numberOf(from ?? null);
    const b = numberOf(to ?? null);
    return a === null || b === null ? null : (b - a) / unit;
  },
});

const part = (of: (time: number, calendar: LocalCalendar) => number): FunctionSpec => ({
  least: 1,
  most: 1,
  run: ([time], { calendar }) => {
    const at = numberOf(time ?? null);
    return at === null ? null : of(at, calendar);
  },
});

/**
 * Days of work after the day of `from` up to and including the day of `to`: Monday to Friday without public holidays. A result
 * on the day of submission counts 0.
 */
function workdays([from, to]: readonly Value[], { calendar, isWorkday }: FunctionContext): Value {
  const a = numberOf(from ?? null);
  const b = numberOf(to ?? null);
  if (a === null || b === null) return null;
  const last = Date.parse(calendar.date(b));
  let count = 0;
  for (let day = Date.parse(calendar.date(a)) + dayMs; day <= last; day += dayMs) if (isWorkday(day)) count += 1;
  return count;
}

/** Functions that a formula may call on single values. Times are ms; parts of times are those of the city's calendar. */
export const functions: Readonly<Record<string, FunctionSpec>> = {
  /** `if(condition, then, else)`; an unknown condition counts as false. */
  if: { least: 3, most: 3, run: ([condition, then, otherwise]) => (condition === true ? then : otherwise) ?? null },
  /** First known value. */
  coalesce: { least: 1, most: 20, run: (values) => values.find((value) => value !== null) ?? null },
  min: extreme((values) => Math.min(...values)),
  max: extreme((values) => Math.max(...values)),
  abs: unary(Math.abs),
  sqrt: unary(Math.sqrt),
  exp: unary(Math.exp),
  log10: unary(Math.log10),
  /** Rounded half up to an integer. */
  round: unary((value) => roundHalfUp(value, 0)),
  floor: unary(Math.floor),
  power: {
    least: 2,
    most: 2,
    run: ([base, exponent]) => {
      const a = numberOf(base ?? null);
      const b = numberOf(exponent ?? null);
      const result = a === null || b === null ? Number.NaN : a ** b;
      return Number.isFinite(result) ? result : null;
    },
  },
  /** `poissontail(count, mean)`: chance of that many or more. */
  poissontail: {
    least: 2,
    most: 2,
    run: ([count, mean]) => {
      const a = numberOf(count ?? null);
      const b = numberOf(mean ?? null);
      return a === null || b === null ? null : poissonTail(a, b);
    },
  },
  /** `exceedance(x, lo95, lo80, median, hi80, hi95)`: probability that what is forecast comes out above x. */
  exceedance: {
    least: 6,
    most: 6,
    run: (values) => {
      const [threshold = null, ...quantiles] = values.map(numberOf);
      const known = quantiles.filter((value) => value !== null);
      return threshold === null || known.length < quantiles.length ? null : exceedance(threshold, known);
    },
  },
  /** Instant of the calculation. */
  now: { least: 0, most: 0, run: (_values, { now }) => now },
  minutes: span(minuteMs),
  hours: span(hourMs),
  days: span(dayMs),
  workdays: { least: 2, most: 2, run: workdays },
  /** Days of the calendar from the day of the first instant to the day of the second. */
  calendardays: {
    least: 2,
    most: 2,
    run: ([from, to], { calendar }) => {
      const a = numberOf(from ?? null);
      const b = numberOf(to ?? null);
      return a === null || b === null ? null : Math.round((calendar.dayStart(b) - calendar.dayStart(a)) / dayMs);
    },
  },
  /** First instant of a year, or of its month `n`: of a number such as 2025 or a text that begins with it ("2025-2026"). */
  instant: {
    least: 1,
    most: 2,
    run: ([of, month], { calendar }) => {
      const year = Number(String(of ?? "").slice(0, 4));
      const first = month === undefined ? 1 : numberOf(month);
      if (!Number.isInteger(year) || year < 1900 || first === null) return null;
      return calendar.dateStart(year, first, 1);
    },
  },
  /** Days of an ISO 8601 duration such as P30D; a month counts 30, a year 365. */
  isodays: {
    least: 1,
    most: 1,
    run: ([text]) => {
      const ms = typeof text === "string" ? durationMs(text) : null;
      return ms === null ? null : ms / dayMs;
    },
  },
  year: part((time, calendar) => Number(calendar.date(time).slice(0, 4))),
  month: part((time, calendar) => Number(calendar.date(time).slice(5, 7))),
  /** 1 = Monday to 7 = Sunday. */
  weekday: part((time, calendar) => calendar.weekday(time)),
  /** Clock hour 0 to 23. */
  hour: part((time, calendar) => calendar.hour(time)),
  /** Minutes since the start of the local day. */
  dayminutes: part((time, calendar) => (time - calendar.dayStart(time)) / minuteMs),
};
