import { durationMs } from "@ioc/contracts";
import type { Network, StatisticDefinition } from "@ioc/contracts";
import { knownOperators, stepOf } from "./registry.ts";

function stationProblems(kindId: string, properties: readonly string[], network: Network): string[] {
  const kind = network.kinds.find((candidate) => candidate.id === kindId);
  if (!kind) return [`there is no station kind "${kindId}"`];
  return properties
    .filter((property) => !kind.properties.some((known) => known.id === property))
    .map((property) => `kind "${kindId}" has no property "${property}"`);
}

function datasetProblems(id: string, columns: readonly string[], network: Network): string[] {
  const dataset = network.datasets.find((candidate) => candidate.id === id);
  if (!dataset) return [`there is no dataset "${id}"`];
  return columns
    .filter((column) => !dataset.columns.some((known) => known.id === column))
    .map((column) => `dataset "${id}" has no column "${column}"`);
}

function inputProblems(definition: StatisticDefinition, network: Network): string[] {
  return definition.input.flatMap((input, i) => {
    const problems =
      "kind" in input
        ? stationProblems(input.kind, input.properties, network)
        : datasetProblems(input.dataset, input.columns, network);
    return problems.map((problem) => `input[${i}]: ${problem}`);
  });
}

function pipelineProblems(definition: StatisticDefinition, network: Network): string[] {
  const problems: string[] = [];
  let shape = "nothing";
  definition.pipeline.forEach((raw, i) => {
    const step = stepOf(raw.op);
    if (!step) {
      problems.push(`pipeline[${i}]: there is no operator "${raw.op}"; known are ${knownOperators().join(", ")}`);
      return;
    }
    if (step.takes !== shape) {
      problems.push(`pipeline[${i}]: "${raw.op}" works on ${step.takes}, but what comes before gives ${shape}`);
    }
    shape = step.gives;
    for (const problem of step.check(raw, definition, network)) problems.push(`pipeline[${i}] (${raw.op}): ${problem}`);
  });
  if (shape !== "result") problems.push(`pipeline: it ends with ${shape}; the last steps must make a table`);
  return problems;
}

/**
 * What is wrong with a definition in this network, without any data: unknown operators, parameters that do not fit, steps
 * that do not follow each other, inputs and tables that do not exist. Empty when it can run.
 */
export function checkStatistic(definition: StatisticDefinition, network: Network): string[] {
  const problems = [...inputProblems(definition, network), ...pipelineProblems(definition, network)];
  if (durationMs(definition.window) === null)
    problems.push(`window: "${definition.window}" is no duration such as PT24H`);
  if (new Set(definition.groups).size !== definition.groups.length) problems.push("groups: one of them is named twice");
  if (definition.also.includes(definition.chart)) problems.push(`also: "${definition.chart}" is the chart already`);
  return problems;
}
