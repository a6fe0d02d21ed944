import { dayMs } from "../world/calendar.ts";
import type { PlayedCity } from "./city.ts";
import type { Period, PeriodUnit } from "./periods.ts";
import { periodIndex, periodMs, periodOf } from "./periods.ts";
import type { PlayedDataset, Row } from "./played.ts";

export interface PeriodicOptions {
  id: string;
  unit: PeriodUnit;
  /** Periods that are made backwards. */
  back: number;
  /** From the end of a period until its rows appear. */
  delayMs: number;
  /** No rows of periods that begin before this local date. */
  since?: string;
  rows(period: Period): Iterable<Row>;
}

/** Rows about days, weeks, months, quarters or years, which appear some time after their end and stay as they are. */
export function periodic(city: PlayedCity, options: PeriodicOptions): PlayedDataset {
  const { calendar } = city;
  const { unit, delayMs } = options;
  const first = options.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(options.since) / dayMs;
  const indexAt = (time: number): number => periodIndex(calendar, unit, calendar.day(time));
  return {
    id: options.id,
    everyMs: unit === "day" ? dayMs / 4 : dayMs,
    backMs: options.back * periodMs[unit] + delayMs,
    *rows(from, to) {
      for (let index = indexAt(from - delayMs); index < indexAt(to - delayMs); index += 1) {
        const period = periodOf(calendar, unit, index);
        if (period.day >= first) yield* options.rows(period);
      }
    },
    changed: () => [],
  };
}

export interface TimedOptions {
  id: string;
  /** Rows come at the multiples of this in local time, ms. */
  slotMs: number;
  backMs: number;
  rows(time: number): Iterable<Row>;
}

/** Rows that appear at fixed instants of the day and stay as they are. */
export function timed(city: PlayedCity, options: TimedOptions): PlayedDataset {
  const { slotMs } = options;
  const { offsetMs } = city.calendar;
  return {
    id: options.id,
    everyMs: slotMs,
    backMs: options.backMs,
    *rows(from, to) {
      const first = Math.floor((from + offsetMs) / slotMs) + 1;
      const last = Math.floor((to + offsetMs) / slotMs);
      for (let slot = first; slot <= last; slot += 1) yield* options.rows(slot * slotMs - offsetMs);
    },
    changed: () => [],
  };
}

/** Something that happens and goes on: a ticket, a file, an outage. */
export interface Case {
  /** When its row appears and then changes, rising; ms. */
  times: readonly number[];
  /** What is known at an instant not before the first of `times`. */
  row(at: number): Row;
}

export interface CasesOptions {
  id: string;
  everyMs: number;
  backDays: number;
  /** Longest time from a case's day to its first row, days. */
  lagDays?: number;
  /** Longest time from a case's day to its last change, days. */
  settleDays: number;
  /** Cases of a local day. */
  of(day: number): Case[];
}

/** Rows that appear when something happens and change while it goes on. */
export function cases(city: PlayedCity, options: CasesOptions): PlayedDataset {
  const { calendar } = city;
  const { lagDays = 0, settleDays } = options;
  const recent = new Map<number, Case[]>();
  const casesOf = (day: number): Case[] => {
    let found = recent.get(day);
    if (!found) {
      found = options.of(day);
      if (recent.size > settleDays + lagDays + 3) recent.delete(recent.keys().next().value ?? day);
      recent.set(day, found);
    }
    return found;
  };
  function* between(from: number, to: number): Iterable<Case> {
    for (let day = calendar.day(from); day <= calendar.day(to); day += 1) yield* casesOf(day);
  }
  return {
    id: options.id,
    everyMs: options.everyMs,
    backMs: options.backDays * dayMs,
    *rows(from, to, at) {
      for (const { times, row } of between(from - lagDays * dayMs, to)) {
        const appears = times[0] ?? Number.NaN;
        if (appears > from && appears <= to) yield row(at);
      }
    },
    *changed(from, to) {
      for (const { times, row } of between(from - (settleDays + lagDays) * dayMs, from)) {
        if ((times[0] ?? Number.NaN) > from) continue;
        if (times.some((time) => time > from && time <= to)) yield row(to);
      }
    },
  };
}

export interface RegisterOptions {
  id: string;
  unit: PeriodUnit;
  /** Every row of the register as it is told at an instant. */
  rows(at: number): Iterable<Row>;
}

/** A list that is told as a whole at the beginning of every period; only the newest issue counts. */
export function register(city: PlayedCity, options: RegisterOptions): PlayedDataset {
  const { calendar } = city;
  const issuedBefore = (time: number): number => {
    const index = periodIndex(calendar, options.unit, calendar.day(time));
    return periodOf(calendar, options.unit, index).start;
  };
  return {
    id: options.id,
    everyMs: dayMs,
    backMs: periodMs[options.unit] + 2 * dayMs,
    *rows(from, to, at) {
      const issue = issuedBefore(at);
      if (issue > from && issue <= to) yield* options.rows(issue);
    },
    changed: () => [],
  };
}
