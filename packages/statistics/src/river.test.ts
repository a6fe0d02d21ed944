import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { statisticDefinition } from "@ioc/contracts";
import { requireSharedData, sharedData } from "@ioc/testkit";
import { checkStatistic } from "./check.ts";
import { evaluate, planOf } from "./evaluate.ts";
import type { Reading } from "./operators/water.ts";
import { dataOf, day, hour, network as city, networkWith, stream } from "./test-city.ts";
import { viewOf } from "./view.ts";

const gauge = "rl-hoi-khach";
const text = { vi: "Đường duy trì lưu lượng", en: "Flow-duration curve" };

const definition = statisticDefinition.parse({
  id: "test-flow-duration",
  domain: "weather-hydro",
  name: text,
  question: text,
  measures: text,
  input: [{ kind: "river-level", properties: ["discharge"] }],
  pipeline: [
    { op: "days", span: "P2557D" },
    { op: "duration-curve", measure: "discharge", percents: [1, 5, 10, 50, 70, 90, 95, 99], columns: { value: text } },
  ],
  unit: "m3/s",
  decimals: 2,
  window: "P7Y",
  groups: ["station"],
  rollUp: "none",
  refreshSeconds: 86_400,
  audience: ["operator"],
  chart: "line",
  method: text,
  source: text,
});

function curveOf(series: Readonly<Record<string, readonly Reading[]>>, now: number, ids: readonly string[] = [gauge]) {
  const network = networkWith(ids);
  return evaluate(planOf(definition, network, viewOf(definition, network, {}), now), dataOf(series), now);
}

/** One reading an hour of the same flow: days of the city from `start` on. */
const hoursOf = (start: number, flows: readonly number[]): Reading[] =>
  flows.flatMap((value, i) =>
    Array.from({ length: 24 }, (_, h) => ({ time: start + i * day + (h + 1) * hour, value })),
  );

test("ten days of 1 to 10 m³/s: half of the time 5.5 or more, and the low flow between the two lowest", () => {
  expect(checkStatistic(definition, city)).toEqual([]);
  const now = Date.parse("2026-10-22T00:00:00+07:00");
  const ten = hoursOf(now - 10 * day, [3, 1, 10, 7, 5, 2, 9, 4, 8, 6]);
  const short = { ...definition, pipeline: [{ op: "days", span: "P10D" }, ...definition.pipeline.slice(1)] };
  const network = networkWith([gauge]);
  const frame = evaluate(
    planOf(short, network, viewOf(short, network, {}), now),
    dataOf({ [stream(gauge, "discharge")]: ten }),
    now,
  );
  const flows = Object.fromEntries(frame.rows.map(([percent, value]) => [percent, value]));
  expect([flows[50], flows[10], flows[90]]).toEqual([5.5, 9.1, 1.9]);
  expect([frame.value, frame.coverage, frame.status]).toEqual([1.45, 1, "ok"]);
});

test("without three quarters of the days there is no curve; two gauges have no headline", () => {
  const now = Date.parse("2026-10-22T00:00:00+07:00");
  const few = curveOf({ [stream(gauge, "discharge")]: hoursOf(now - 10 * day, [1, 2, 3]) }, now);
  expect([few.value, few.status, few.rows.every((row) => row.at(-1) === null)]).toEqual([null, "insufficient", true]);
  const both = curveOf({ [stream(gauge, "discharge")]: hoursOf(now - day, [1]) }, now, [gauge, "rl-ai-nghia"]);
  expect([both.value, both.columns.map(({ id }) => id)]).toEqual([null, ["percent", "subject", "value"]]);
});

describe.skipIf(!requireSharedData("river-uk-33029"))("seven years of the Stringside at Whitebridge", () => {
  test("the flow-duration curve equals one by counting, and each flow is reached on its percent of the days", () => {
    const [, ...lines] = readFileSync(sharedData("river-uk-33029", "daily_catchment.csv"), "utf8").trim().split("\n");
    const flows = lines.map((line) => Number(line.split(",")[1]));
    expect(flows).toHaveLength(2557);
    const start = Date.parse("1999-01-01T00:00:00+07:00");
    const frame = curveOf({ [stream(gauge, "discharge")]: hoursOf(start, flows) }, start + flows.length * day);
    expect([frame.coverage, frame.status, frame.window.to]).toEqual([1, "ok", Date.parse("2006-01-01T00:00:00+07:00")]);

    // Not by sorting: the flows come in hundredths, so days are counted by hundredths, and the table is walked from the top.
    const days = new Map<number, number>();
    for (const flow of flows) days.set(Math.round(flow * 100), (days.get(Math.round(flow * 100)) ?? 0) + 1);
    const highest = Math.max(...days.keys());
    /** Flow of the day with this rank, 0 for the highest. */
    const ranked = (rank: number): number => {
      let left = rank;
      for (let flow = highest; flow >= 0; flow -= 1) {
        left -= days.get(flow) ?? 0;
        if (left < 0) return flow / 100;
      }
      throw new Error(`no day has rank ${rank}`);
    };
    for (const [percent, value] of frame.rows as [number, number][]) {
      const place = ((flows.length - 1) * percent) / 100;
      const [before, after] = [ranked(Math.floor(place)), ranked(Math.min(Math.floor(place) + 1, flows.length - 1))];
      expect(value).toBeCloseTo(before + (after - before) * (place % 1), 9);
      // Many days share a hundredth, so the share of days that reach the flow is only nearly the percent.
      const reached = flows.filter((flow) => flow >= value).length / flows.length;
      expect(Math.abs(reached - percent / 100)).toBeLessThan(0.02);
    }
    const q = Object.fromEntries(frame.rows.map(([percent, value]) => [percent, value as number]));
    expect(frame.value).toBe(q[95]);
    console.log(`Q95 ${q[95]} mm/d, Q50 ${q[50]} mm/d, Q10 ${q[10]} mm/d`);
    // A slow catchment: its low flow is a quarter of the usual one, that of a flashy river far less.
    expect((q[95] ?? 0) / (q[50] ?? 1)).toBeGreaterThan(0.15);
  });
});
