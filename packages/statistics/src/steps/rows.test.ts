import { tableOfRows } from "@ioc/catalogue";
import { datasetDefinition, statisticDefinition } from "@ioc/contracts";
import type { Network } from "@ioc/contracts";
import { expect, test } from "vitest";
import { checkStatistic } from "../check.ts";
import { evaluate, planOf } from "../evaluate.ts";
import { dataOf, network as city } from "../test-city.ts";
import { viewOf } from "../view.ts";

const text = { vi: "Một", en: "One" };
const now = Date.parse("2026-11-02T10:00:00+07:00");

function dataset(id: string, columns: unknown[]) {
  const about = { name: text, group: "economy", publisher: "stats", frequency: "P1M", classification: "open" };
  return datasetDefinition.parse({ ...about, id, licence: "CC-BY-4.0", origin: "sent", source: text, columns });
}

const visits = dataset("visits", [
  { id: "visit", type: "string", key: true },
  { id: "country", type: "category" },
  { id: "shop", type: "string" },
  { id: "people", type: "number" },
]);
const shops = dataset("shops", [
  { id: "code", type: "string", key: true },
  { id: "title", type: "string" },
]);
const network: Network = {
  ...city,
  datasets: [visits, shops],
  reference: { limits: { basis: "project", size: { most: 7 } } },
};
const rows: Record<string, Record<string, unknown>[]> = {
  visits: [
    { visit: "1", country: "vn", shop: "a", people: 5 },
    { visit: "2", country: "kr", shop: "a", people: 20 },
    { visit: "3", country: "jp", shop: "b", people: 10 },
    { visit: "4", country: "others", shop: "c", people: 40 },
  ],
  shops: [
    { code: "a", title: "Chợ Hàn" },
    { code: "b", title: "Chợ Cồn" },
  ],
};

function made(pipeline: unknown[]) {
  return statisticDefinition.parse({
    id: "test-visits",
    domain: "economy",
    name: text,
    question: text,
    measures: text,
    input: [
      { dataset: "visits", columns: ["country", "shop", "people"] },
      { dataset: "shops", columns: ["code", "title"] },
    ],
    pipeline,
    unit: "{people}",
    decimals: 1,
    window: "P1M",
    groups: ["city", "shop"],
    rollUp: "sum",
    refreshSeconds: 3600,
    audience: ["operator"],
    chart: "bar",
    method: text,
    source: text,
  });
}

function frameOf(pipeline: unknown[], group = "city") {
  const definition = made(pipeline);
  expect(checkStatistic(definition, network)).toEqual([]);
  const table = (id: string) =>
    tableOfRows(id === "shops" ? shops : visits, rows[id] ?? [], {
      timeZone: city.timezone,
      updatedAt: now,
      synthetic: true,
    });
  return evaluate(
    planOf(definition, network, viewOf(definition, network, { group }), now),
    { ...dataOf({}), rows: table },
    now,
  );
}

test("a joined text names the codes of a column; codes without a row keep their own", () => {
  const frame = frameOf(
    [
      { op: "rows", dataset: "visits" },
      { op: "join", dataset: "shops", on: { shop: "code" }, names: { shop: "title" } },
      { op: "tally", measures: { people: "sum(people)" } },
      { op: "table", value: { measure: "people", name: text } },
    ],
    "shop",
  );
  expect(frame.columns[0]?.labels).toEqual({
    a: { vi: "Chợ Hàn", en: "Chợ Hàn" },
    b: { vi: "Chợ Cồn", en: "Chợ Cồn" },
  });
  expect(frame.rows.map((row) => row.slice(0, 2))).toEqual([
    ["c", 40],
    ["a", 25],
    ["b", 10],
  ]);
});

test("a number of a reference table stands in every row; one that is missing is told before any data", () => {
  const capped = (path: string) => [
    { op: "rows", dataset: "visits" },
    { op: "constants", table: "limits", columns: { most: path } },
    { op: "derive", columns: { counted: "if(people > most, most, people)" } },
    { op: "tally", measures: { people: "sum(counted)" } },
    { op: "table", value: { measure: "people", name: text } },
  ];
  expect(frameOf(capped("size.most")).value).toBe(26);
  expect(checkStatistic(made(capped("size.least")), network)).toEqual([
    `pipeline[1] (constants): reference table "limits" has no number at "size.least"`,
  ]);
});

test("what is called others joins the rest, however large, and is not the largest class", () => {
  const frame = frameOf([
    { op: "rows", dataset: "visits" },
    { op: "tally", measures: { people: "sum(people)" }, classes: { of: "country", value: "sum(people)", top: 2 } },
    { op: "stack", classes: "class", headline: "people", classRole: "x", names: { class: text, value: text } },
    { op: "figures", items: [{ fact: "largestValue", name: text, unit: "{people}", decimals: 0 }] },
    { op: "finding", cases: [{ vi: "{largest}", en: "{largest} {largestShare|1}" }] },
  ]);
  expect(frame.rows).toEqual([
    ["kr", 20],
    ["jp", 10],
    ["others", 45],
  ]);
  expect([frame.figures[0]?.value, frame.finding?.en]).toEqual([20, "kr 26.7"]);
});
