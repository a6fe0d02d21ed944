import { describe, expect, test } from "vitest";
import { statisticDefinition } from "@ioc/contracts";
import type { Area, Network, Station, StatisticDefinition } from "@ioc/contracts";
import { parseSeries } from "@ioc/testkit";
import { checkStatistic } from "../check.ts";
import { evaluate, planOf } from "../evaluate.ts";
import { cell, dataOf, day, hour, network as city, readingsUntil } from "../test-city.ts";
import { viewOf } from "../view.ts";
import type { ViewRequest } from "../view.ts";

const text = { vi: "Một", en: "One" };
/** 3 November 2026, 00:00 in the city. */
const midnight = Date.parse("2026-11-03T00:00:00+07:00");
const now = midnight + 10 * hour;

function definition(pipeline: unknown[], more: Record<string, unknown> = {}): StatisticDefinition {
  return statisticDefinition.parse({
    id: "test-air",
    domain: "air",
    name: text,
    question: text,
    measures: text,
    input: [{ kind: "air-quality", properties: ["pm25"] }],
    pipeline,
    unit: "ug/m3",
    decimals: 1,
    window: "P1D",
    groups: ["city", "station"],
    rollUp: "mean",
    refreshSeconds: 3600,
    audience: ["public"],
    chart: "line",
    method: text,
    source: text,
    ...more,
  });
}

interface Given {
  network?: Network;
  view?: ViewRequest;
  /** Values of each station, one an hour, the last at `end`. */
  series?: Record<string, string>;
  every?: number;
  end?: number;
  rows?: Record<string, unknown[]>;
}

function frameOf(
  made: StatisticDefinition,
  { network = city, view = {}, series = {}, every = hour, end = now, rows = {} }: Given,
) {
  const ids = new Set(Object.keys(series).map((id) => id.split(":")[0]));
  const seen = { ...network, stations: network.stations.filter(({ id }) => ids.size === 0 || ids.has(id)) };
  const readings = Object.fromEntries(
    Object.entries(series).map(([id, values]) => [id, readingsUntil(end, every, parseSeries(values))]),
  );
  return evaluate(planOf(made, seen, viewOf(made, seen, view), now), dataOf(readings, rows, now), now);
}

const table = { op: "table", value: { measure: "mean", name: text } };

describe("running means", () => {
  const made = definition([
    { op: "hours", span: "PT12H", show: "PT4H" },
    { op: "running-mean", measures: { mean: "pm25" }, span: "PT4H", valid: 0.75 },
    { op: "roll-up", measures: ["mean"] },
    table,
  ]);

  test("the mean of the last intervals, three of four needed", () => {
    const frame = frameOf(made, { series: { "aq-nga-ba-hue:pm25": "1 2 3 4 _ 6 8 _ _" } });
    // Up to 07:00: 3 4 _ 6; 08:00: 4 _ 6 8; then two and three are missing.
    expect(frame.rows.map((row) => row[1])).toEqual(
      [13 / 3, 6, null, null].map((value) => (value === null ? null : Number(value.toPrecision(12)))),
    );
    expect([frame.value, frame.coverage, frame.status]).toEqual([null, 0.5, "insufficient"]);
  });
});

describe("figures by period of the intervals of each subject", () => {
  const made = definition(
    [
      { op: "hours", span: "P2D", align: "day" },
      { op: "roll-up", measures: ["pm25"] },
      { op: "bands", table: "vn_aqi", measure: "pm25", none: { id: "none", name: { vi: "Trống", en: "None" } } },
      {
        op: "by-period",
        period: "P1D",
        shown: 2,
        measures: { mean: "mean(pm25)", known: "count(pm25 != null)" },
        classes: {
          of: "band",
          value: "count()",
          more: { share: "100 * count() / known" },
          order: ["good", "moderate", "none"],
          only: true,
        },
      },
      {
        op: "stack",
        classes: "class",
        headline: "mean",
        columns: [{ measure: "share", name: text, unit: "%", decimals: 0 }],
        names: { class: text, value: text },
      },
    ],
    { completeness: 0 },
  );

  test("a value is rounded before it is put into a band; missing ones are a class of their own", () => {
    // The newest day: 50.4 rounds to 50 (good), 50.5 to 51 (moderate), the rest of the hours is missing.
    const frame = frameOf(made, { series: { "aq-nga-ba-hue:pm25": "10x23 50.4 50.4 50.4 50.5 _x20" }, end: midnight });
    expect(frame.columns.map(({ id }) => id)).toEqual(["time", "class", "value", "share"]);
    expect(frame.columns[1]?.labels).toMatchObject({ good: { vi: "Tốt" }, none: { en: "None" } });
    expect(frame.rows.map((row) => row.slice(1))).toEqual([
      ["good", 24, 100],
      ["moderate", 0, 0],
      ["none", 0, 0],
      ["good", 3, 75],
      ["moderate", 1, 25],
      ["none", 20, 500],
    ]);
    expect(frame.rows[0]?.[0]).toBe(midnight - 2 * day);
    expect([frame.value, frame.previous]).toEqual([50.425, 10]);
  });

  test("the whole is worked out from its own intervals", () => {
    const series = { "aq-nga-ba-hue:pm25": "20x23", "aq-trung-tam-tam-ky:pm25": "60x23" };
    const frame = frameOf(made, { series, end: midnight, view: { group: "station" } });
    // Each hour of the city is the mean of 20 and 60: always good, never moderate.
    expect(frame.value).toBe(40);
    expect(frame.rows.filter((row) => row[1] === "moderate").map((row) => row.slice(0, 3))).toEqual([
      ["aq-trung-tam-tam-ky", "moderate", 24],
      ["aq-nga-ba-hue", "moderate", 0],
    ]);
  });
});

