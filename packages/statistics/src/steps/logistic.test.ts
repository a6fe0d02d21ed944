import { describe, expect, test } from "vitest";
import { seededRandom } from "@ioc/testkit";
import { cell } from "../test-city.ts";
import { frameOfPipeline, problemsOf } from "../test-pipeline.ts";

const now = Date.parse("2026-11-25T10:00:00+07:00");
const text = { vi: "Một", en: "One" };
/** Tickets stand for cases: the rating is the predictor, whether it was reopened is what came, the unit is the subject. */
const input = [{ dataset: "feedback-tickets", columns: ["ticket_id", "rating", "reopened", "area_code"] }];

interface Case {
  x: number | null;
  y: boolean;
  area?: string;
}
const tickets = (cases: readonly Case[]) =>
  cases.map(({ x, y, area = "20242" }, i) => ({ ticket_id: `${i}`, rating: x, reopened: y, area_code: area }));
const repeated = (count: number, x: number, y: boolean): Case[] => Array.from({ length: count }, () => ({ x, y }));

const regression = {
  op: "logistic-regression",
  outcome: "reopened",
  terms: ["rating", "same"],
  kept: { by: "area_code", columns: ["twice"] },
  ridge: 0,
  least: 1,
};
const pipelineOf = (more: object = {}) => [
  { op: "rows", dataset: "feedback-tickets" },
  { op: "derive", columns: { same: "7", twice: "2 * rating" } },
  { ...regression, ...more },
];
const fitOf = (cases: readonly Case[], more: object = {}) =>
  frameOfPipeline({
    input,
    pipeline: pipelineOf(more),
    group: "city",
    now,
    rows: { "feedback-tickets": tickets(cases) },
  });

describe("logistic-regression", () => {
  /** x = 0: 1 of 4; x = 1: 3 of 4. */
  const groups = [...repeated(1, 0, true), ...repeated(3, 0, false), ...repeated(3, 1, true), ...repeated(1, 1, false)];

  test("two groups without penalty have the closed form; a column that does not vary has no weight", () => {
    const fit = fitOf([...groups, { x: null, y: true }]);
    expect(cell(fit, "value", "intercept")).toBeCloseTo(Math.log(1 / 3), 9);
    expect(cell(fit, "value", "rating")).toBeCloseTo(2 * Math.log(3), 9);
    expect(cell(fit, "value", "same")).toBe(0);
    // What lacks a value is no case.
    expect([cell(fit, "cases", "rating"), cell(fit, "events", "rating"), fit.value]).toEqual([8, 4, 4]);
  });

  test("keeps what is known of each subject", () => {
    const fit = fitOf([...groups, { x: 3, y: true, area: "20209" }]);
    expect(fit.rows.filter(([term]) => term === "twice").map((row) => row.slice(0, 3))).toEqual([
      ["twice", "20242", 2],
      ["twice", "20209", 6],
    ]);
  });

  test("the penalty is on columns of mean 0 and deviation 1, whatever their unit", () => {
    const random = seededRandom(5);
    const cases = Array.from({ length: 300 }, (): Case => {
      const x = Math.floor(50 * random());
      return { x, y: random() < 1 / (1 + Math.exp(3 - x / 10)) };
    });
    const fit = fitOf(cases, { ridge: 1 });
    const [a, b] = [cell(fit, "value", "intercept") as number, cell(fit, "value", "rating") as number];
    const xs = cases.map(({ x }) => x ?? 0);
    const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length;
    const deviation = Math.sqrt(xs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / xs.length);
    const residual = cases.map(({ x, y }) => 1 / (1 + Math.exp(-(a + b * (x ?? 0)))) - Number(y));
    expect(residual.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 6);
    const slope = residual.reduce((sum, r, i) => sum + (r * (xs[i]! - mean)) / deviation, 0);
    expect(slope + 2 * b * deviation).toBeCloseTo(0, 6);
    expect(b).toBeGreaterThan(0.05);
  });

  test("with too few of either outcome for its terms there is no fit, and it says how many there were", () => {
    for (const cases of [groups, groups.map(({ x, y }) => ({ x, y: !y })), []]) {
      const fit = fitOf(cases, { least: 3 });
      expect([fit.error, fit.rows]).toEqual([null, []]);
    }
    expect(fitOf(groups, { least: 3 }).value).toBe(4);
    expect(fitOf(groups, { least: 2 }).rows).not.toEqual([]);
  });

  test("an unknown column is an error of the frame, a missing dataset one of the definition", () => {
    expect(() => fitOf(groups, { terms: ["no"] })).toThrow('there is no column "no"');
    const pipeline = [
      { op: "rows", dataset: "feedback-tickets" },
      { op: "logistic-probability", dataset: "regressions", regression: "r", subject: "area_code", into: "p" },
    ];
    expect(problemsOf({ input, pipeline, group: "city" }).join()).toContain('"regressions" is not among the inputs');
  });
});

describe("logistic-probability", () => {
  const pipeline = [
    { op: "rows", dataset: "feedback-tickets" },
    { op: "logistic-probability", dataset: "regressions", regression: "again", subject: "area_code", into: "p" },
    { op: "tally", measures: { p: "highest(p)" } },
    { op: "table", layout: "latest", value: { measure: "p", name: text } },
  ];
  const both = [...input, { dataset: "regressions", columns: ["regression", "fitted_at", "term", "subject", "value"] }];
  const rowsOf = (values: Record<string, number>, at: number, named = "again") =>
    Object.entries(values).map(([name, value]) => {
      const [term, subject = "all"] = name.split("@");
      return { regression: named, fitted_at: new Date(at).toISOString(), term, subject, value };
    });
  const probability = (cases: readonly Case[], regressions: readonly object[]) =>
    frameOfPipeline({
      input: both,
      pipeline,
      group: "city",
      now,
      rows: { "feedback-tickets": tickets(cases), regressions },
    }).value;
  const weights = { intercept: -1, rating: 0.5, habit: 2, "habit@20242": 0.25 };

  test("of the newest fit of its name that is not of the future, with what was kept of the subject", () => {
    const rows = [
      ...rowsOf({ intercept: 5 }, now - 2000),
      ...rowsOf(weights, now - 1000),
      ...rowsOf({ intercept: 5 }, now + 1000),
      ...rowsOf({ intercept: 5 }, now - 500, "other"),
    ];
    expect(probability([{ x: 3, y: false }], rows)).toBeCloseTo(1 / (1 + Math.exp(1 - 1.5 - 0.5)), 9);
  });

  test("is not known without a fit, without a value of the row, or for a subject that the fit did not know", () => {
    const rows = rowsOf(weights, now - 1000);
    expect(probability([{ x: 3, y: false }], [])).toBeNull();
    expect(probability([{ x: null, y: false }], rows)).toBeNull();
    expect(probability([{ x: 3, y: false, area: "20209" }], rows)).toBeNull();
  });
});
