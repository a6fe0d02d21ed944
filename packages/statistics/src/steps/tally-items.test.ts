import { describe, expect, test } from "vitest";
import { network } from "../test-city.ts";
import { frameOfPipeline, problemsOf } from "../test-pipeline.ts";

const now = Date.parse("2026-11-25T10:00:00+07:00");
const [first = "", second = ""] = network.areas
  .filter(({ scheme, level }) => scheme === network.scheme && level === "ward")
  .map(({ id }) => id);

const input = [{ dataset: "notifiable-disease-weekly", columns: ["isoweek", "area_code", "disease", "cases"] }];
const pipelineOf = (more: Record<string, unknown>) => [
  { op: "rows", dataset: "notifiable-disease-weekly" },
  { op: "derive", columns: { slashed: "'a/b'", unnamed: "if(cases == 5, null, disease)" } },
  {
    op: "tally",
    time: "isoweek",
    period: "P7D",
    reach: 1,
    measures: { y: "coalesce(sum(cases), 0)" },
    by: "disease",
    ...more,
  },
  { op: "earlier", by: 1, measures: { before: "y" } },
  {
    op: "table",
    layout: "latest",
    value: { measure: "y", name: { vi: "Ca", en: "Cases" } },
    columns: [{ measure: "before", name: { vi: "Tuần trước", en: "Week before" } }],
  },
];
const row = (week: number, area: string, disease: string, cases: number) => ({
  isoweek: `2026-W${week}`,
  area_code: area,
  disease,
  cases,
});
const reports = [
  row(46, first, "measles", 2),
  row(46, first, "hfmd", 7),
  row(46, second, "hfmd", 1),
  row(47, first, "hfmd", 9),
];
const framed = (more: Record<string, unknown>, group = "ward", rows: unknown[] = reports) =>
  frameOfPipeline({ input, pipeline: pipelineOf(more), group, now, rows: { "notifiable-disease-weekly": rows } });

describe("items of places", () => {
  test("are subjects of their own: a column for the place and one for the item, with its names", () => {
    const frame = framed({});
    expect(frame.columns.slice(0, 2)).toMatchObject([
      { id: "subject", type: "area", role: "x" },
      {
        id: "item",
        type: "text",
        labels: { hfmd: { en: "Hand, foot and mouth disease" }, measles: { en: "Measles" } },
      },
    ]);
    expect(frame.rows.map((cells) => cells.slice(0, 4))).toEqual([
      [first, "hfmd", 9, 7],
      [first, "measles", 0, 2],
      [second, "hfmd", 0, 1],
    ]);
    expect(frame.value).toBe(9);
  });

  test("what a place reports nothing of is not known; what it leaves out of a report is 0", () => {
    const frame = framed({ reports: true });
    expect(frame.rows.map((cells) => cells.slice(0, 4))).toEqual([
      [first, "hfmd", 9, 7],
      [first, "measles", 0, 2],
      [second, "hfmd", null, 1],
    ]);
  });

  test("rows of no ward and those without an item have no subject, and count in the whole", () => {
    const city = network.areas.find(({ level }) => level === "city")?.id ?? "";
    const frame = framed({ by: "unnamed" }, "ward", [
      ...reports,
      row(47, city, "hfmd", 4),
      row(47, second, "measles", 5),
    ]);
    expect(frame.rows.map((cells) => cells.slice(0, 2))).toEqual([
      [first, "hfmd"],
      [first, "measles"],
      [second, "hfmd"],
    ]);
    expect(frame.value).toBe(9 + 4 + 5);
  });

  test("also of the values of a column", () => {
    const frame = framed({ by: "area_code" }, "disease");
    expect(frame.rows.map((cells) => cells.slice(0, 3))).toEqual([
      ["hfmd", first, 9],
      ["hfmd", second, 0],
      ["measles", first, 0],
    ]);
    expect(() => framed({ groups: { disease: "slashed" } }, "disease")).toThrow("its id has a slash");
  });

  test("a column that is not there, and a view of the whole city, are named as mistakes", () => {
    expect(() => framed({ by: "cause" })).toThrow('there is no column "cause"');
    expect(problemsOf({ input, pipeline: pipelineOf({}), group: "city" }).join()).toContain(
      "the city as a whole has no items",
    );
    expect(problemsOf({ input, pipeline: pipelineOf({}), group: "ward" })).toEqual([]);
  });
});