describe("means of units weighted by people", () => {
  const degree = 1 / 111.19492664455873;
  const area = (id: string, lat: number): Area => ({
    ...(city.areas.find((one) => one.level === "ward") as Area),
    id,
    scheme: city.scheme,
    center: [lat, 108],
    offshore: false,
  });
  const station = (id: string, lat: number): Station => ({
    ...(city.stations.find((one) => one.kind === "air-quality") as Station),
    id,
    lat,
    lon: 108,
  });
  const network: Network = {
    ...city,
    areas: [...city.areas.filter(({ level }) => level === "city"), area("w1", 16), area("w2", 17)],
    stations: [
      station("s1", 16 + degree),
      station("s2", 16 - 2 * degree),
      station("s3", 16 + 4 * degree),
      ...[1, 2, 3].map((n) => station(`t${n}`, 17 + n * degree)),
    ],
  };
  const made = definition(
    [
      { op: "days", span: "P1D" },
      {
        op: "areal-mean",
        measures: ["pm25"],
        power: 2,
        nearest: 3,
        floorKm: 0.5,
        city: "units",
        weights: { dataset: "population-by-ward", value: "population", newest: "year" },
      },
      { op: "table", value: { measure: "pm25", name: text }, layout: "latest" },
    ],
    {
      input: [
        { kind: "air-quality", properties: ["pm25"] },
        { dataset: "population-by-ward", columns: ["population", "area_code"] },
      ],
      decimals: 2,
    },
  );
  const people = (year: number, area_code: string, population: number, scheme = city.scheme) => ({
    year,
    area_code,
    population,
    scheme,
  });
  const series = Object.fromEntries(
    [
      ["s1", 20],
      ["s2", 16],
      ["s3", 12],
      ["t1", 15],
      ["t2", 15],
      ["t3", 15],
    ].map(([id, value]) => [`${id}:pm25`, `${value}x23`]),
  );

  test("stations at 1, 2 and 4 km with 20, 16 and 12 make 18.86; with 30,000 and 10,000 people the city has 17.89", () => {
    const rows = {
      "population-by-ward": [
        people(2025, "w1", 30_000),
        people(2025, "w2", 10_000),
        people(2020, "w2", 90_000),
        people(2025, "w9", 5, "dn-2024"),
      ],
    };
    const frame = frameOf(made, { network, series, end: midnight, rows });
    expect(frame.rows.map((row) => row[0])).toEqual(["w1", "w2"]);
    expect(cell(frame, "value", "w1")).toBeCloseTo(24.75 / 1.3125, 6);
    expect(cell(frame, "value", "w2")).toBeCloseTo(15, 9);
    expect(frame.value).toBeCloseTo((3 * (24.75 / 1.3125) + 15) / 4, 6);
    expect(frame.value).toBeCloseTo(17.89, 2);
  });

  test("without people there is no mean", () => {
    const frame = frameOf(made, { network, series, end: midnight, rows: { "population-by-ward": [] } });
    expect([frame.value, frame.rows]).toEqual([null, []]);
  });

  test("a dataset that is not among the inputs is a mistake", () => {
    const { pipeline, ...rest } = made;
    const missing = statisticDefinition.parse({
      ...rest,
      pipeline,
      input: [{ kind: "air-quality", properties: ["pm25"] }],
    });
    expect(checkStatistic(missing, city)).toEqual([
      'pipeline[1] (areal-mean): dataset "population-by-ward" is not among the inputs',
    ]);
  });
});

describe("hours since the start of a month", () => {
  test("begin with the first hour of the month and reach back as far as asked", () => {
    const made = definition([
      { op: "hours", since: "month", before: "PT2H", align: "day" },
      { op: "roll-up", measures: ["pm25"] },
      { op: "table", value: { measure: "pm25", name: text } },
    ]);
    const frame = frameOf(made, { series: { "aq-nga-ba-hue:pm25": "5x99" }, end: midnight });
    expect(frame.rows).toHaveLength(50);
    expect(frame.rows[0]?.[0]).toBe(Date.parse("2026-10-31T23:00:00+07:00"));
    expect(frame.rows.at(-1)?.[0]).toBe(midnight);
  });
});

