import { tableOfRows } from "@ioc/catalogue";
import { datasetDefinition, statisticDefinition } from "@ioc/contracts";
import type { Network } from "@ioc/contracts";
import { describe, expect, test } from "vitest";
import { evaluate, planOf } from "../evaluate.ts";
import { cell, dataOf, network as city } from "../test-city.ts";
import { viewOf } from "../view.ts";
import type { ViewRequest } from "../view.ts";
import { checkStatistic } from "../check.ts";

const text = { vi: "Một", en: "One" };
/** Monday 2 November 2026, 10:00 in the city. */
const now = Date.parse("2026-11-02T10:00:00+07:00");

const trips = datasetDefinition.parse({
  id: "trips",
  name: text,
  group: "transport",
  publisher: "doc",
  frequency: "P1D",
  classification: "open",
  licence: "CC-BY-4.0",
  origin: "sent",
  source: text,
  columns: [
    { id: "trip", type: "string", key: true },
    { id: "day", type: "date" },
    {
      id: "route",
      type: "category",
      values: [
        { id: "r1", name: { vi: "Tuyến 1", en: "Route 1" } },
        { id: "r2", name: text },
      ],
    },
    { id: "area_code", type: "category" },
    { id: "boardings", type: "integer" },
    { id: "late", type: "boolean" },
  ],
});
const wards = city.areas.filter((area) => area.scheme === city.scheme && area.level === "ward").map(({ id }) => id);
const [first = "", second = ""] = wards;
const network: Network = { ...city, datasets: [trips] };

function definition(pipeline: unknown[], more: Record<string, unknown> = {}) {
  return statisticDefinition.parse({
    id: "test-trips",
    domain: "transport",
    name: text,
    question: text,
    measures: text,
    input: [{ dataset: "trips", columns: ["day", "route", "boardings", "late"] }],
    pipeline,
    unit: "%",
    decimals: 1,
    window: "P1M",
    groups: ["city", "ward", "route"],
    rollUp: "pooled",
    refreshSeconds: 3600,
    audience: ["public"],
    chart: "line",
    method: text,
    source: text,
    ...more,
  });
}

const table = { op: "table", value: { measure: "share", name: text } };

function frameOf(made: ReturnType<typeof definition>, rows: Record<string, unknown>[], view: ViewRequest = {}) {
  const numbered = rows.map((row, i) => ({ trip: String(i), ...row }));
  const made2 = tableOfRows(trips, numbered, { timeZone: city.timezone, updatedAt: now, synthetic: true });
  const plan = planOf(made, network, viewOf(made, network, view), now);
  return evaluate(plan, { ...dataOf({}), rows: () => made2 }, now, true);
}

const october = [
  { day: "2026-10-01", route: "r1", area_code: first, boardings: 10, late: false },
  { day: "2026-10-31", route: "r1", area_code: first, boardings: 30, late: true },
  { day: "2026-10-31", route: "r2", area_code: second, boardings: 60, late: false },
];
const shares = definition([
  { op: "rows", dataset: "trips" },
  {
    op: "tally",
    time: "day",
    period: "P1M",
    shown: 3,
    measures: {
      people: "sum(boardings)",
      tardy: "sum(boardings, late == 1)",
      share: "100 * tardy / people",
      trips: "count()",
    },
  },
  table,
]);

