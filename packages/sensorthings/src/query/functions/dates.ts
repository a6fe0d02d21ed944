import { endOf, isBefore, startOf } from "../compare.ts";
import { DAY_MS, duration, instant, MINUTE_MS, SECOND_MS } from "../time.ts";
import type { Instant, Interval } from "../time.ts";
import { toTime } from "../values.ts";

type Time = Instant | Interval;

/** First and last time that the type has in OData (Edm.DateTimeOffset). */
const firstMs = Date.parse("0001-01-01T00:00:00Z");
const lastMs = Date.parse("9999-12-31T23:59:59.999Z");

/** Fields of a time as its own offset shows it; of an interval, of its beginning. */
const fields: Readonly<Record<string, (local: Date, time: Time) => unknown>> = {
  year: (local) => local.getUTCFullYear(),
  month: (local) => local.getUTCMonth() + 1,
  day: (local) => local.getUTCDate(),
  hour: (local) => local.getUTCHours(),
  minute: (local) => local.getUTCMinutes(),
  second: (local) => local.getUTCSeconds(),
  fractionalseconds: (local) => local.getUTCMilliseconds() / SECOND_MS,
  /** The day, as its midnight in UTC: the same as the literal 2026-01-31. */
  date: (local) => instant(Math.floor(local.getTime() / DAY_MS) * DAY_MS),
  /** The time since midnight, as a duration: the same as the literal 09:05:00. */
  time: (local) => duration(local.getTime() - Math.floor(local.getTime() / DAY_MS) * DAY_MS),
  totaloffsetminutes: (_, time) => time.offsetMinutes,
};

/** How two times lie to each other. An instant is during an interval from its beginning to just before its end. */
const relations: Readonly<Record<string, (a: Time, b: Time) => boolean | null>> = {
  before: isBefore,
  after: (a, b) => isBefore(b, a),
  meets: (a, b) => endOf(a) === startOf(b) || startOf(a) === endOf(b),
  during: (a, b) => (b.kind === "interval" ? lies(a, b) : null),
  overlaps: (a, b) => !isBefore(a, b) && !isBefore(b, a),
  starts: (a, b) => startOf(a) === startOf(b),
  finishes: (a, b) => endOf(a) === endOf(b),
};

function lies(a: Time, b: Interval): boolean {
  return a.kind === "instant" ? b.from <= a.ms && a.ms < b.to : b.from <= a.from && a.to <= b.to;
}

export function dateFunction(name: string, now: number): ((args: readonly unknown[]) => unknown) | undefined {
  if (name === "now") return () => instant(now);
  if (name === "mindatetime") return () => instant(firstMs);
  if (name === "maxdatetime") return () => instant(lastMs);
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field) {
    return (args) => {
      const time = toTime(args[0]);
      return time && field(new Date(startOf(time) + time.offsetMinutes * MINUTE_MS), time);
    };
  }
  const relation = Object.hasOwn(relations, name) ? relations[name] : undefined;
  return relation && ((args) => relate(relation, toTime(args[0]), toTime(args[1])));
}

function relate(relation: (a: Time, b: Time) => boolean | null, a: Time | null, b: Time | null): boolean | null {
  return a && b && relation(a, b);
}
