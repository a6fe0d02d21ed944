import type { ForecastDefinition } from "@ioc/contracts";
import { expect, test } from "vitest";
import { checkForecast } from "./check.ts";
import { definitionWith, network } from "./test-forecast.ts";

test("a sound definition has no problems", () => {
  expect(checkForecast(definitionWith(), network)).toEqual([]);
});

test.each<[string, Partial<ForecastDefinition>, string]>([
  ["no duration", { step: "1h" }, 'step: "1h" is no duration'],
  ["a season between two steps", { seasons: ["PT90M"] }, "seasons[0]: it is not a whole number of steps of PT1H"],
  ["a season of one step", { seasons: ["PT1H"] }, "a season has at least two steps"],
  ["seasons in another order", { seasons: ["P7D", "P1D"] }, "from the shortest to the longest"],
  ["issues that drift through the day", { every: "PT5H" }, "is no part of a day, P1D or P7D"],
  ["issues every three days", { every: "P3D" }, "is no part of a day, P1D or P7D"],
  ["an offset as long as the time between two issues", { offset: "PT6H" }, "is not shorter than every"],
  ["a history without two seasons", { history: "PT30H" }, "does not hold the shortest season twice"],
  ["an unknown method", { methods: ["guess", "holt-winters", "analogues"] }, 'there is no method "guess"'],
  ["a choice without a choice", { methods: ["holt-winters"] }, "at least 3 compete"],
  ["limits the wrong way round", { limits: { min: 5, max: 1 } }, "min is not below max"],
  ["an unknown operator", { pipeline: [{ op: "guess" }] }, 'there is no operator "guess"'],
  ["a pipeline that makes no series", { pipeline: definitionWith().pipeline.slice(0, 2) }, "layout: series"],
])("%s", (_what, more, message) => {
  expect(checkForecast(definitionWith(more), network).join("; ")).toContain(message);
});

test("a pack without the dataset that forecasts are kept in", () => {
  const [load] = network.datasets;
  expect(checkForecast(definitionWith(), { ...network, datasets: [load!] })).toEqual([
    'there is no dataset "forecasts" of origin system to keep forecasts in',
  ]);
});
