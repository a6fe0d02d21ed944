import { cityParts, cityTime, day } from "@ioc/charts/time";

export const beforeSteps = ["P1D", "P7D", "P1M", "P1Y"] as const;

/** How far back a compared period lies, or its city time `2026-10-15T09:00`. */
export type Before = (typeof beforeSteps)[number] | (string & {});

/** Instant of a city time written as `2026-10-22T09:00`, ms; null for what is no time of the calendar. */
export function readInstant(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, dayOfMonth, hour, minute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (year < 1900) return null;
  const time = cityTime(year, month, dayOfMonth, hour, minute);
  return instantText(time) === text ? time : null;
}

/** City time of an instant as the address and the date field write it: `2026-10-22T09:00`. */
export function instantText(time: number): string {
  const at = cityParts(time);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${String(at.year).padStart(4, "0")}-${two(at.month)}-${two(at.day)}T${two(at.hour)}:${two(at.minute)}`;
}

/** Reads the compared period of an address: a step back or a city time. */
export function readBefore(value: unknown): Before | undefined {
  if (typeof value !== "string") return undefined;
  return beforeSteps.find((step) => step === value) ?? (readInstant(value) === null ? undefined : value);
}

/**
 * The same clock time one step earlier in the city's calendar; in a shorter month its last day (31 March → 28 February).
 * A city time is that instant.
 */
export function earlier(time: number, before: Before): number {
  const instant = readInstant(before);
  if (instant !== null) return instant;
  if (before === "P1D" || before === "P7D") return time - (before === "P1D" ? 1 : 7) * day;
  const { year, month, day: dayOfMonth } = cityParts(time);
  const [toYear, toMonth] = before === "P1Y" ? [year - 1, month] : month === 1 ? [year - 1, 12] : [year, month - 1];
  const lastDay = cityParts(cityTime(toYear, toMonth + 1, 0)).day;
  const clock = time - cityTime(year, month, dayOfMonth);
  return cityTime(toYear, toMonth, Math.min(dayOfMonth, lastDay)) + clock;
}

/** An instant as the API takes it. */
export const isoOf = (time: number): string => new Date(time).toISOString();
