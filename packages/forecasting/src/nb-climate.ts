import { countRegression } from "./count-regression.ts";
import type { CountRule } from "./count-regression.ts";
import type { Forecaster } from "./forecaster.ts";
import { countQuantiles } from "./negative-binomial.ts";
import type { NegativeBinomial } from "./negative-binomial.ts";
import { checkHorizon, checkSeries, regressorsAt, withoutGaps } from "./series.ts";
import type { Regressor } from "./series.ts";

/** Weeks of cases that are predictors, the newest among them. */
const recentWeeks = 3;
/** Temperature and rain count as their mean over the weeks t-10 .. t-4: mosquito and virus take that long. */
const [nearest, earliest] = [4, 10];
/** Regressors by what is taken of them; others are not looked at. */
const averaged = ["temperature", "rain"];
const newest = ["breteau"];
/** Length of a year in weeks. */
const year = 365.2425 / 7;
/** Penalty on standardised columns, as in the catalogue's `arx`; the catalogue names none for this method. */
const penalty = 1;
/**
 * Fewest weeks behind an origin. The oldest origin of a backtest of three years of weeks has just so many behind it, so
 * that the method competes from three years on, as the catalogue wants.
 */
const fewestWeeks = 100;
/** Least mean, so that there is a distribution. */
const leastMean = 1e-9;

/** Predictors of the weeks after the origin t, one value an origin. */
function columnsOf(cases: Float64Array, regressors: readonly Regressor[]): Float64Array[] {
  const logs = cases.map((count) => Math.log1p(Math.max(0, count)));
  const lag = (series: Float64Array, weeks: number) =>
    Float64Array.from(series, (_, t) => series[Math.max(0, t - weeks)]!);
  const columns: Float64Array[] = Array.from({ length: recentWeeks }, (_, weeks) => lag(logs, weeks));
  for (const wave of [Math.sin, Math.cos]) columns.push(cases.map((_, t) => wave((2 * Math.PI * t) / year)));
  for (const { name, values } of regressors) {
    const filled = withoutGaps(values, Math.round(year));
    if (newest.includes(name)) columns.push(filled);
    if (!averaged.includes(name)) continue;
    const weeks = earliest - nearest + 1;
    const spans = Array.from({ length: weeks }, (_, i) => lag(filled, nearest + i));
    columns.push(filled.map((_, t) => spans.reduce((sum, span) => sum + span[t]!, 0) / weeks));
  }
  return columns;
}

/** Learns the rule of a lead from the origins whose predictors and outcome are known. */
function ruleOf(values: readonly (number | null)[], columns: readonly Float64Array[], lead: number): CountRule | null {
  const origins = values.flatMap((_, t) => (t >= earliest && (values[t + lead] ?? null) !== null ? [t] : []));
  const target = Float64Array.from(origins, (t) => values[t + lead]!);
  if (!target.some((count) => count > 0)) return null;
  const rows = columns.map((column) => Float64Array.from(origins, (t) => column[t]!));
  return countRegression(rows, target, penalty);
}

/** Regressors of `names`, in that order, as they are known after `length` weeks. */
function knownAt(given: readonly Regressor[], names: readonly string[], length: number): Regressor[] {
  const used = names.map((name) => {
    const found = given.find((regressor) => regressor.name === name);
    if (!found) throw new RangeError(`regressor "${name}" is missing`);
    return { name, values: found.values };
  });
  return regressorsAt(used, length, 0);
}

/** Predictive distributions of the weeks after the last of `values`, by lead - 1. */
function predicted(
  rules: readonly CountRule[],
  values: readonly (number | null)[],
  known: readonly Regressor[],
): NegativeBinomial[] {
  const cases = withoutGaps(values, Math.round(year));
  const now = columnsOf(cases, known).map((column) => column.at(-1)!);
  const most = 2 * Math.max(1, ...cases);
  return rules.map(({ intercept, weights, dispersion }) => {
    const log = now.reduce((sum, x, j) => sum + weights[j]! * x, intercept);
    return { mean: Math.min(most, Math.max(leastMean, Math.exp(log))), dispersion };
  });
}

/**
 * Weekly cases by negative binomial regression, the catalogue's `nb-climate`: for each lead a model of its own on the
 * logarithm (of 1 + cases) of the last three weeks, sine and cosine of the year, the mean temperature and rain of the
 * weeks t-4 .. t-10 and the last Breteau index, as far as regressors of these names (`temperature`, `rain`, `breteau`)
 * are given; dispersion by moments. The point forecast is the median of the predictive distribution, whose quantiles
 * are its bands; that the coefficients are estimated is not in it. A mean is held within one range of the history above
 * it. Values are counts by week, not scaled. Null for less than 100 weeks, without any case, and where a value is below
 * 0.
 */
export const nbClimate: Forecaster = {
  id: "nb-climate",
  fit(series, horizon) {
    checkSeries(series);
    checkHorizon(horizon);
    const { values, regressors = [] } = series;
    if (values.length < fewestWeeks || values.some((value) => value !== null && value < 0)) return null;
    const names = regressors.map(({ name }) => name);
    const columns = columnsOf(withoutGaps(values, Math.round(year)), knownAt(regressors, names, values.length));
    const rules = Array.from({ length: horizon }, (_, i) => ruleOf(values, columns, i + 1)).filter(
      (rule) => rule !== null,
    );
    if (rules.length < horizon) return null;
    const ahead = (given: readonly (number | null)[], steps: number, beside: readonly Regressor[] = []) => {
      checkSeries({ values: given, periods: [], regressors: beside });
      checkHorizon(steps);
      if (steps > horizon) throw new RangeError(`horizon ${steps} is beyond the ${horizon} steps fitted for`);
      return predicted(rules.slice(0, steps), given, knownAt(beside, names, given.length));
    };
    return {
      forecast: (given, steps, beside) => ahead(given, steps, beside).map((one) => countQuantiles(one, [0.5])[0]!),
      quantiles: (shares, given, steps, beside) =>
        ahead(given, steps, beside).map((one) => countQuantiles(one, shares)),
    };
  },
};
