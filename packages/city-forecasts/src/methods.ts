import {
  forecasterOf,
  givenReservoir,
  harmonicTide,
  lagReservoir,
  nbClimate,
  scaledSeasonalNaive,
  standardForecasters,
  type Forecaster,
  type RiverConstants,
} from "@ioc/forecasting";

const hourMs = 3_600_000;
/** Last values that `scaled-seasonal-naive` compares with the same ones a season ago. */
const compared = 4;

/** What methods that know what they forecast have to be told of it. */
export interface MethodTerms {
  /** Distance of two values, ms. */
  step: number;
  /** Season of the seasonal naive method in steps; 1 is the last value. */
  baseline: number;
  /** Constants of the subject for `lag-reservoir-given`; null without any. */
  river?: RiverConstants | null;
}

/** Methods that know what they forecast, by id: they compete only where a definition names them. */
const named: Readonly<Record<string, (terms: MethodTerms) => Forecaster | null>> = {
  "nb-climate": () => nbClimate,
  "scaled-seasonal-naive": ({ baseline }) => forecasterOf(scaledSeasonalNaive(baseline, compared)),
  "harmonic-tide": ({ step }) => harmonicTide(step / hourMs),
  "lag-reservoir": () => forecasterOf(lagReservoir),
  "lag-reservoir-given": ({ river }) => (river ? givenReservoir(river) : null),
};

/** Methods that take the series beside the one that is forecast. */
const takesRegressors = new Set(["arx", "log-arx", "lag-reservoir", "lag-reservoir-given", "nb-climate"]);

/** Ids of all methods that a definition can name. */
export const methodIds: readonly string[] = [...standardForecasters.map(({ id }) => id), ...Object.keys(named)];

/**
 * The methods that compete, in the order in which they are named.
 * @param methods ids; all standard ones unless given
 * @param also ids of those that compete besides
 * @param regressors whether the series beside it are there: those that take some do not compete without
 */
export function forecastersOf(
  methods: readonly string[] | undefined,
  also: readonly string[],
  terms: MethodTerms,
  regressors: boolean,
): Forecaster[] {
  const standard = new Map(standardForecasters.map((one) => [one.id, one]));
  const ids = new Set([...also, ...(methods ?? standard.keys())]);
  return [...ids].flatMap((id) =>
    !regressors && takesRegressors.has(id) ? [] : (standard.get(id) ?? named[id]?.(terms) ?? []),
  );
}
