import { resolvable } from "./constituents.ts";
import type { Constituent } from "./constituents.ts";
import type { Forecaster } from "./forecaster.ts";
import { ridge } from "./linear.ts";
import { checkHorizon, checkSeries } from "./series.ts";

const radians = Math.PI / 180;
/** Hours in which a surge falls to 1/e: the catalogue's `harmonic-tide`. */
const surgeHours = 12;

/** What a record tells of a constituent: amplitude · cos(speed · t - phase). */
export interface Harmonic extends Constituent {
  /** In the unit of the record, 0 or more. */
  amplitude: number;
  /** Degrees, 0..360, with t in hours after the first value of the record. */
  phase: number;
}

export interface Tide {
  /** Mean level, in the unit of the record. */
  mean: number;
  harmonics: Harmonic[];
}

/**
 * Harmonic analysis of a record: least squares of a mean level and of a cosine and a sine of each constituent that the
 * record can tell apart (`resolvable`; Foreman 1977, Manual for tidal heights analysis). Missing values are left out.
 * No nodal corrections: what is found holds for the years of the record and the next (M2 changes by 3.7 % either way
 * over 18.6 years), and phases are against the start of the record, not against Greenwich.
 * @param stepHours hours between values
 * @returns null where the record is too short to tell even one constituent, or fewer than two values are known for each
 *   number that is sought
 */
export function analysedTide(values: readonly (number | null)[], stepHours: number): Tide | null {
  const chosen = resolvable(values.length * stepHours, stepHours);
  const known = values.flatMap((value, i) => (value === null ? [] : [i]));
  if (chosen.length === 0 || known.length < 2 * (1 + 2 * chosen.length)) return null;
  const hours = Float64Array.from(known, (i) => i * stepHours);
  const columns = chosen.flatMap(({ speed }) => {
    const angle = speed * radians;
    return [hours.map((t) => Math.cos(angle * t)), hours.map((t) => Math.sin(angle * t))];
  });
  const { intercept, weights } = ridge(
    columns,
    Float64Array.from(known, (i) => values[i]!),
    0,
  );
  const harmonics = chosen.map((constituent, k) => {
    const [cosine, sine] = [weights[2 * k]!, weights[2 * k + 1]!];
    const phase = Math.atan2(sine, cosine) / radians;
    return { ...constituent, amplitude: Math.hypot(cosine, sine), phase: phase < 0 ? phase + 360 : phase };
  });
  return { mean: intercept, harmonics };
}

/** Level of the tide `hours` after the first value of the record it was found from. */
export function tideAt({ mean, harmonics }: Tide, hours: number): number {
  return harmonics.reduce(
    (sum, { speed, amplitude, phase }) => sum + amplitude * Math.cos((speed * hours - phase) * radians),
    mean,
  );
}

/**
 * Tide and surge, the catalogue's `harmonic-tide`: the tide is that of `analysedTide`, and what the last known level is
 * above it, the surge, falls off: surge(T + h) = surge(T) exp(-h / 12 h). For levels of the sea.
 * @param stepHours hours between values
 */
export const harmonicTide = (stepHours: number): Forecaster => ({
  id: "harmonic-tide",
  fit(series, horizon) {
    checkSeries(series);
    checkHorizon(horizon);
    const tide = analysedTide(series.values, stepHours);
    if (!tide) return null;
    return {
      forecast(values, steps) {
        checkSeries({ values, periods: [] });
        checkHorizon(steps);
        const last = values.findLastIndex((value) => value !== null);
        const surge = last < 0 ? 0 : values[last]! - tideAt(tide, last * stepHours);
        return Array.from({ length: steps }, (_, i) => {
          const at = values.length + i;
          return tideAt(tide, at * stepHours) + surge * Math.exp((-(at - last) * stepHours) / surgeHours);
        });
      },
    };
  },
});
