import { statisticDefinition } from "@ioc/contracts";
import type { Frame } from "@ioc/contracts";
import { checkStatistic } from "./check.ts";
import { evaluate, planOf } from "./evaluate.ts";
import type { Reading } from "./operators/water.ts";
import { dataOf, network, networkWith } from "./test-city.ts";
import { viewOf } from "./view.ts";

interface Pipeline {
  input: unknown[];
  pipeline: unknown[];
  group: string;
  now: number;
  rows?: Readonly<Record<string, readonly unknown[]>>;
  stations?: readonly string[];
  series?: Readonly<Record<string, readonly Reading[]>>;
}

const text = { vi: "Một", en: "One" };

function definitionOf({ input, pipeline, group }: Pick<Pipeline, "input" | "pipeline" | "group">) {
  return statisticDefinition.parse({
    id: "test",
    domain: "health",
    name: text,
    question: text,
    measures: text,
    input,
    pipeline,
    unit: "1",
    decimals: 2,
    window: "P7D",
    groups: [group],
    rollUp: "none",
    refreshSeconds: 3600,
    audience: ["operator"],
    chart: "table",
    method: text,
    source: text,
  });
}

/** What is wrong with a pipeline on datasets of the pack, and its frame on rows written in the test. */
export function problemsOf(given: Pick<Pipeline, "input" | "pipeline" | "group">): string[] {
  return checkStatistic(definitionOf(given), network);
}

/** Frame of a pipeline on rows and readings written in the test. */
export function frameOfPipeline({ rows = {}, stations = [], series = {}, now, ...given }: Pipeline): Frame {
  const definition = definitionOf(given);
  const city = networkWith(stations);
  return evaluate(planOf(definition, city, viewOf(definition, city, {}), now), dataOf(series, rows, now), now);
}
