import type { ForecastDefinition, MeasuredRegressor, RegressionDefinition, StatisticDefinition } from "@ioc/contracts";

type Shape = Pick<
  StatisticDefinition,
  "unit" | "decimals" | "window" | "groups" | "rollUp" | "refreshSeconds" | "chart"
>;

/** What the program works out for itself as a statistic, so that one engine reads and works out all. */
function workedOut(definition: ForecastDefinition | RegressionDefinition, shape: Shape): StatisticDefinition {
  const { id, version, domain, name, measures, input, pipeline, completeness, method, source } = definition;
  return {
    id,
    version,
    domain,
    name,
    question: measures,
    measures,
    input,
    pipeline,
    completeness,
    ...shape,
    audience: ["operator"],
    also: [],
    thresholds: [],
    target: null,
    method,
    source,
    seeds: [],
    checks: [],
  };
}

/** The series of a forecast as a statistic. */
export function statisticOf(definition: ForecastDefinition): StatisticDefinition {
  const { unit, decimals, step, group } = definition;
  return workedOut(definition, {
    unit,
    decimals,
    window: step,
    groups: [group],
    rollUp: "mean",
    refreshSeconds: 3600,
    chart: "line",
  });
}

/** A regression as a statistic: a table of its coefficients. */
export function regressionStatistic(definition: RegressionDefinition): StatisticDefinition {
  return workedOut(definition, {
    unit: "{events}",
    decimals: 0,
    window: "P1D",
    groups: ["station"],
    rollUp: "none",
    refreshSeconds: 86_400,
    chart: "table",
  });
}

/** A series beside the one that is forecast, likewise. */
export function regressorStatisticOf(
  definition: ForecastDefinition,
  regressor: MeasuredRegressor,
): StatisticDefinition {
  const { id, name, input, pipeline, group } = regressor;
  const named = { id: `${definition.id}-${id}`, name, question: name, measures: name };
  return { ...statisticOf(definition), ...named, input, pipeline, groups: [group], unit: "1" };
}
