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

const calls = datasetDefinition.parse({
  id: "calls",
  name: text,
  group: "safety",
  publisher: "ioc",
  frequency: "PT1H",
  classification: "open",
  licence: "CC-BY-4.0",
  origin: "sent",
  source: text,
  columns: [
    { id: "call", type: "string", key: true },
    {
      id: "kind",
      type: "category",
      values: [
        { id: "fire", name: { vi: "Cháy", en: "Fire" } },
        { id: "help", name: text },
      ],
    },
    { id: "agency_id", type: "category" },
    { id: "area_code", type: "category" },
    { id: "minutes", type: "number" },
  ],
});
const network: Network = { ...city, datasets: [calls] };
const ward = city.areas.find((area) => area.scheme === city.scheme && area.level === "ward")?.id ?? "";

const rows = [
  { call: "1", kind: "fire", agency_id: "police", area_code: ward, minutes: 4 },
  { call: "2", kind: "fire", agency_id: "police", area_code: ward, minutes: 12 },
  { call: "3", kind: "help", agency_id: "doh", area_code: ward, minutes: 8 },
  { call: "4", kind: "help", agency_id: "doh", area_code: "danang", minutes: null },
];

function made(step: Record<string, unknown>) {
  return statisticDefinition.parse({
    id: "test-calls",
    domain: "safety",
    name: text,
    question: text,
    measures: text,
    input: [{ dataset: "calls", columns: ["kind", "minutes"] }],
    pipeline: [
      { op: "rows", dataset: "calls" },
      { op: "derive", columns: { speed: "if(minutes < 5, 'quick', if(minutes >= 5, 'slow', null))" } },
      { op: "matrix", valueName: text, ...step },
    ],
    unit: "{calls}",
    decimals: 1,
    window: "P1D",
    groups: ["city", "agency", "ward"],
    rollUp: "sum",
    refreshSeconds: 3600,
    audience: ["operator"],
    chart: "heatmap",
    method: text,
    source: text,
  });
}

const speed = { of: "speed", name: text, order: ["quick", "slow"] };
const kind = { of: "kind", by: { agency: "agency_id" }, name: text };

function frameOf(step: Record<string, unknown>, view: { group?: string; subject?: string } = {}) {
  const definition = made(step);
  expect(checkStatistic(definition, network)).toEqual([]);
  const table = tableOfRows(calls, rows, { timeZone: city.timezone, updatedAt: now, synthetic: true });
  return evaluate(
    planOf(definition, network, viewOf(definition, network, view), now),
    { ...dataOf({}), rows: () => table },
    now,
  );
}

test("every pair of places has a cell; a count of nothing is 0, a mean of nothing is null", () => {
  const counted = frameOf({ x: speed, y: kind, value: "count()" });
  expect(counted.rows).toEqual([
    ["quick", "fire", 1],
    ["slow", "fire", 1],
    ["quick", "help", 0],
    ["slow", "help", 1],
  ]);
  // the fourth call has no speed but counts in the whole
  expect(counted.value).toBe(4);
  expect(counted.columns.map(({ role }) => role)).toEqual(["x", "y", "value"]);
  expect(counted.columns[1]?.labels).toMatchObject({ fire: { vi: "Cháy" } });
  expect(frameOf({ x: speed, y: kind, value: "mean(minutes)" }).rows.map((row) => row[2])).toEqual([4, 12, null, 8]);
});

test("another axis in another view, with the names of agencies; facts feed the headline", () => {
  const step = {
    x: speed,
    y: kind,
    value: "count()",
    facts: { known: "count(minutes != null)" },
    headline: "100 * known / count()",
  };
  const frame = frameOf(step, { group: "agency" });
  expect(frame.rows.map((row) => row[1])).toEqual(["doh", "doh", "police", "police"]);
  expect(frame.columns[1]?.labels?.["doh"]).toEqual(city.agencies.find(({ id }) => id === "doh")?.name);
  expect(frame.value).toBe(75);
});

test("only rows of the view, and only the fullest places", () => {
  expect(frameOf({ x: speed, y: kind, value: "count()" }, { group: "ward", subject: ward }).value).toBe(3);
  const top = frameOf({ x: speed, y: { ...kind, top: 1 }, value: "count()" });
  expect([...new Set(top.rows.map((row) => row[1]))]).toEqual(["fire"]);
});
