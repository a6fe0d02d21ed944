import type { ForecastDefinition, MeasuredRegressor, StatisticDefinition } from "@ioc/contracts";

/** The series of a forecast as a statistic, so that one engine reads and works out both. */
export function statisticOf(definition: ForecastDefinition): StatisticDefinition {
  const { id, version, domain, name, measures, input, pipeline, completeness, unit, decimals, group } = definition;
  return {
    id,
    version,
    domain,
    name,
    question: measures,
    measures,
    input,
    pipeline,
    unit,
    decimals,
    window: definition.step,
    completeness,
    groups: [group],
    rollUp: "mean",
    refreshSeconds: 3600,
    audience: ["operator"],
    chart: "line",
    also: [],
    thresholds: [],
    target: null,
    method: definition.method,
    source: definition.source,
    seeds: [],
    checks: [],
  };
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
