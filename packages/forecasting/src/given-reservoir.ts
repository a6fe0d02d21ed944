import type { Fitted, Forecaster } from "./forecaster.ts";
import { routedFromRest } from "./lag-reservoir.ts";
import { checkHorizon, checkSeries, withoutGaps } from "./series.ts";
import type { Regressor } from "./series.ts";

/** Constants of a gauge below another; times in steps, levels in the unit of both series. */
export interface RiverConstants {
  /** Steps until water from the upper gauge begins to come. */
  delay: number;
  /** Time constant of the reservoir, steps. */
  storage: number;
  /** Rise here for each unit that the reservoir holds. */
  share: number;
  /** Upper level above which it is felt here. */
  threshold: number;
  /** Level here without either. */
  base: number;
  /** Rise here for each unit of the tide above its mean. */
  tide: number;
  /** What a release does at the upper gauge: after so many steps a rise for each unit of it. */
  release?: { delay: number; rise: number } | undefined;
}

/** Regressors by name; the first must be there. */
const names = ["upstream", "tide", "release"] as const;

/** A regressor without gaps over `length` steps: as far as it is known, then as it is now; null where it is not given. */
function heldOn(regressors: readonly Regressor[], name: string, known: number, length: number): Float64Array | null {
  const found = regressors.find((regressor) => regressor.name === name);
  if (!found) return null;
  const values = withoutGaps(found.values.slice(0, found.ahead ? length : known), 1);
  return Float64Array.from({ length }, (_, t) => values[Math.min(t, values.length - 1)] ?? 0);
}

/** Level by step: base + tide share · tide + share · R, R from max(0, upper level - threshold). */
function levels(
  constants: RiverConstants,
  regressors: readonly Regressor[],
  known: number,
  steps: number,
): Float64Array {
  const length = known + steps;
  const [upstream, tide, release] = names.map((name) => heldOn(regressors, name, known, length));
  const { delay, storage, share, threshold, base } = constants;
  const upper = upstream!.map((level, t) => {
    const { delay: later = 0, rise = 0 } = constants.release ?? {};
    if (t < known || !release) return level;
    return level + rise * (release[Math.max(0, t - later)]! - release[Math.max(0, known - 1 - later)]!);
  });
  const held = routedFromRest(
    upper.map((level) => Math.max(0, level - threshold)),
    { delay, storage },
  );
  return held.map((rise, t) => base + constants.tide * (tide?.[t] ?? 0) + share * rise);
}

/**
 * Level of a gauge from the one above it with constants that are given, the catalogue's `lag-reservoir` as it is written:
 * level = base + k_tide tide(t) + c R(t), R(t) = R(t-1) e^(-1/K) + u(t - tau) (1 - e^(-1/K)), u = max(0, H - h0). Upper
 * levels beyond now stay as they are, plus what releases on their way add. What the last level is off by falls off as
 * the reservoir runs out. Regressors: `upstream`; `tide` less its mean and `release` where there are any. Nothing is
 * learned. Null without `upstream`, or without a value.
 */
export const givenReservoir = (constants: RiverConstants): Forecaster => ({
  id: "lag-reservoir-given",
  fit(series, horizon): Fitted | null {
    checkSeries(series);
    checkHorizon(horizon);
    const beside = (given: readonly Regressor[] | undefined) => given?.some(({ name }) => name === names[0]) ?? false;
    if (!beside(series.regressors) || series.values.every((value) => value === null)) return null;
    return {
      forecast(values, steps, regressors = []) {
        checkSeries({ values, periods: [], regressors });
        checkHorizon(steps);
        if (!beside(regressors)) throw new RangeError(`regressor "${names[0]}" is missing`);
        const found = levels(constants, regressors, values.length, steps);
        const last = values.findLastIndex((value) => value !== null);
        const off = last < 0 ? 0 : values[last]! - found[last]!;
        return Array.from({ length: steps }, (_, i) => {
          const at = values.length + i;
          return found[at]! + off * Math.exp(-(at - last) / constants.storage);
        });
      },
    };
  },
});
