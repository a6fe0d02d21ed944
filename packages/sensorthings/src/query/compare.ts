import type { ComparisonOperator } from "./expression.ts";
import { lengthOf } from "./time.ts";
import type { Instant, Interval } from "./time.ts";
import { isDuration, isGeometry, isTime, toNumber, toText, toTime } from "./values.ts";

/**
 * Compares two values.
 *
 * - null equals only null (OData 4.0, part 2, 5.1.1.1.1); which of null and a value is greater is not known: null.
 * - A number and a text are compared as numbers when the text is one, else they differ and have no order. Two texts are
 *   compared as texts, character by character, as the conformance tests of 18-088 compare (`result gt '3'`).
 * - A time and a text are compared as times.
 */
export function compareValues(operator: ComparisonOperator, left: unknown, right: unknown): boolean | null {
  const a = left ?? null;
  const b = right ?? null;
  if (a === null || b === null) return isEquality(operator) ? (a === b) === (operator === "eq") : null;
  if (isTime(a) || isTime(b)) return compareTimes(operator, toTime(a), toTime(b));
  const order = orderOf(a, b);
  if (order === null) return isEquality(operator) ? operator === "ne" : null;
  return holds(operator, order);
}

function isEquality(operator: ComparisonOperator): boolean {
  return operator === "eq" || operator === "ne";
}

function holds(operator: ComparisonOperator, order: number): boolean {
  switch (operator) {
    case "eq":
      return order === 0;
    case "ne":
      return order !== 0;
    case "gt":
      return order > 0;
    case "ge":
      return order >= 0;
    case "lt":
      return order < 0;
    case "le":
      return order <= 0;
  }
}

/** Negative, 0 or positive; null when two values have no order. */
function orderOf(a: unknown, b: unknown): number | null {
  if (typeof a === "number" || typeof b === "number") {
    const [x, y] = [toNumber(a), toNumber(b)];
    return x === null || y === null ? null : sign(x, y);
  }
  if (isDuration(a) && isDuration(b)) return sign(lengthOf(a), lengthOf(b));
  const [x, y] = [toText(a), toText(b)];
  if (x !== null && y !== null) return sign(x, y);
  if (x !== null || y !== null) return null;
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b)) ? 0 : null;
}

function plain(value: unknown): unknown {
  return isGeometry(value) ? value.geometry : value;
}

export function sign<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Order of times. An interval begins at `from` and has ended at `to`: it lies before what begins at `to`. Of two
 * intervals one is less or equal when it neither begins nor ends later.
 */
function compareTimes(
  operator: ComparisonOperator,
  a: Instant | Interval | null,
  b: Instant | Interval | null,
): boolean | null {
  if (!a || !b) return isEquality(operator) ? operator === "ne" : null;
  switch (operator) {
    case "eq":
      return equalTimes(a, b);
    case "ne":
      return !equalTimes(a, b);
    case "lt":
      return isBefore(a, b);
    case "gt":
      return isBefore(b, a);
    case "le":
      return isBeforeOrEqual(a, b);
    case "ge":
      return isBeforeOrEqual(b, a);
  }
}

export function startOf(time: Instant | Interval): number {
  return time.kind === "instant" ? time.ms : time.from;
}

export function endOf(time: Instant | Interval): number {
  return time.kind === "instant" ? time.ms : time.to;
}

function equalTimes(a: Instant | Interval, b: Instant | Interval): boolean {
  return a.kind === b.kind && startOf(a) === startOf(b) && endOf(a) === endOf(b);
}

export function isBefore(a: Instant | Interval, b: Instant | Interval): boolean {
  return a.kind === "interval" ? a.to <= startOf(b) : a.ms < startOf(b);
}

function isBeforeOrEqual(a: Instant | Interval, b: Instant | Interval): boolean {
  if (a.kind === "interval" && b.kind === "interval") return a.from <= b.from && a.to <= b.to;
  return endOf(a) <= startOf(b);
}
