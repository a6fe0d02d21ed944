import { calendarOf } from "@ioc/contracts";
import { describe, expect, test } from "vitest";
import { network } from "../test-city.ts";
import { frameOfPipeline, problemsOf } from "../test-pipeline.ts";

const calendar = calendarOf(network.timezone);
const weekMs = 7 * 86_400_000;
const now = Date.parse("2026-11-25T10:00:00+07:00");
const [ward = ""] = network.areas
  .filter(({ scheme, level }) => scheme === network.scheme && level === "ward")
  .map(({ id }) => id);
const input = [{ dataset: "notifiable-disease-weekly", columns: ["isoweek", "area_code", "disease", "cases"] }];

/** ISO week of the one so many weeks before the newest, 2026-W47. */
function isoWeek(back: number): string {
  const thursday = calendar.date(Date.parse("2026-11-19T12:00:00+07:00") - back * weekMs);
  const days = (Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`)) / 86_400_000;
  return `${thursday.slice(0, 4)}-W${String(Math.floor(days / 7) + 1).padStart(2, "0")}`;
}

/** Rows of weeks, oldest first, the last of them 2026-W47; null leaves a week out. */
const weekly = (counts: readonly (number | null)[]) =>
  counts.flatMap((cases, i) =>
    cases === null ? [] : [{ isoweek: isoWeek(counts.length - 1 - i), area_code: ward, disease: "hfmd", cases }],
  );

const pipelineOf = (steps: unknown[], columns: string[]) => [
  { op: "rows", dataset: "notifiable-disease-weekly" },
  { op: "tally", time: "isoweek", period: "P7D", shown: 1, reach: 320, measures: { y: "sum(cases)" } },
  ...steps,
  {
    op: "table",
    layout: "latest",
    value: { measure: "y", name: { vi: "Ca", en: "Cases" } },
    columns: columns.map((measure) => ({ measure, name: { vi: measure, en: measure } })),
  },
];

function newest(steps: unknown[], columns: string[], counts: readonly (number | null)[]) {
  const pipeline = pipelineOf(steps, columns);
  expect(problemsOf({ input, pipeline, group: "ward" })).toEqual([]);
  const rows = { "notifiable-disease-weekly": weekly(counts) };
  const frame = frameOfPipeline({ input, pipeline, group: "ward", now, rows });
  return columns.map((column) => frame.rows[0]?.[frame.columns.findIndex(({ id }) => id === column)]);
}

describe("cusum", () => {
  const steps = [{ op: "cusum", measure: "y", into: "s", usual: "m0" }];
  /** Four years of 4 cases a week, then four weeks of a rise. */
  const rise = [...Array<number>(208).fill(4), 5, 7, 9, 11];

  test("adds up what is above twice the usual of the same weeks of three years", () => {
    expect(newest(steps, ["s", "m0"], rise)).toEqual([expect.closeTo(9.69, 2), 4]);
  });

  test("with less than a year there is no usual count, and no sum", () => {
    expect(newest(steps, ["s", "m0"], rise.slice(-50))).toEqual([null, null]);
  });

  test("a week without a report has no sum, and one in between does not lose what was added up", () => {
    expect(newest(steps, ["s"], [...rise.slice(0, -2), null, 11])).toEqual([expect.closeTo(9.69 - (9 - 5.771), 2)]);
  });
});

describe("farrington", () => {
  const steps = [{ op: "farrington", measure: "y", into: "x" }];
  const columns = ["x", "expected", "limit"];
  const level = (count: number, weeks = 290) => Array<number>(weeks).fill(count);

  test("counts that never change expect themselves; the limit is that of a Poisson count with its fit", () => {
    const [x, expected, limit] = newest(steps, columns, [...level(8), 30]);
    expect(expected).toBeCloseTo(8, 9);
    // tau = 1 + v / mu between 1 and 1.3 after five years
    const limitOf = (tau: number) => (8 ** (2 / 3) + (2 / 3) * 8 ** (1 / 6) * 1.96 * Math.sqrt(tau)) ** 1.5;
    expect(limit).toBeGreaterThan(limitOf(1));
    expect(limit).toBeLessThan(limitOf(1.3));
    expect(x).toBeCloseTo((30 - 8) / ((limit as number) - 8), 9);
  });

  test("follows a trend over the years", () => {
    const growing = Array.from({ length: 291 }, (_, i) => Math.round(100 * 1.005 ** i));
    const [x, expected] = newest(steps, columns, growing);
    expect(expected).toBeCloseTo(100 * 1.005 ** 290, -1);
    expect(Math.abs(x as number)).toBeLessThan(0.3);
  });

  test("is silent below five cases in four weeks, and with less than half of the history", () => {
    expect(newest(steps, ["x"], [...level(1), 1])).toEqual([null]);
    expect(newest(steps, ["x"], [...level(8, 120), 30])).toEqual([null]);
    expect(newest(steps, ["x"], [...level(8), null])).not.toEqual([null]);
  });
});

test("runs count the periods running above a level", () => {
  const steps = [{ op: "runs", measure: "y", into: "k", above: 3 }];
  expect(newest(steps, ["k"], [9, 1, 4, 5, 6])).toEqual([3]);
  expect(newest(steps, ["k"], [9, 4, null, 5, 3])).toEqual([0]);
});