describe("rows with places, and the newest of each", () => {
  const sample = (beach_id: string, sampled_on: string, enterococci: number) => ({ beach_id, sampled_on, enterococci });
  const made = (count: number) =>
    definition(
      [
        { op: "rows", dataset: "bathing-water-samples" },
        { op: "newest-of", by: ["beach_id"], at: "sampled_on", count },
        { op: "places", of: "beach_id", prefix: "ss-bai-bien-" },
        { op: "tally", measures: { mean: "mean(enterococci)", lat: "mean(lat)", lon: "mean(lon)" } },
        { ...table, layout: "latest" },
        {
          op: "thresholds",
          table: "bathing_water",
          as: "numbers",
          numbers: [
            { at: "enterococci.good", name: text },
            { at: "enterococci.excellent", name: text, basis: "project" },
          ],
        },
      ],
      {
        input: [{ dataset: "bathing-water-samples", columns: ["beach_id", "sampled_on", "enterococci"] }],
        groups: ["beach_id"],
      },
    );
  const rows = {
    "bathing-water-samples": [
      sample("my-khe", "2026-10-20", 30),
      sample("my-khe", "2026-10-27", 10),
      sample("my-khe", "2026-10-13", 500),
      sample("nam-o", "2026-10-27", 7),
    ],
  };

  test("two newest samples of each beach, drawn where its station stands", () => {
    const frame = frameOf(made(2), { rows });
    const buoy = city.stations.find(({ id }) => id === "ss-bai-bien-my-khe");
    expect([cell(frame, "value", "my-khe"), cell(frame, "value", "nam-o")]).toEqual([20, 7]);
    expect([cell(frame, "lat", "my-khe"), cell(frame, "lon", "my-khe")]).toEqual([buoy?.lat, buoy?.lon]);
    expect(cell(frameOf(made(1), { rows }), "value", "my-khe")).toBe(10);
  });

  test("single numbers of a table become thresholds with their basis, smallest first", () => {
    const frame = frameOf(made(1), { rows });
    expect(frame.thresholds.map(({ value, basis }) => [value, basis])).toEqual([
      [100, "project"],
      [200, "borrowed"],
    ]);
  });

  test("a number that the table does not have is a mistake", () => {
    const broken = made(1);
    const thresholds = {
      op: "thresholds",
      table: "bathing_water",
      as: "numbers",
      numbers: [{ at: "ecoli.best", name: text }],
    };
    const wrong = { ...broken, pipeline: [...broken.pipeline.slice(0, -1), thresholds] };
    expect(checkStatistic(wrong, city)).toEqual([
      'pipeline[5] (thresholds): reference table "bathing_water" has no number at "ecoli.best"',
    ]);
  });
});

describe("classes side by side", () => {
  const made = definition([
    { op: "hours", span: "PT4H" },
    { op: "as-rows", measures: { pm25: "pm25" } },
    { op: "tally", measures: { low: "lowest(pm25)", high: "highest(pm25)", mean: "mean(pm25)" } },
    {
      op: "stack",
      classes: ["low", "high"],
      labels: { low: { vi: "Thấp", en: "Low" }, high: { vi: "Cao", en: "High" } },
      classRole: "x",
      layouts: { station: "subject" },
      headline: "mean",
      names: { class: text, value: text },
    },
  ]);
  const series = { "aq-nga-ba-hue:pm25": "1 2 3 6", "aq-trung-tam-tam-ky:pm25": "5x3" };

  test("measures as classes: by station as rows of a heatmap, the larger headline first", () => {
    const frame = frameOf(made, { series, view: { group: "station" } });
    expect(frame.columns.map(({ id, role }) => [id, role])).toEqual([
      ["subject", "y"],
      ["class", "x"],
      ["value", "value"],
    ]);
    expect(frame.rows).toEqual([
      ["aq-trung-tam-tam-ky", "low", 5],
      ["aq-trung-tam-tam-ky", "high", 5],
      ["aq-nga-ba-hue", "low", 1],
      ["aq-nga-ba-hue", "high", 6],
    ]);
  });

  test("of the city, and of one station, a row a class", () => {
    expect(frameOf(made, { series }).rows).toEqual([
      ["low", 1],
      ["high", 6],
    ]);
    const one = frameOf(made, { series, view: { subject: "aq-nga-ba-hue" } });
    expect([one.value, one.rows]).toEqual([
      3,
      [
        ["low", 1],
        ["high", 6],
      ],
    ]);
  });
});
