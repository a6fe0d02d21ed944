import type { Frame, RegressionDefinition } from "@ioc/contracts";
import { datasetDefinition, regressionDefinition } from "@ioc/contracts";
import { describe, expect, test } from "vitest";
import { checkRegression, fitRows, fittedAt, regressionDataset } from "./regression.ts";
import { network as bare } from "./test-forecast.ts";

const text = { vi: "Một", en: "One" };
const columns = ["regression", "fitted_at", "term", "subject", "value", "cases", "events"];
const dataset = datasetDefinition.parse({
  id: regressionDataset,
  name: text,
  group: "tests",
  publisher: "ioc",
  frequency: "P1M",
  classification: "open",
  licence: "CC-BY-4.0",
  origin: "system",
  source: text,
  columns: columns.map((id) => ({ id, type: id === "fitted_at" ? "datetime" : "string", key: id === "term" })),
});
const network = { ...bare, datasets: [...bare.datasets, dataset] };

const definitionWith = (more: Partial<RegressionDefinition> = {}) =>
  regressionDefinition.parse({
    id: "high-load",
    domain: "energy",
    name: text,
    measures: text,
    method: text,
    source: text,
    input: [{ dataset: "load", columns: ["time", "zone", "load_mw"] }],
    pipeline: [
      { op: "rows", dataset: "load" },
      { op: "derive", columns: { high: "load_mw > 900" } },
      { op: "logistic-regression", outcome: "high", terms: ["load_mw"], ridge: 1, least: 10 },
    ],
    ...more,
  });

describe("checkRegression", () => {
  test("a sound definition has no problems", () => {
    expect(checkRegression(definitionWith(), network)).toEqual([]);
  });

  test.each<[string, Partial<RegressionDefinition>, string]>([
    ["an unknown dataset", { input: [{ dataset: "none", columns: ["time"] }] }, 'there is no dataset "none"'],
    ["a pipeline that is none", { pipeline: [{ op: "guess" }] }, 'there is no operator "guess"'],
    [
      "no regression at its end",
      { pipeline: definitionWith().pipeline.slice(0, 2) },
      "must end in logistic-regression",
    ],
  ])("%s", (_what, more, message) => {
    expect(checkRegression(definitionWith(more), network).join("; ")).toContain(message);
  });

  test("a pack without the dataset that fits are kept in, or with one that lacks a column", () => {
    expect(checkRegression(definitionWith(), bare)).toEqual([
      'there is no dataset "regressions" of origin system to keep regressions in',
    ]);
    const less = { ...dataset, columns: dataset.columns.filter(({ id }) => id !== "events") };
    expect(checkRegression(definitionWith(), { ...bare, datasets: [...bare.datasets, less] })).toEqual([
      'dataset "regressions" has no column "events"',
    ]);
  });
});

describe("rows of a fit", () => {
  const iso = (time: number) => new Date(time).toISOString();
  const frame = {
    status: "empty",
    error: null,
    columns: ["term", "subject", "value", "cases", "events"].map((id) => ({ id, name: text, type: "text", role: "x" })),
    rows: [
      ["intercept", "all", -2, 500, 60],
      ["frequency", "sf-a", 4, 500, 60],
    ],
  } as unknown as Frame;

  test("are named by the regression and the time", () => {
    expect(fitRows(definitionWith(), frame, 0, iso)).toEqual([
      {
        regression: "high-load",
        fitted_at: "1970-01-01T00:00:00.000Z",
        term: "intercept",
        subject: "all",
        value: -2,
        cases: 500,
        events: 60,
      },
      {
        regression: "high-load",
        fitted_at: "1970-01-01T00:00:00.000Z",
        term: "frequency",
        subject: "sf-a",
        value: 4,
        cases: 500,
        events: 60,
      },
    ]);
    expect(() => fitRows(definitionWith(), { ...frame, status: "error", error: "broken" }, 0, iso)).toThrow("broken");
  });

  test("the newest fit of a regression", () => {
    const rows = new Map([
      ["regression", ["a", "b", "a"]],
      ["fitted_at", [5, 9, 7]],
    ]);
    expect([fittedAt({ columns: rows }, "a"), fittedAt({ columns: rows }, "c")]).toEqual([7, null]);
  });
});