describe("figures by group and period", () => {
  test("a definition of them has no problems", () => {
    expect(checkStatistic(shares, network)).toEqual([]);
  });

  test("the newest month with rows gives the headline; ratios are pooled, not averaged", () => {
    const frame = frameOf(shares, [
      ...october,
      { day: "2026-09-30", route: "r1", boardings: 4, late: true, area_code: first },
    ]);
    // 30 of 100 people in October; all 4 in September
    expect([frame.value, frame.previous, frame.status, frame.synthetic]).toEqual([30, 100, "ok", true]);
    expect(frame.rows.map((row) => row[1])).toEqual([null, 100, 30]);
    expect(new Date(frame.rows[2]?.[0] as number).toISOString()).toBe("2026-09-30T17:00:00.000Z");
    expect(frame.window).toEqual({
      from: Date.parse("2026-10-01T00:00:00+07:00"),
      to: Date.parse("2026-11-01T00:00:00+07:00"),
    });
  });

  test("the running month, and the one that is over", () => {
    const rows = [...october, { day: "2026-11-01", route: "r1", boardings: 8, late: true, area_code: first }];
    const headed = (head: string) => {
      const [source, tally] = shares.pipeline;
      return frameOf(definition([source, { ...tally, head }, table]), rows).value;
    };
    expect([headed("running"), headed("complete"), headed("newest")]).toEqual([100, 30, 100]);
    // A row of a month that is yet to come counts only where it is asked for.
    rows.push({ day: "2026-12-05", route: "r1", boardings: 8, late: false, area_code: first });
    expect([headed("newest"), headed("ahead")]).toEqual([100, 0]);
  });

  test("by ward and by a column, with names of the codes", () => {
    const byWard = frameOf(shares, october, { group: "ward" });
    expect([cell(byWard, "value", first), cell(byWard, "value", second)]).toEqual([75, 0]);
    const byRoute = frameOf(shares, october, { group: "route" });
    expect(byRoute.columns[0]).toMatchObject({ id: "subject", type: "text", labels: { r1: { en: "Route 1" } } });
    expect(byRoute.rows.map((row) => row.slice(0, 2))).toEqual([
      ["r1", 75],
      ["r2", 0],
    ]);
    expect(frameOf(shares, october, { group: "route", subject: "r2" }).value).toBe(0);
    expect(frameOf(shares, october, { group: "ward", subject: first }).value).toBe(75);
  });

  test("the headline is of the whole view, rows without a subject in the grouping too", () => {
    const rows = [...october, { day: "2026-10-05", route: null, area_code: "danang", boardings: 100, late: true }];
    // 130 of 200 people; no ward and no route has the last row
    const frames = ["city", "ward", "route"].map((group) => frameOf(shares, rows, { group }));
    expect(frames.map(({ value }) => value)).toEqual([65, 65, 65]);
    expect(frames.map((frame) => frame.rows.length)).toEqual([3, 2, 2]);
    // asked for one ward, only its rows count
    expect(frameOf(shares, rows, { group: "ward", subject: second }).value).toBe(0);
  });

  test("nothing gives no value; counts are 0 where there are records, and nothing where there are none", () => {
    const none = frameOf(shares, []);
    expect([none.value, none.rows.length]).toEqual([null, 3]);
    const counted = definition([
      { op: "rows", dataset: "trips" },
      { op: "tally", time: "day", period: "P1M", head: "complete", measures: { share: "count(late == 1)" } },
      table,
    ]);
    expect(frameOf(counted, october.slice(0, 1)).value).toBe(0);
    expect(frameOf(counted, []).value).toBeNull();
  });

  test("months that were over before the first record have no count, one between records has 0", () => {
    const counted = definition([
      { op: "rows", dataset: "trips", where: "late == 1" },
      { op: "tally", time: "day", period: "P1M", shown: 5, head: "complete", measures: { share: "count()" } },
      table,
    ]);
    // the records begin in July with a trip that was in time; nobody was late before October
    const rows = [{ day: "2026-07-31", route: "r2", area_code: second, boardings: 5, late: false }, ...october];
    const frame = frameOf(counted, rows);
    expect(frame.rows.map((row) => row[1])).toEqual([null, 0, 0, 0, 1]);
    expect([frame.value, frame.previous]).toEqual([1, 0]);
    const first = frameOf(counted, october);
    expect([first.value, first.previous]).toEqual([1, null]);
  });

  test("classes by size with the rest as others, in percent by time", () => {
    const classes = { of: "route", value: "sum(boardings)", top: 1 };
    const made = definition([
      { op: "rows", dataset: "trips" },
      { op: "tally", time: "day", period: "P1M", shown: 1, measures: { people: "sum(boardings)" }, classes },
      { op: "stack", classes: "class", headline: "people", as: "percent", names: { class: text, value: text } },
    ]);
    const frame = frameOf(made, october);
    expect(frame.rows.map((row) => row.slice(1))).toEqual([
      ["r2", 60],
      ["others", 40],
    ]);
    expect(frame.columns[1]?.labels).toMatchObject({ r1: { vi: "Tuyến 1" }, others: { vi: "Khác" } });
  });

  test("running sums of the year and the value a year before", () => {
    const rows = [
      { day: "2025-10-05", boardings: 50 },
      { day: "2026-01-05", boardings: 20 },
      { day: "2026-10-05", boardings: 60 },
    ];
    const made = definition([
      { op: "rows", dataset: "trips" },
      { op: "tally", time: "day", period: "P1M", reach: 24, against: "year", measures: { people: "sum(boardings)" } },
      { op: "accumulate", measures: { year: "people" }, over: "year" },
      { op: "earlier", measures: { last: "people" }, by: 12 },
      { op: "formula", measures: { share: "100 * (people - last) / last" } },
      table,
      { op: "figures", items: [{ fact: "year", name: text, unit: "1", decimals: 0 }] },
    ]);
    const frame = frameOf(made, rows);
    // 60 against 50 a year before; 80 since January
    expect([frame.value, frame.figures[0]?.value]).toEqual([20, 80]);
  });

  test("too few of the usual rows make a period insufficient", () => {
    const made = definition([
      { op: "rows", dataset: "trips" },
      { op: "tally", time: "day", period: "P1M", shown: 3, coverage: "same", measures: { share: "sum(boardings)" } },
      table,
    ]);
    const month = (m: string, n: number) => Array.from({ length: n }, () => ({ day: `2026-${m}-03`, boardings: 1 }));
    const frame = frameOf(made, [...month("08", 4), ...month("09", 4), ...month("10", 2)]);
    expect([frame.value, frame.coverage, frame.status, frame.previous]).toEqual([null, 0.5, "insufficient", 4]);
  });

  test("a formula that cannot be read or names something unknown is told with its place", () => {
    const broken = definition([
      { op: "rows", dataset: "trips", where: "route = 'r1'" },
      { op: "tally", measures: { share: "sum(boardings" } },
      table,
    ]);
    expect(checkStatistic(broken, network)).toEqual([
      `pipeline[0] (rows): where: cannot read "=" at character 7 of "route = 'r1'"`,
      `pipeline[1] (tally): share: expected "," or ")", found "the end" at character 14 of "sum(boardings"`,
    ]);
    const unknown = definition([
      { op: "rows", dataset: "trips" },
      { op: "tally", measures: { share: "sum(riders)" } },
      table,
    ]);
    expect(() => frameOf(unknown, october)).toThrow('there is no column "riders"');
  });
});
