import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { StatisticDefinition } from "@ioc/contracts";
import { requireSharedData, sharedData } from "@ioc/testkit";
import { evaluate, planOf } from "./evaluate.ts";
import type { Reading } from "./operators/water.ts";
import { dataOf, day, definitionOf, hour, minute, networkWith, stream } from "./test-city.ts";
import { viewOf } from "./view.ts";

/** Hours of a year on the Interstate 94, by the local time they start at; played as if it were the city's. */
function hoursOf(): { date: string; hour: number; volume: number }[] {
  const text = gunzipSync(readFileSync(sharedData("traffic-i94", "traffic_hourly.csv.gz"))).toString("utf8");
  const [head = "", ...lines] = text.trim().split("\n");
  const at = head.split(",").indexOf("traffic_volume");
  return lines.map((line) => {
    const cells = line.split(",");
    const [date = "", clock = ""] = (cells[0] ?? "").split(" ");
    return { date, hour: Number(clock.slice(0, 2)), volume: Number(cells[at]) };
  });
}

const counter = "tc-cau-rong";

describe.skipIf(!requireSharedData("traffic-i94"))("a year on the Interstate 94", () => {
  const all = hoursOf();
  const definition: StatisticDefinition = definitionOf("tr-hour-week-profile");
  const network = networkWith([counter]);

  /** Twelve totals an hour that make up its volume, as cars. */
  const readings: Record<string, Reading[]> = {};
  for (const property of ["moto", "car", "bus", "truck"]) {
    readings[stream(counter, property)] = all.flatMap(({ date, hour: start, volume }) => {
      const begin = Date.parse(`${date}T00:00:00+07:00`) + start * hour;
      const value = property === "car" ? volume / 12 : 0;
      return Array.from({ length: 12 }, (_, i) => ({ time: begin + (i + 1) * 5 * minute, value }));
    });
  }

  /** Plain tables: sums and counts by weekday of the calendar and hour. */
  function expected(from: string, to: string, holidays: readonly string[]) {
    const sums = new Map<string, { n: number; sum: number }>();
    let [n, sum] = [0, 0];
    for (const { date, hour: start, volume } of all) {
      if (date < from || date >= to || holidays.includes(date)) continue;
      const weekday = new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
      const cell = sums.get(`${weekday} ${start}`) ?? { n: 0, sum: 0 };
      sums.set(`${weekday} ${start}`, { n: cell.n + 1, sum: cell.sum + volume });
      n += 1;
      sum += volume;
    }
    return new Map([...sums].map(([cell, one]) => [cell, { n: one.n, value: one.sum / one.n / (sum / n) }]));
  }

  test.each([
    // 56 days back from midnight, which begin with Labour Day; the holidays are those of the city.
    ["2017-06-26", ["2017-05-01"]],
    ["2017-08-28", [] as string[]],
    // The national day falls into these eight weeks.
    ["2017-09-18", ["2017-09-02"]],
    ["2017-02-20", ["2017-01-01"]],
  ])("the eight weeks before %s equal a plain calculation, cell by cell", (date, holidays) => {
    const now = Date.parse(`${date}T00:00:00+07:00`);
    const from = new Date(Date.parse(`${date}T00:00:00Z`) - 56 * day).toISOString().slice(0, 10);
    const frame = evaluate(planOf(definition, network, viewOf(definition, network, {}), now), dataOf(readings), now);
    const plain = expected(from, date, holidays);
    expect([frame.status, frame.coverage, frame.rows.length, plain.size]).toEqual(["ok", 1, 168, 168]);
    for (const [start, weekday, value, n] of frame.rows as [number, number, number, number][]) {
      const cell = plain.get(`${weekday} ${start}`);
      expect([weekday, start, n, value]).toEqual([weekday, start, cell?.n, expect.closeTo(cell?.value ?? 0, 9)]);
    }
    expect(frame.value).toBeCloseTo(Math.max(...[...plain.values()].map(({ value }) => value)), 9);
  });

  test("the rush of a working day is told, and Sunday at night is quiet", () => {
    const now = Date.parse("2017-06-26T00:00:00+07:00");
    const frame = evaluate(planOf(definition, network, viewOf(definition, network, {}), now), dataOf(readings), now);
    const at = (weekday: number, start: number) =>
      frame.rows.find((row) => row[0] === start && row[1] === weekday)?.[2] as number;
    expect(at(3, 16)).toBeGreaterThan(1.5);
    expect(at(3, 3)).toBeLessThan(0.3);
    expect(at(7, 7)).toBeLessThan(at(3, 7) / 2);
    expect(frame.finding?.en).toMatch(/^Fullest on (?:Monday|Tuesday|Wednesday|Thursday|Friday) from (?:15|16|17):00/);
  });
});
