import { statisticDefinition } from "@ioc/contracts";
import type { Frame, Grouping } from "@ioc/contracts";
import { expect, test } from "vitest";
import { evaluate, planOf } from "../evaluate.ts";
import { cell, dataOf, hour, network as city, networkWith, readingsUntil } from "../test-city.ts";
import { checkStatistic } from "../check.ts";
import { viewOf } from "../view.ts";

const text = { vi: "Một", en: "One" };
const now = Date.parse("2026-11-02T10:00:00+07:00");
const iso = (time: number) => new Date(time).toISOString();
const network = networkWith(["rg-suoi-da", "rg-hoa-son", "ls-duong-hoang-sa-suoi-om-son-tra", "ls-tra-leng"]);

function made(pipeline: unknown[], groups: Grouping[]) {
  return statisticDefinition.parse({
    id: "test-places",
    domain: "weather-hydro",
    name: text,
    question: text,
    measures: text,
    input: [
      { kind: "rain-gauge", properties: ["rain"] },
      { kind: "landslide", properties: ["rain", "displacement"] },
      { dataset: "hydro-bulletins", columns: ["area_codes", "risk_level"] },
      { dataset: "feedback-tickets", columns: ["location", "category"] },
    ],
    pipeline,
    unit: "mm",
    decimals: 1,
    window: "PT1H",
    completeness: 0.5,
    groups,
    rollUp: "none",
    refreshSeconds: 600,
    audience: ["operator"],
    chart: "table",
    method: text,
    formula: "x",
    source: text,
  });
}

function frameOf(
  pipeline: unknown[],
  groups: Grouping[],
  rows: Record<string, unknown[]> = {},
  series: Parameters<typeof dataOf>[0] = {},
): Frame {
  const definition = made(pipeline, groups);
  expect(checkStatistic(definition, city)).toEqual([]);
  const plan = planOf(definition, network, viewOf(definition, network, {}), now);
  return evaluate(plan, dataOf(series, rows, now), now);
}

const table = (...measures: string[]) => ({
  op: "table",
  layout: "latest",
  value: { measure: measures[0], name: text },
  columns: measures.slice(1).map((measure) => ({ measure, name: text })),
});
const newestRain = [
  { op: "readings", span: "PT72H" },
  { op: "sample", every: "PT24H", span: "PT72H", from: "now", maxAge: "PT3H", sums: { rain: "PT24H" } },
];
const byUnit = { op: "areal-mean", measures: ["rain"], power: 2, nearest: 5, floorKm: 0.5, completeness: 0 };

const bulletins = [
  ["48", 1, 2],
  ["20263, 20200", 2, 2],
  ["20263", 4, 5],
  ["20938", 3, 1],
].map(([area_codes, risk_level, back], i) => ({
  bulletin_id: String(i),
  issued_at: iso(now - Number(back) * hour),
  area_codes,
  risk_level,
}));
const concerning = { op: "concerning", dataset: "hydro-bulletins", areas: "area_codes" };

test("rows that name the unit or the city concern a unit; those that name a part concern the city", () => {
  const measures = { n: "count()", most: "coalesce(highest(risk_level), 0)" };
  const frame = frameOf([...newestRain, byUnit, { ...concerning, measures }, table("n", "most")], ["ward"], {
    "hydro-bulletins": bulletins,
  });
  const said = (unit: string) => [cell(frame, "value", unit), cell(frame, "most", unit)];
  expect([said("20263"), said("20200"), said("20938"), said("20242")]).toEqual([
    [3, 4],
    [2, 2],
    [2, 3],
    [1, 1],
  ]);
  const whole = frameOf(
    [
      { op: "rows", dataset: "feedback-tickets" },
      { op: "tally", measures: { tickets: "count()" } },
      { ...concerning, measures },
      table("n", "most"),
    ],
    ["city"],
    { "hydro-bulletins": bulletins },
  );
  expect([whole.value, cell(whole, "most")]).toEqual([4, 4]);
});

test("only the newest, and only those of the narrowest unit that has some; nothing counts 0", () => {
  const measures = { n: "count()", most: "highest(risk_level)" };
  const said = (more: Record<string, unknown>, unit: string) => {
    const pipeline = [...newestRain, byUnit, { ...concerning, ...more, measures }, table("n", "most")];
    const frame = frameOf(pipeline, ["ward"], { "hydro-bulletins": bulletins });
    return [cell(frame, "value", unit), cell(frame, "most", unit)];
  };
  expect(said({ newest: "issued_at" }, "20263")).toEqual([2, 2]);
  expect(said({ narrowest: true }, "20263")).toEqual([2, 4]);
  expect(said({ narrowest: true }, "20242")).toEqual([1, 1]);
  expect(said({ where: "risk_level == 3" }, "20263")).toEqual([0, null]);
});

test("rows near a station, by distance", () => {
  // 3 km are 0.027 degrees of latitude; Suoi Da lies at 16.10861 N, 108.26167 E.
  const tickets = [
    [16.13, "odour"],
    [16.14, "odour"],
    [16.11, "traffic"],
  ].map(([lat, category], i) => ({ ticket_id: String(i), category, location: [108.26167, lat] }));
  const near = { op: "concerning", dataset: "feedback-tickets", near: { location: "location", km: 3 } };
  const pipeline = [
    ...newestRain,
    { op: "roll-up", measures: ["rain"] },
    { ...near, where: "category == 'odour'", measures: { t: "count()" } },
    table("t"),
  ];
  const frame = frameOf(pipeline, ["station"], { "feedback-tickets": tickets });
  expect([cell(frame, "value", "rg-suoi-da"), cell(frame, "value", "rg-hoa-son")]).toEqual([1, 0]);
});

test("marks back from now, changes between them, and what is inside a unit", () => {
  const every = (mm: number) => readingsUntil(now - 7 * 60_000, hour / 6, Array<number>(432).fill(mm));
  const moved = (values: (number | null)[]) => readingsUntil(now - hour, 24 * hour, values);
  const pipeline = [
    ...newestRain,
    { op: "change", measures: { moved: "displacement" }, by: 1 },
    {
      ...byUnit,
      largest: { rain_inside: "rain", moved: "moved" },
      counted: { sensors: "displacement" },
    },
    { op: "keep-subjects", where: "rain_inside > 0 or sensors > 0" },
    table("rain", "rain_inside", "moved", "sensors"),
  ];
  const frame = frameOf(
    pipeline,
    ["ward"],
    {},
    {
      "rg-suoi-da:rain": every(0.1),
      "ls-duong-hoang-sa-suoi-om-son-tra:rain": every(0.3),
      "ls-duong-hoang-sa-suoi-om-son-tra:displacement": moved([5, 7, 12.5]),
      "rg-hoa-son:rain": every(0.2),
      "ls-tra-leng:displacement": moved([5, null, 12.5]),
    },
  );
  const said = (unit: string) =>
    ["rain_inside", "moved", "sensors"].map((column) => {
      const value = cell(frame, column, unit);
      return typeof value === "number" ? Number(value.toFixed(6)) : value;
    });
  expect(frame.rows.map(([unit]) => unit).toSorted()).toEqual(["20200", "20263", "20938"]);
  expect([said("20263"), said("20200"), said("20938")]).toEqual([
    [43.2, 5.5, 1],
    [28.8, null, 0],
    [null, null, 1],
  ]);
});
