import type { Aligned, Learned, Method } from "./forecaster.ts";
import { ridge } from "./linear.ts";
import type { LinearRule } from "./linear.ts";
import { movingMean } from "./numbers.ts";
import { lengthOf } from "./series.ts";

/** Most values of the same phase that are looked back at: a week of days. */
const mostLags = 7;
/** Fewest rows that a rule is learned from, beside three seasons. */
const fewestRows = 30;

/** A predictor of step t + lead as seen from the origin t: a source at t + offset, less the level at t. */
interface Predictor {
  source: keyof Sources;
  /** Steps, 0 or less. */
  offset: number;
}

/** The series, and the means over the last short and the last long season at each step. */
interface Sources {
  values: Float64Array;
  season: Float64Array;
  long: Float64Array;
}

const longest = (periods: readonly number[]) => periods.at(-1) ?? 1;

function sourcesOf(values: Float64Array, periods: readonly number[]): Sources {
  return {
    values,
    season: movingMean(values, lengthOf(periods, 0)),
    long: movingMean(values, longest(periods)),
  };
}

/**
 * What a lead is predicted from: values of the same phase up to `lags` short seasons back; the same phase of each
 * longer season; the last two values and the one a season before the origin; the means of the season before the last
 * and of the last long season. None twice.
 */
export function predictorsOf(periods: readonly number[], lead: number, lags: number): Predictor[] {
  const m = lengthOf(periods, 0);
  const found: Predictor[] = [];
  const add = (source: Predictor["source"], offset: number) => {
    if (!found.some((known) => known.source === source && known.offset === offset)) found.push({ source, offset });
  };
  const latest = Math.ceil(lead / m);
  for (let k = latest; k <= Math.max(latest, lags); k += 1) add("values", lead - k * m);
  for (const period of periods.slice(1)) add("values", lead - Math.ceil(lead / period) * period);
  for (const offset of [0, -1, -m]) add("values", offset);
  add("season", -m);
  add("long", 0);
  return found;
}

const lagsFor = (length: number, m: number) => Math.max(1, Math.min(mostLags, Math.floor(length / (2 * m))));

/** First origin that has all predictors of all leads behind it. */
function firstOrigin(periods: readonly number[], horizon: number, lags: number): number {
  const m = lengthOf(periods, 0);
  const upTo = (period: number) => Math.ceil(horizon / period) * period;
  return Math.max(lags * m, 2 * m, longest(periods), upTo(m), ...periods.map(upTo));
}

/** What a lead is learned from: a source at t + offset, seen from the origin t; less the level at t, or as it is. */
interface Column {
  values: Float64Array;
  offset: number;
  lessLevel: boolean;
}

function ruleOf(
  sources: Sources,
  columns: readonly Column[],
  first: number,
  lead: number,
  penalty: number,
): LinearRule {
  const level = sources.season;
  const rows = level.length - first - lead;
  const lessLevel = (from: Float64Array, offset: number) => {
    const column = new Float64Array(rows);
    for (let i = 0; i < rows; i += 1) column[i] = from[first + i + offset]! - level[first + i]!;
    return column;
  };
  const asItIs = (from: Float64Array, offset: number) => from.slice(first + offset, first + offset + rows);
  const taken = columns.map(({ values, offset, lessLevel: less }) => (less ? lessLevel : asItIs)(values, offset));
  return ridge(taken, lessLevel(sources.values, lead), penalty);
}

/** Steps that direct regression needs: three short seasons of rows, 30 at least. */
export const directNeeds = (periods: readonly number[], horizon: number) =>
  firstOrigin(periods, horizon, 1) + horizon + Math.max(fewestRows, 3 * lengthOf(periods, 0));

/** Columns of a regressor for a lead, as they are; sources at offsets from the origin. */
export type RegressorColumns = (lead: number) => { values: Float64Array; offset: number }[];

/**
 * Learns a rule for each lead from `predictorsOf`, less the level, and from columns of regressors as they are.
 * @param columnsOf of regressors that end with the history, or reach over the horizon where they are known ahead; no
 *   offset reaches further back than the longest season
 */
export function learnDirectly(
  values: Float64Array,
  { periods, horizon, penalty }: { periods: readonly number[]; horizon: number; penalty: number },
  regressors: readonly Aligned[] = [],
  columnsOf: (regressors: readonly Aligned[]) => RegressorColumns = () => () => [],
): Learned {
  const lags = lagsFor(values.length, lengthOf(periods, 0));
  const first = firstOrigin(periods, horizon, lags);
  const columns = (sources: Sources, beside: RegressorColumns, lead: number): Column[] => [
    ...predictorsOf(periods, lead, lags).map(({ source, offset }) => ({
      values: sources[source],
      offset,
      lessLevel: true,
    })),
    ...beside(lead).map((column) => ({ ...column, lessLevel: false })),
  ];
  const sources = sourcesOf(values, periods);
  const beside = columnsOf(regressors);
  const rules = Array.from({ length: horizon }, (_, i) =>
    ruleOf(sources, columns(sources, beside, i + 1), first, i + 1, penalty),
  );
  return (history, steps, around) => {
    const known = sourcesOf(history, periods);
    const beside = columnsOf(around);
    const origin = history.length - 1;
    const level = known.season[origin]!;
    return Float64Array.from({ length: steps }, (_, i) => {
      const { intercept, weights } = rules[i]!;
      return columns(known, beside, i + 1).reduce(
        (sum, { values, offset, lessLevel }, j) =>
          sum + weights[j]! * (values[origin + offset]! - (lessLevel ? level : 0)),
        intercept + level,
      );
    });
  };
}

/**
 * Direct dynamic regression: for each lead a ridge regression of its own on `predictorsOf`, all of them and the target
 * less the mean of the last short season at the origin, so that a level that wanders costs nothing. Columns are
 * standardised; penalty 1 is the catalogue's `arx`. (Direct multi-step: Marcellino, Stock and Watson 2006.)
 */
export const directRegression = (id: string, penalty: number): Method => ({
  id,
  needs: directNeeds,
  learn: (values, periods, horizon) => learnDirectly(values, { periods, horizon, penalty }),
});
