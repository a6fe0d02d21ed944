import type { GeometryValue } from "./expression.ts";
import { parseTime } from "./time.ts";
import type { Duration, Instant, Interval } from "./time.ts";

/** How a value met in an expression is understood as another type; null: it cannot be. */

const numeric = /^\s*-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

function kindOf(value: unknown): unknown {
  return typeof value === "object" && value !== null ? (value as { kind?: unknown }).kind : undefined;
}

export function isInstant(value: unknown): value is Instant {
  return kindOf(value) === "instant" && typeof (value as Instant).ms === "number";
}

export function isInterval(value: unknown): value is Interval {
  return kindOf(value) === "interval" && typeof (value as Interval).from === "number";
}

export function isTime(value: unknown): value is Instant | Interval {
  return isInstant(value) || isInterval(value);
}

export function isDuration(value: unknown): value is Duration {
  return kindOf(value) === "duration" && typeof (value as Duration).ms === "number";
}

export function isGeometry(value: unknown): value is GeometryValue {
  return kindOf(value) === "geometry";
}

/** A number, also one that is written as text: results are kept in the type they were posted in. */
export function toNumber(value: unknown): number | null {
  if (typeof value === "number") return Number.isNaN(value) ? null : value;
  return typeof value === "string" && numeric.test(value) ? Number(value) : null;
}

export function toText(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

export function toTime(value: unknown): Instant | Interval | null {
  if (isTime(value)) return value;
  return typeof value === "string" ? parseTime(value) : null;
}

/** Three-valued truth: anything that is not a boolean decides nothing. */
export function toTruth(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}
