import type { DatastreamSpec } from "./port.ts";

/**
 * The checks of the station plan, each a question about one reading. Project settings, where the plan gives no figure: a
 * reading is `late` when a reading more than three periods newer is known already (the age at which a station counts as
 * stale) and it is not older than a day: what comes later still is back-fill. A hole of more than three periods is a `gap`.
 * A value of a datastream without `flatHours` is `flat` after six hours without change; where a reading is expected less
 * often than every seven and a half minutes, after 48 periods, for what is measured seldom changes slowly.
 */
const LATE_PERIODS = 3;
const BACKFILL_MS = 24 * 3_600_000;
const GAP_PERIODS = 3;
const HOUR_MS = 3_600_000;
const FLAT_MS = 6 * HOUR_MS;
const FLAT_PERIODS = 48;
/** Readings further apart than this many periods do not follow each other. */
export const STEP_PERIODS = 1.5;

/** What is remembered of a datastream to judge its next reading. */
export interface Memory {
  /** Newest phenomenonTime of any quality. */
  newest: number;
  /** How long before it the one before was, ms; Infinity while there is none. */
  step: number;
  /** Newest good reading. */
  goodTime: number;
  goodValue: number;
  /** Stretch of readings of the same value that ends with the newest. */
  runValue: number;
  runSince: number;
}

export const nothing = (): Memory => ({
  newest: -Infinity,
  step: Infinity,
  goodTime: -Infinity,
  goodValue: NaN,
  runValue: NaN,
  runSince: NaN,
});

export function remember(spec: DatastreamSpec, memory: Memory, time: number, value: number, quality: number): void {
  if (value !== memory.runValue || followsGap(spec, memory, time)) {
    memory.runValue = value;
    memory.runSince = time;
  }
  if (time > memory.newest) memory.step = time - memory.newest;
  memory.newest = time;
  if (quality <= 2) {
    memory.goodTime = time;
    memory.goodValue = value;
  }
}

export function isLate(spec: DatastreamSpec, time: number, newest: number, now: number): boolean {
  return newest - time > LATE_PERIODS * spec.periodSeconds * 1000 && now - time <= BACKFILL_MS;
}

/** True when something was read before, but nothing in the last three periods. */
export function followsGap(spec: DatastreamSpec, memory: Memory, time: number): boolean {
  return Number.isFinite(memory.newest) && time - memory.newest > GAP_PERIODS * spec.periodSeconds * 1000;
}

export function isOutOfRange(spec: DatastreamSpec, value: number): boolean {
  return (spec.min !== null && value < spec.min) || (spec.max !== null && value > spec.max);
}

export function isSpike(spec: DatastreamSpec, memory: Memory, time: number, value: number): boolean {
  if (spec.maxStep === null || time - memory.goodTime > STEP_PERIODS * spec.periodSeconds * 1000) return false;
  return Math.abs(value - memory.goodValue) > spec.maxStep;
}

export function isFlat(spec: DatastreamSpec, memory: Memory, time: number, value: number): boolean {
  if (value !== memory.runValue || followsGap(spec, memory, time) || mayRest(spec, value)) return false;
  return time - memory.runSince >= flatMs(spec);
}

/** How long the same value may be read before it is marked as flat, ms. */
export function flatMs({ flatHours, periodSeconds }: Pick<DatastreamSpec, "flatHours" | "periodSeconds">): number {
  return flatHours == null ? Math.max(FLAT_MS, FLAT_PERIODS * periodSeconds * 1000) : flatHours * HOUR_MS;
}

/** Totals, states and counts may rest, and so may nought and the ends of the range (dry, calm, saturated). */
function mayRest(spec: DatastreamSpec, value: number): boolean {
  if (spec.flatHours === null) return true;
  if (spec.kind === "total" || spec.kind === "state" || spec.unit.startsWith("{")) return true;
  return value === 0 || value === spec.min || value === spec.max;
}
