import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { requireSharedData, sharedData } from "@ioc/testkit";
import type { Network, Station, StatisticDefinition } from "@ioc/contracts";
import { evaluate, planOf } from "./evaluate.ts";
import type { Reading } from "./operators/water.ts";
import { dataOf, definitionOf, network as city, stream } from "./test-city.ts";
import { viewOf } from "./view.ts";

/** Hour values of eight stations, local time UTC+8, labelled by their end. */
const names = [
  "Aotizhongxin",
  "Changping",
  "Dingling",
  "Guanyuan",
  "Huairou",
  "Nongzhanguan",
  "Tiantan",
  "Wanshouxigong",
];
const columns = { pm25: "PM2.5", pm10: "PM10", so2: "SO2", no2: "NO2", co: "CO", o3: "O3" } as const;
type Pollutant = keyof typeof columns;
const hourMs = 3_600_000;
const offset = 8 * hourMs;
const firstDay = Date.UTC(2016, 11, 1) - offset;
const lastDay = Date.UTC(2017, 1, 27) - offset;

type Hours = Map<number, Partial<Record<Pollutant, number>>>;

function hoursOf(name: string): Hours {
  const file = sharedData("air-beijing-multisite", `PRSA_Data_${name}_20130301-20170228.csv.gz`);
  const [head = "", ...lines] = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  const header = head.split(",").map((cell) => cell.replaceAll('"', "").trim());
  const hours: Hours = new Map();
  for (const line of lines) {
    const cells = line.split(",");
    const read = (column: string) => Number(cells[header.indexOf(column)]);
    const time = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour")) - offset;
    if (time < firstDay - 48 * hourMs) continue;
    const values: Partial<Record<Pollutant, number>> = {};
    for (const [pollutant, column] of Object.entries(columns) as [Pollutant, string][]) {
      const value = read(column);
      if (Number.isFinite(value)) values[pollutant] = value;
    }
    hours.set(time, values);
  }
  return hours;
}

/** Decision 1459 once more, written straight from its tables: pairs of concentration and index. */
const steps: Record<string, [number, number][]> = {
  pm25: [
    [0, 0],
    [25, 50],
    [50, 100],
    [80, 150],
    [150, 200],
    [250, 300],
    [350, 400],
    [500, 500],
  ],
  pm10: [
    [0, 0],
    [50, 50],
    [150, 100],
    [250, 150],
    [350, 200],
    [420, 300],
    [500, 400],
    [600, 500],
  ],
  so2: [
    [0, 0],
    [125, 50],
    [350, 100],
    [550, 150],
    [800, 200],
    [1600, 300],
    [2100, 400],
    [2630, 500],
  ],
  no2: [
    [0, 0],
    [100, 50],
    [200, 100],
    [700, 150],
    [1200, 200],
    [2350, 300],
    [3100, 400],
    [3850, 500],
  ],
  co: [
    [0, 0],
    [10_000, 50],
    [30_000, 100],
    [45_000, 150],
    [60_000, 200],
    [90_000, 300],
    [120_000, 400],
    [150_000, 500],
  ],
  o3: [
    [0, 0],
    [160, 50],
    [200, 100],
    [300, 150],
    [400, 200],
    [800, 300],
    [1000, 400],
    [1200, 500],
  ],
  o38: [
    [0, 0],
    [100, 50],
    [120, 100],
    [170, 150],
    [210, 200],
    [400, 300],
  ],
};

function plainIndex(row: string, c: number): number | null {
  const table = steps[row] ?? [];
  for (const [i, [high, to]] of table.entries()) {
    if (i === 0 || c > high) continue;
    const [low, from] = table[i - 1] as [number, number];
    return ((to - from) / (high - low)) * (c - low) + from;
  }
  return row === "o38" ? null : 500;
}

/** Index of the day that starts at `start`; walks over single hours, no arrays of 24. */
function plainDay(hours: Hours, start: number): number | null {
  const total: Record<string, { n: number; sum: number; top: number }> = {};
  const note = (key: string, value: number) => {
    const known = (total[key] ??= { n: 0, sum: 0, top: -1 });
    known.n += 1;
    known.sum += value;
    known.top = Math.max(known.top, value);
  };
  for (let label = start + hourMs; label <= start + 24 * hourMs; label += hourMs) {
    for (const [key, value] of Object.entries(hours.get(label) ?? {})) note(key, value);
    let n = 0;
    let sum = 0;
    for (let back = 0; back < 8; back += 1) {
      const value = hours.get(label - back * hourMs)?.o3;
      if (value === undefined) continue;
      n += 1;
      sum += value;
    }
    if (n >= 6) note("o38", sum / n);
  }
  const indices: number[] = [];
  const push = (row: string, c: number | undefined) => {
    const index = c === undefined ? null : plainIndex(row, c);
    if (index !== null) indices.push(Math.floor(index + 0.5));
  };
  const pm = (["pm25", "pm10"] as const).filter((key) => (total[key]?.n ?? 0) >= 18);
  if (pm.length === 0) return null;
  for (const key of pm) push(key, (total[key]?.sum ?? 0) / (total[key]?.n ?? 1));
  for (const key of ["so2", "no2", "co", "o3", "o38"]) push(key, total[key]?.top);
  return Math.max(...indices);
}

const stationOf = (name: string): Station => ({
  ...(city.stations.find(({ kind }) => kind === "air-quality") as Station),
  id: `aq-${name.toLowerCase()}`,
  name: { vi: name, en: name },
});

describe.skipIf(!requireSharedData("air-beijing-multisite"))("VN_AQI of a winter in Beijing", () => {
  const stations = names.map(stationOf);
  const network: Network = { ...city, timezone: "Asia/Shanghai", stations };
  const definition: StatisticDefinition = definitionOf("air-vn-aqi-day");

  test("every day of eight stations from December 2016 to February 2017 equals a plain calculation", () => {
    let compared = 0;
    let missing = 0;
    let worst = { value: 0, day: "", name: "" };
    for (const [i, name] of names.entries()) {
      const hours = hoursOf(name);
      const id = stations[i]?.id ?? "";
      const series: Record<string, Reading[]> = {};
      for (const [time, values] of hours) {
        for (const [p, value] of Object.entries(values)) (series[stream(id, p)] ??= []).push({ time, value });
      }
      const now = lastDay + 30 * hourMs;
      const view = viewOf(definition, network, { group: "city", subject: id });
      const frame = evaluate(planOf(definition, network, view, now), dataOf(series), now);
      const found = new Map(frame.rows.map(([day, value]) => [day as number, value as number | null]));
      for (let day = firstDay; day <= lastDay; day += 24 * hourMs) {
        const expected = plainDay(hours, day);
        expect([name, new Date(day + offset).toISOString(), found.get(day)]).toEqual([
          name,
          new Date(day + offset).toISOString(),
          expected,
        ]);
        if (expected === null) missing += 1;
        compared += 1;
        if ((expected ?? 0) > worst.value) {
          worst = { value: expected ?? 0, day: new Date(day + offset).toISOString().slice(0, 10), name };
        }
      }
    }
    console.log(
      `${compared} days compared, ${missing} without enough hours; worst ${worst.value} on ${worst.day}, ${worst.name}`,
    );
    expect(compared).toBe(8 * 89);
    expect(missing).toBeLessThan(compared / 10);
    expect(worst.value).toBeGreaterThan(300);
  });
});
