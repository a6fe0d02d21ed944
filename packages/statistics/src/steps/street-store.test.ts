import { describe, expect, test } from "vitest";
import { statisticDefinition } from "@ioc/contracts";
import { evaluate, planOf } from "../evaluate.ts";
import type { Reading } from "../operators/water.ts";
import { cell, dataOf, hour, minute, networkWith, pack } from "../test-city.ts";
import { problemsOf } from "../test-pipeline.ts";
import { viewOf } from "../view.ts";

const now = Date.parse("2026-11-25T10:00:00+07:00");
const ten = 10 * minute;
/** Drains 40 mm/h to a lake that spills from 2.5 m; one gauge stands beside it, the next 2.5 km away. */
const street = "sf-ho-thac-gian";
const gauge = "rg-ho-thac-gian";
const other = "rg-kenh-nguyen-dinh-tuu";
const lake = "ll-ho-thac-gian-vinh-trung";
const sea = "td-cua-song-han-thuan-phuoc";
const stations = [street, gauge, other, lake, sea];

/** The operator as the warning has it. */
const store = pack.warnings.find(({ id }) => id === "w-street-flood-nowcast")!.frame!.pipeline[0]!;
const input = [
  { kind: "street-flood", properties: ["depth"] },
  { kind: "rain-gauge", properties: ["rain"] },
  { kind: "lake-level", properties: ["level"] },
  { kind: "tide", properties: ["level"] },
  { dataset: "rain-nowcast", columns: ["issued_at"] },
];
const text = { vi: "Một", en: "One" };
const columns = ["stored", "rain30", "rain60", "over", "tide", "nowcast"];
const pipeline = [
  store,
  { op: "tally", measures: Object.fromEntries(["f", ...columns].map((name) => [name, `highest(${name})`])) },
  {
    op: "table",
    layout: "latest",
    value: { measure: "f", name: text },
    columns: columns.map((measure) => ({ measure, unit: "1", decimals: 6, name: text })),
  },
];

/** Ten-minute values of which the last is at `end`. */
const series = (values: readonly number[], end = now): Reading[] =>
  values.map((value, i) => ({ time: end - (values.length - 1 - i) * ten, value }));

const iso = (time: number) => new Date(time).toISOString();
/** What an issue expects of the ten minutes after it, one value each. */
const nowcast = (values: readonly number[], issued = now, at = gauge) =>
  values.map((value, i) => ({
    issued_at: iso(issued),
    valid_at: iso(issued + (i + 1) * ten),
    station_id: at,
    rain_mm_10min: value,
  }));

interface Given {
  rain?: readonly Reading[];
  more?: Readonly<Record<string, readonly Reading[]>>;
  rows?: readonly unknown[];
  at?: number;
  attributes?: Record<string, number | string>;
}

function frameOf({ rain = series([0, 0]), more = {}, rows = [], at = now, attributes }: Given) {
  const definition = statisticDefinition.parse({
    id: "test",
    domain: "flood",
    name: text,
    question: text,
    measures: text,
    input,
    pipeline,
    unit: "m",
    decimals: 3,
    window: "PT10M",
    groups: ["station"],
    rollUp: "none",
    refreshSeconds: 600,
    chart: "table",
    audience: ["operator"],
    method: text,
    source: text,
  });
  const kept = networkWith(stations);
  const changed = kept.stations.map((one) => (one.id === street && attributes ? { ...one, attributes } : one));
  const city = { ...kept, stations: changed };
  const data = dataOf({ [`${gauge}:rain`]: rain, ...more }, { "rain-nowcast": rows }, at);
  return evaluate(planOf(definition, city, viewOf(definition, city, {}), at), data, at);
}

const read = (frame: ReturnType<typeof frameOf>, column: string) => cell(frame, column, street) as number | null;
/** Depth of the stored water, m. */
const depth = (mm: number) => 0.004 * mm ** 0.9;

test("the worked example of the catalogue: 20 mm in each of three steps against 40 mm/h, measured or expected", () => {
  for (const [steps, stored, f] of [
    [1, "13.3", "0.041"],
    [2, "26.7", "0.077"],
    [3, "40.0", "0.111"],
  ] as const) {
    const fallen = Array<number>(steps).fill(20);
    const measured = frameOf({ rain: series([0, ...fallen]), rows: nowcast([0, 0, 0, 0, 0, 0]) });
    expect([read(measured, "stored")?.toFixed(1), read(measured, "value")?.toFixed(3)]).toEqual([stored, f]);
    const expected = frameOf({ rows: nowcast([...fallen, 0, 0, 0]) });
    expect([read(expected, "stored"), read(expected, "value")?.toFixed(3)]).toEqual([0, f]);
  }
});

