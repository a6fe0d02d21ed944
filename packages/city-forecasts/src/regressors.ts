import {
  calendarOf,
  durationMs,
  type ForecastDefinition,
  type Frame,
  type LocalizedText,
  type MeasuredRegressor,
  type Network,
} from "@ioc/contracts";
import { analysedTide, tideAt, type Regressor } from "@ioc/forecasting";
import { holidaysOf } from "@ioc/statistics";
import { cityAreaOf, seriesOf, type SubjectSeries } from "./series-of.ts";
import type { ForecastTerms } from "./terms.ts";

/** A series beside the one that is forecast, by subject; or why there is none. One of the calendar is worked out by itself. */
export type RegressorSeries = ReadonlyMap<string, SubjectSeries> | { error: LocalizedText } | "calendar";

const hourMs = 3_600_000;
/** Least share of the steps of the history, and of those ahead, at which it must be known. */
const leastKnown = 0.75;

/** Regressors of one subject, and which of the named ones it has to go without. */
export interface SubjectRegressors {
  regressors: Regressor[];
  /** What is not there, and why. */
  lacking: LocalizedText[];
  /** Nothing that is required lacks: the methods that take regressors can compete. */
  complete: boolean;
}

/**
 * The values of a regressor by subject, from its frame as of `at` (ms); of one known ahead up to the horizon.
 * @throws Error when the frame failed, or is no series over time
 */
export function regressorSeriesOf(
  frame: Frame,
  { ahead }: MeasuredRegressor,
  definition: ForecastDefinition,
  terms: ForecastTerms,
  network: Network,
  at: number,
): ReadonlyMap<string, SubjectSeries> {
  const until = ahead ? at + terms.horizon : at;
  const history = terms.history + (ahead ? Math.ceil(terms.horizon / terms.step) : 0);
  return seriesOf(frame, definition, { ...terms, history }, network, until);
}

/**
 * The regressors of a subject on the steps of its series: those known ahead reach over the leads, of the others nothing after the last value
 * of the series counts. One that is known at less than three quarters of the steps is left out.
 * @param series of each regressor, in the order of the definition
 * @param leads steps that are forecast
 */
export function regressorsOf(
  { regressors }: Pick<ForecastDefinition, "regressors">,
  series: readonly RegressorSeries[],
  own: SubjectSeries,
  terms: ForecastTerms,
  network: Network,
  leads: number,
): SubjectRegressors {
  const found: SubjectRegressors = { regressors: [], lacking: [], complete: true };
  for (const [i, regressor] of regressors.entries()) {
    if ("calendar" in regressor) {
      found.regressors.push({ name: regressor.id, values: holidaysAt(own, terms, network, leads), ahead: true });
      continue;
    }
    const given = series[i] === "calendar" ? undefined : series[i];
    const beside = given && !("error" in given) ? given.get(subjectOf(regressor, own.subject, network)) : undefined;
    const values = valuesOf(regressor, beside, own, terms, leads);
    const problem = given && "error" in given ? given.error : lackOf(values, own.values.length);
    if (problem === null)
      found.regressors.push({ name: regressor.id, values, ahead: regressor.ahead || regressor.tide });
    else {
      found.lacking.push({ vi: `${regressor.id}: ${problem.vi}`, en: `${regressor.id}: ${problem.en}` });
      if (regressor.required) found.complete = false;
    }
  }
  return found;
}

/** 1 in the steps that end on a public holiday, or just at its end, 0 in the others. */
function holidaysAt(
  { end, values }: SubjectSeries,
  { step }: ForecastTerms,
  network: Network,
  leads: number,
): number[] {
  const holidays = holidaysOf(network);
  const { date } = calendarOf(network.timezone);
  return Array.from({ length: values.length + leads }, (_, i) => {
    const day = date(end - (values.length - 1 - i) * step - 1);
    return Number(holidays.has(day) || holidays.has(day.slice(5)));
  });
}

function subjectOf({ group, of }: MeasuredRegressor, subject: string, network: Network): string {
  if (group === "city") return cityAreaOf(network);
  return of ? (of[subject] ?? "") : subject;
}

/**
 * The tide in a series, less its mean, over its steps and the leads. The constituents come from the whole of it, so that an origin of a
 * backtest knows them a little better than it could.
 */
function tideOf(values: readonly (number | null)[], { step }: ForecastTerms, leads: number): (number | null)[] {
  const hours = step / hourMs;
  const tide = analysedTide(values, hours);
  return Array.from({ length: values.length + leads }, (_, i) => (tide ? tideAt(tide, i * hours) - tide.mean : null));
}

function valuesOf(
  { ahead, hold, tide }: MeasuredRegressor,
  beside: SubjectSeries | undefined,
  own: SubjectSeries,
  terms: ForecastTerms,
  leads: number,
): (number | null)[] {
  const { step } = terms;
  const length = own.values.length + (ahead ? leads : 0);
  if (!beside) return Array<null>(length).fill(null);
  const behind = Math.round((own.end - beside.end) / step) - (own.values.length - beside.values.length);
  const values = Array.from({ length }, (_, i) => beside.values[i + behind] ?? null);
  if (tide) return tideOf(values, terms, leads);
  const held = hold === undefined ? 0 : Math.round((durationMs(hold) ?? 0) / step);
  if (held === 0) return values;
  let newest = -Infinity;
  return values.map((value, i) => {
    if (value !== null) newest = i;
    return i - newest <= held ? values[newest]! : null;
  });
}

/** Why values are too few; null where they are not. */
function lackOf(values: readonly (number | null)[], length: number): LocalizedText | null {
  for (const [part, what] of [
    [values.slice(0, length), { vi: "bước quá khứ", en: "steps of the history" }],
    [values.slice(length), { vi: "bước sắp tới", en: "steps ahead" }],
  ] as const) {
    const known = part.filter((value) => value !== null).length;
    if (known < leastKnown * part.length) {
      const of = `${known}/${part.length}`;
      return { vi: `chỉ biết ở ${of} ${what.vi}`, en: `known at ${known} of ${part.length} ${what.en}` };
    }
  }
  return null;
}
