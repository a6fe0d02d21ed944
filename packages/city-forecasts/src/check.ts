import type { ForecastDefinition, MeasuredRegressor, Network } from "@ioc/contracts";
import { durationMs } from "@ioc/contracts";
import { checkStatistic } from "@ioc/statistics";
import { methodIds } from "./methods.ts";
import { forecastColumns, forecastDataset } from "./rows.ts";
import { riverProblems } from "./river.ts";
import { regressorStatisticOf, statisticOf } from "./statistic-of.ts";
import { termsOf } from "./terms.ts";

/** Fewest methods that an automatic choice is made among. */
const fewestMethods = 3;

/**
 * What is wrong with a definition in a network, each as a sentence; empty when it can run: durations that do not go together, methods that
 * are not there, everything that is wrong with its pipeline as a statistic, and a pipeline that makes no series.
 */
export function checkForecast(definition: ForecastDefinition, network: Network): string[] {
  const problems: string[] = [];
  try {
    const { step } = termsOf(definition);
    problems.push(...riverProblems(definition, network, step));
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  const named = [...(definition.methods ?? []), ...definition.also];
  for (const id of named) {
    if (!methodIds.includes(id))
      problems.push(`methods: there is no method "${id}"; known are ${methodIds.join(", ")}`);
  }
  if (definition.methods && new Set(named).size < fewestMethods) {
    problems.push(`methods: at least ${fewestMethods} compete; leave them out to let all compete`);
  }
  const { min, max } = definition.limits;
  if (min !== undefined && max !== undefined && min >= max) problems.push("limits: min is not below max");
  problems.push(...checkStatistic(statisticOf(definition), network));
  problems.push(
    ...missingColumns(network, forecastDataset, forecastColumns),
    ...noSeries(definition.pipeline, "pipeline"),
  );
  problems.push(...regressorProblems(definition, network));
  return problems;
}

function noSeries(pipeline: ForecastDefinition["pipeline"], place: string): string[] {
  const table = pipeline.findLast(({ op }) => op === "table");
  return table?.["layout"] === "series" ? [] : [`${place}: it must end in a table with layout: series`];
}

function regressorProblems(definition: ForecastDefinition, network: Network): string[] {
  const names = definition.regressors.map(({ id }) => id);
  return definition.regressors.flatMap((regressor, i) => {
    const twice = names.indexOf(regressor.id) < i ? ["the name comes twice"] : [];
    const problems = "calendar" in regressor ? twice : [...twice, ...measuredProblems(definition, regressor, network)];
    return problems.map((problem) => `regressors, ${regressor.id}: ${problem}`);
  });
}

function measuredProblems(definition: ForecastDefinition, regressor: MeasuredRegressor, network: Network): string[] {
  const { hold, group, of } = regressor;
  const problems = noSeries(regressor.pipeline, "pipeline");
  if (hold !== undefined && !durationMs(hold)) problems.push(`hold: "${hold}" is no duration such as P31D`);
  if (regressor.tide && regressor.ahead) problems.push("tide: it is known ahead by itself; leave `ahead` out");
  if (of && group === "city") problems.push("of: a series of the city has no subjects to choose from");
  return [...problems, ...checkStatistic(regressorStatisticOf(definition, regressor), network)];
}

/** What the dataset of origin `system` that is named lacks, each as a sentence. */
export function missingColumns({ datasets }: Network, named: string, columns: readonly string[]): string[] {
  const dataset = datasets.find(({ id, origin }) => id === named && origin === "system");
  if (!dataset) return [`there is no dataset "${named}" of origin system to keep ${named} in`];
  const missing = columns.filter((column) => !dataset.columns.some(({ id }) => id === column));
  return missing.map((column) => `dataset "${named}" has no column "${column}"`);
}