describe("what is expected", () => {
  test("without a nowcast the present rain dies away by half every 20 minutes; an old one is none", () => {
    // 20 mm of rain: 13.3 stored, then 14.1, 10, 7.07 mm less 6.67 each.
    const expected = depth(20 - 20 / 3 + 20 * (Math.SQRT1_2 + 0.5 + Math.SQRT1_2 / 2) - 20);
    const old = nowcast(Array<number>(10).fill(60), now - 40 * minute);
    for (const rows of [[], old, nowcast([60, 60], now, other)]) {
      const frame = frameOf({ rain: series([0, 20]), rows });
      expect(read(frame, "value")).toBeCloseTo(expected, 9);
      expect(read(frame, "nowcast")).toBe(0);
    }
  });

  test("of several issues the newest counts, also when an older one comes late, but none of the future", () => {
    const issues = [nowcast([0, 0, 0, 0, 0, 0]), nowcast([40, 40, 40, 40], now - ten), nowcast([50], now + ten)];
    for (const rows of [issues.flat(), issues.toReversed().flat()]) {
      expect([read(frameOf({ rows }), "value"), read(frameOf({ rows }), "nowcast")]).toEqual([0, 1]);
    }
  });

  test("a nowcast in half hours is joined by lines", () => {
    const rows = nowcast([0, 0, 30, 0, 0, 30]).filter(({ rain_mm_10min }) => rain_mm_10min === 30);
    // 10, 20, 30, 30, 30, 30 mm less 6.67 each.
    expect(read(frameOf({ rows }), "value")).toBeCloseTo(depth(150 - 40), 9);
  });

  test("a step that the gauge is late with is taken from the nowcast", () => {
    const rows = nowcast([40, 20, 20, 0, 0, 0], now - ten);
    const late = frameOf({ rain: series([0, 0], now - ten), rows });
    // 33.3 mm in the step that ends now, twice 13.3 more.
    expect(read(late, "value")).toBeCloseTo(depth(60), 9);
    const come = frameOf({ rain: series([0, 0, 10]), rows });
    expect(read(come, "value")).toBeCloseTo(depth(10 - 20 / 3 + 2 * (40 / 3)), 9);
  });
});

describe("what a street has to carry", () => {
  test("while the lake stands above its spill level nothing drains", () => {
    const given = { rain: series([0, 10, 10, 10]), rows: nowcast([10, 10, 10, 10, 10, 10]) };
    const free = frameOf({ ...given, more: { [`${lake}:level`]: series([2.5, 2.5, 2.5, 2.5]) } });
    expect([read(free, "stored"), read(free, "over")]).toEqual([10, 0]);
    expect(read(free, "value")).toBeCloseTo(depth(30), 9);
    const full = frameOf({ ...given, more: { [`${lake}:level`]: series([2.6, 2.6, 2.6, 2.6]) } });
    expect([read(full, "stored"), read(full, "over")]).toEqual([30, 0.1]);
    expect(read(full, "value")).toBeCloseTo(depth(90), 9);
    // It was full for one step only.
    const once = frameOf({ ...given, more: { [`${lake}:level`]: series([2.5, 2.6, 2.5, 2.5]) } });
    expect(read(once, "stored")).toBeCloseTo(10 + 2 * (10 / 3), 9);
  });

  test("a street without a lake or river to drain to has its drain; one without a drain has no row, and harms no other", () => {
    const given = { rain: series([0, 20]), more: { [`${lake}:level`]: series([3, 3]) } };
    expect(read(frameOf({ ...given, attributes: { drain_mm_h: 40 } }), "stored")).toBeCloseTo(40 / 3, 9);
    for (const attributes of [{ receiver: lake }, { drain_mm_h: "", receiver: lake }]) {
      const frame = frameOf({ ...given, attributes });
      expect([frame.status, frame.error, frame.rows]).toEqual(["insufficient", null, []]);
    }
  });

  test("a street whose gauge is silent has no row; another one stands in when it has said nothing for long", () => {
    const next = { [`${other}:rain`]: series([0, 20]) };
    expect(read(frameOf({ rain: series([30], now - 20 * minute), more: next }), "rain60")).toBe(30);
    expect(frameOf({ rain: series([30, 30], now - 30 * minute), more: next }).rows).toEqual([]);
    expect(read(frameOf({ rain: series([30], now - 12 * hour), more: next }), "rain60")).toBe(20);
  });

  test("gaps in the rain are dry, sums end with the newest reading, what is older than the store's past is gone", () => {
    const rain = [...series([50], now - 12 * hour), ...series([20, 20], now - 40 * minute), ...series([1, 2])];
    const frame = frameOf({ rain });
    expect([read(frame, "rain30"), read(frame, "rain60")]).toEqual([3, 43]);
    // 26.7 mm 40 minutes ago, less two dry steps, then 1 and 2 mm.
    expect(read(frame, "stored")).toBeCloseTo(80 / 3 - 4 * (20 / 3) + 3, 9);
  });

  test("the sea at the nearest gauge, while it is fresh", () => {
    expect(read(frameOf({ more: { [`${sea}:level`]: series([1.1, 1.2]) } }), "tide")).toBe(1.2);
    expect(read(frameOf({ more: { [`${sea}:level`]: series([1.2], now - hour) } }), "tide")).toBeNull();
  });
});

test("the checker names inputs that are missing", () => {
  const problems = problemsOf({ input: input.slice(0, 1), pipeline, group: "station" });
  expect(problems.join("; ")).toContain('"rain" of rain-gauge is not among the inputs');
  expect(problems.join("; ")).toContain('"level" of tide is not among the inputs');
  expect(problems.join("; ")).toContain('dataset "rain-nowcast" is not among the inputs');
});
