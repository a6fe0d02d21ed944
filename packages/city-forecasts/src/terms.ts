import { durationMs } from "@ioc/contracts";
import type { ForecastDefinition } from "@ioc/contracts";

const dayMs = 86_400_000;

/** The numbers of a definition. */
export interface ForecastTerms {
  /** Distance of two values, ms. */
  readonly step: number;
  /** Lengths of the seasons in steps, shortest first. */
  readonly periods: readonly number[];
  /** Season of the baseline in steps; 1 is the last value. */
  readonly baseline: number;
  /** Steps that are learned from at most. */
  readonly history: number;
  /** ms */
  readonly horizon: number;
  readonly every: number;
  readonly offset: number;
}

/** @throws Error that says which duration is wrong and what would be right */
export function termsOf(definition: ForecastDefinition): ForecastTerms {
  const ms = (key: "step" | "baseline" | "history" | "horizon" | "every" | "offset", least: number): number => {
    const found = durationMs(definition[key]);
    if (found !== null && found >= least) return found;
    throw new Error(`${key}: "${definition[key]}" is no duration such as PT1H, P1D or P7D`);
  };
  const step = ms("step", 1);
  const steps = (name: string, length: number): number => {
    const count = length / step;
    if (!Number.isInteger(count)) throw new Error(`${name}: it is not a whole number of steps of ${definition.step}`);
    return count;
  };
  const periods = definition.seasons.map((season, i) => {
    const length = durationMs(season);
    if (length === null) throw new Error(`seasons[${i}]: "${season}" is no duration such as P1D`);
    const period = steps(`seasons[${i}]`, length);
    if (period < 2) throw new Error(`seasons[${i}]: a season has at least two steps of ${definition.step}`);
    return period;
  });
  if (periods.some((period, i) => i > 0 && period <= periods[i - 1]!)) {
    throw new Error("seasons: they are listed from the shortest to the longest");
  }
  const horizon = ms("horizon", step);
  const history = steps("history", ms("history", 2 * step));
  const every = ms("every", 60_000);
  if (every > dayMs ? every !== 7 * dayMs : dayMs % every !== 0) {
    throw new Error(`every: "${definition.every}" is no part of a day, P1D or P7D`);
  }
  const offset = ms("offset", 0);
  if (offset >= every) throw new Error(`offset: "${definition.offset}" is not shorter than every`);
  const baseline = steps("baseline", ms("baseline", step));
  if (history < 2 * (periods[0] ?? 1)) throw new Error("history: it does not hold the shortest season twice");
  return { step, periods, baseline, history, horizon, every, offset };
}
