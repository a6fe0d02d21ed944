import { flatMs } from "@ioc/observations";
import type { ObservedProperty } from "@ioc/contracts";
import type { FlaggedReading } from "../step.ts";
import { medianOf } from "./aggregate.ts";

const hourMs = 3_600_000;

/** Share of the values of a span that lie out of range, in percent of those that were due, or marked when that are more. */
export function outOfRangeShare(flagged: readonly FlaggedReading[], due: number): number {
  const bad = flagged.filter(({ bad: out }) => out).length;
  return bad === 0 ? 0 : (100 * bad) / Math.max(due, flagged.length);
}

/** Values that were marked for a jump. */
export function spikes(flagged: readonly FlaggedReading[]): number {
  return flagged.filter(({ reasons }) => reasons.includes("spike")).length;
}

/**
 * Hours at the same value over the hours that are allowed: 0 until the check of the receiver marks it, which is at 1.
 * @param lastValid time of the newest reading that is not marked, ms; null where none is known
 */
export function flatRatio(
  flagged: readonly FlaggedReading[],
  lastValid: number | null,
  property: Pick<ObservedProperty, "flatHours" | "periodSeconds">,
): number {
  const last = flagged.at(-1);
  if (!last?.reasons.includes("flat") || (lastValid !== null && lastValid > last.time)) return 0;
  return 1 + (last.time - (lastValid ?? last.time)) / flatMs(property);
}

/** Hourly means of the readings that are marked as drifting and for nothing else that spoils a value. */
export function driftingMeans(flagged: readonly FlaggedReading[]): number[] {
  const fit = flagged.filter(({ bad, reasons }) => !bad && !reasons.includes("spike") && !reasons.includes("flat"));
  const hours = Map.groupBy(fit, ({ time }) => Math.ceil(time / hourMs));
  return [...hours.values()].map((own) => own.reduce((sum, { value }) => sum + value, 0) / own.length);
}

/** Whether a gauge stayed dry while it rained around it: 0 mm against a median of at least `rain` mm. */
export function isBlocked(own: number | null, around: readonly number[], rain: number): boolean {
  return own === 0 && (medianOf(around) ?? 0) >= rain;
}

/** Voltage over that of the supply; of several nominal voltages the one that it is nearest to by ratio. */
export function supplyRatio(volts: number, nominal: readonly number[]): number {
  const distance = (one: number) => Math.abs(Math.log(Math.max(volts, 1e-3) / one));
  const nearest = nominal.reduce((best, one) => (distance(one) < distance(best) ? one : best));
  return volts / nearest;
}
