import type { ForecastDefinition, Network } from "@ioc/contracts";
import { standardForecasters } from "@ioc/forecasting";
import { checkStatistic } from "@ioc/statistics";
import { forecastColumns, forecastDataset } from "./rows.ts";
import { statisticOf } from "./statistic-of.ts";
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
    termsOf(definition);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  const known = new Set(standardForecasters.map(({ id }) => id));
  for (const id of definition.methods ?? []) {
    if (!known.has(id)) problems.push(`methods: there is no method "${id}"; known are ${[...known].join(", ")}`);
  }
  if (definition.methods && new Set(definition.methods).size < fewestMethods) {
    problems.push(`methods: at least ${fewestMethods} compete; leave them out to let all compete`);
  }
  const { min, max } = definition.limits;
  if (min !== undefined && max !== undefined && min >= max) problems.push("limits: min is not below max");
  problems.push(...checkStatistic(statisticOf(definition), network));
  problems.push(...datasetProblems(network));
  const table = definition.pipeline.findLast(({ op }) => op === "table");
  if (table?.["layout"] !== "series") problems.push("pipeline: it must end in a table with layout: series");
  return problems;
}

function datasetProblems({ datasets }: Network): string[] {
  const dataset = datasets.find(({ id, origin }) => id === forecastDataset && origin === "system");
  if (!dataset) return [`there is no dataset "${forecastDataset}" of origin system to keep forecasts in`];
  const missing = forecastColumns.filter((column) => !dataset.columns.some(({ id }) => id === column));
  return missing.map((column) => `dataset "${forecastDataset}" has no column "${column}"`);
}
