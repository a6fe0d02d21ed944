import * as fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "@ioc/testkit";
import { DAY, HOUR, MINUTE, T0 } from "../test-store.ts";
import { historyOf } from "./history.ts";
import type { HistoryColumns, HistoryQuestion } from "./history.ts";
import { memorySource } from "./memory-source.ts";
import type { MemorySeries } from "./memory-source.ts";

const OFFSET = 7 * HOUR;
const seed = 20261001;

function ask(series: MemorySeries, given: Partial<HistoryQuestion>): HistoryColumns {
  const question = { series: 0, from: T0, to: T0 + 400 * DAY, resolution: "auto", points: 100, ...given } as const;
  return historyOf(memorySource([series], OFFSET), question);
}

/** Readings `period` ms apart from `T0 + period` on. */
function every(period: number, count: number, value: (i: number) => number | null): MemorySeries {
  const readings = Array.from({ length: count }, (_, i) => [T0 + (i + 1) * period, value(i)] as const);
  return { readings, periodSeconds: period / 1000 };
}

test("auto takes the finest of five resolutions that keeps to the points", () => {
  const series = every(10_000, 8640, (i) => i % 17);
  const of = (points: number) => {
    const { resolution, time } = ask(series, { to: T0 + DAY, points });
    return [resolution, time.length];
  };
  expect(of(8640)).toEqual(["raw", 8640]);
  expect(of(8639)).toEqual(["1min", 1440]);
  expect(of(1439)).toEqual(["15min", 96]);
  expect(of(95)).toEqual(["1h", 24]);
  expect(of(23)).toEqual(["1d", 1]);
});

test("random readings: auto is the same as trying every resolution in full", () => {
  const moment = fc.integer({ min: 1, max: 40 * 24 * 60 });
  fc.assert(
    fc.property(fc.uniqueArray(moment, { maxLength: 120 }), fc.integer({ min: 2, max: 60 }), (minutes, points) => {
      const readings = minutes.sort((a, b) => a - b).map((minute) => [T0 + minute * MINUTE, minute % 50] as const);
      const source = memorySource([{ readings }], OFFSET);
      const span = [0, T0, T0 + 41 * DAY] as const;
      const widths = ["1min", "15min", "1h", "1d"] as const;
      const lengths = [readings.length, ...widths.map((width) => source.buckets(...span, width).time.length)];
      const fits = lengths.findIndex((length) => length <= points);
      const answer = ask({ readings }, { points });
      expect(answer.resolution).toBe((["raw", ...widths] as const).at(fits));
      expect(answer.time.length).toBeLessThanOrEqual(points);
      if (fits >= 0) expect(answer.time).toHaveLength(lengths[fits]!);
    }),
    { seed, numRuns: 200 },
  );
});

test("a long span is not read to its end only to find that it is too long", () => {
  const source = memorySource([every(2 * MINUTE, 300 * 720, (i) => i)], OFFSET);
  const answer = historyOf(source, { series: 0, from: T0, to: T0 + 300 * DAY, resolution: "auto", points: 1000 });
  expect(answer.resolution).toBe("1d");
  expect(source.asked.readings).toBeLessThan(4 * 720 + 1);
  expect(source.asked.buckets).toBeLessThan(30_000);
});

test("too many days are thinned out: extremes stay, holes are marked, and the answer says so", () => {
  const days = every(DAY, 300, (i) => (i === 111 ? 99 : i === 222 ? -99 : i % 9));
  const readings = days.readings.filter((_, i) => i < 150 || i >= 160);
  const answer = ask({ ...days, readings }, { points: 40 });
  expect(answer).toMatchObject({ resolution: "1d", reduction: "minmax" });
  expect(answer.time.length).toBeLessThanOrEqual(40);
  expect(Math.max(...answer.max!.filter((v) => !Number.isNaN(v)))).toBe(99);
  expect(Math.min(...answer.min!.filter((v) => !Number.isNaN(v)))).toBe(-99);
  const marks = answer.time.filter((_, i) => Number.isNaN(answer.value[i]!));
  expect(marks).toHaveLength(1);
  expect(marks[0]).toBeGreaterThan(readings[149]![0]);
  expect(marks[0]).toBeLessThan(readings[150]![0]);
  expect(answer.count?.at(answer.time.indexOf(marks[0]!))).toBe(0);
});

test("a named resolution is answered in full, of a total property as sums", () => {
  const series = every(5 * MINUTE, 288, (i) => i % 12);
  expect(ask(series, { resolution: "raw", points: 2 }).time).toHaveLength(288);
  const hours = ask({ ...series, kind: "total" }, { resolution: "1h", points: 2 });
  expect([...hours.value]).toEqual(Array.from({ length: 24 }, () => 66));
  expect([hours.resolution, hours.reduction]).toEqual(["1h", undefined]);
});

test("of days whose readings are gone, the rollups answer", () => {
  const rawSince = T0 + 10 * DAY;
  const quick = { ...every(30_000, 20 * 2880, (i) => i % 5), rawSince };
  expect(ask(quick, { to: T0 + DAY, points: 1440 })).toMatchObject({ resolution: "1min" });
  expect(ask(quick, { to: T0 + DAY, points: 5000 })).toMatchObject({ resolution: "1min" });
  expect(ask(quick, { from: rawSince, to: T0 + 11 * DAY, points: 5000 })).toMatchObject({ resolution: "raw" });
  const slow = { ...every(5 * MINUTE, 20 * 288, (i) => i % 5), rawSince };
  expect(ask(slow, { to: T0 + DAY, points: 5000 })).toMatchObject({ resolution: "15min" });
  expect(ask(slow, { to: T0 + DAY, points: 20, reduce: "lttb" })).toMatchObject({ resolution: "15min" });
});

test("a named resolution that is larger than what may be answered says what to ask instead", () => {
  const source = memorySource([{ readings: [] }]);
  const time = new Float64Array(2_000_001);
  const endless = { ...source, readings: () => ({ ...source.readings(0, 0, 0, false), time }) };
  const question = { series: 0, from: T0, to: T0 + DAY, resolution: "raw", points: 10 } as const;
  expect(() => historyOf(endless, question)).toThrow(/more than 2000000 points at resolution raw: ask for/);
});

test.each(["minmax", "lttb"] as const)("%s keeps to the points, in order, of the readings that are there", (reduce) => {
  const random = seededRandom(seed);
  let level = 20;
  const series = every(MINUTE, 3000, () => (level += random() - 0.5));
  const byTime = new Map(series.readings.map(([time, value]) => [time, value]));
  for (const points of [2, 3, 4, 5, 7, 8, 50, 51, 1000, 2999]) {
    const answer = ask(series, { points, reduce });
    expect(answer).toMatchObject({ resolution: "raw", reduction: reduce });
    expect(answer.time.length).toBeLessThanOrEqual(points);
    expect(answer.time.length).toBeGreaterThan(points / 3);
    expect(answer.time).toEqual(answer.time.toSorted());
    for (const [i, time] of answer.time.entries()) expect(answer.value[i]).toBe(byTime.get(time));
  }
  expect(ask(series, { points: 3000, reduce }).reduction).toBeUndefined();
});

test("minmax keeps a spike that lasts one reading, lttb the first and the last reading", () => {
  const series = every(MINUTE, 5000, (i) => (i === 1234 ? 500 : i === 4321 ? -500 : Math.sin(i / 300)));
  const extremes = ask(series, { points: 100, reduce: "minmax" });
  expect(Math.max(...extremes.value)).toBe(500);
  expect(Math.min(...extremes.value)).toBe(-500);
  const shape = ask(series, { points: 100, reduce: "lttb" });
  expect([shape.time[0], shape.time.at(-1)]).toEqual([series.readings[0]![0], series.readings.at(-1)![0]]);
  expect(shape.time).toHaveLength(100);
  expect(Math.max(...shape.value)).toBe(500);
});

test("lttb takes the corners of a line", () => {
  const corners = [0, 10, -10, 0];
  const series = every(MINUTE, 301, (i) => {
    const part = Math.min(2, Math.floor(i / 100));
    const share = (i - part * 100) / 100;
    return corners[part]! * (1 - share) + corners[part + 1]! * share;
  });
  const { time, value } = ask(series, { points: 9, reduce: "lttb" });
  expect([...value]).toEqual(expect.arrayContaining([10, -10]));
  expect(time).toHaveLength(9);
});

test.each(["minmax", "lttb"] as const)(
  "%s never draws over a hole, a missing result or left-out readings",
  (reduce) => {
    const hole = (i: number) => i >= 500 && i < 560;
    const series = every(MINUTE, 2000, (i) => (i >= 900 && i < 905 ? null : Math.sin(i / 50)));
    const readings = series.readings
      .filter((_, i) => !hole(i))
      .map(([time, value], i) => [time, value, value === null ? 9 : i > 1300 && i < 1320 ? 4 : 1] as const);
    const answer = ask({ ...series, readings }, { points: 120, reduce });
    expect(answer.time.length).toBeLessThanOrEqual(120);
    const marks = [...answer.time].filter((_, i) => Number.isNaN(answer.value[i]!)).map((t) => (t - T0) / MINUTE);
    expect(marks).toEqual([501, 901, 1362]);
    expect([...answer.quality!]).not.toContain(4);
    expect([...answer.quality!].filter((quality) => quality === 9)).toHaveLength(3);
  },
);

test("random holes: between two kept points on both sides of a break there is a mark, and the points are kept to", () => {
  const step = fc.record({ gap: fc.constantFrom(1, 1, 1, 1, 2, 30), value: fc.option(fc.integer(), { freq: 12 }) });
  const steps = fc.array(step, { minLength: 1, maxLength: 400 });
  const reduce = fc.constantFrom("minmax" as const, "lttb" as const);
  fc.assert(
    fc.property(steps, fc.integer({ min: 2, max: 60 }), reduce, (steps, points, reduce) => {
      let time = T0;
      const readings = steps.map(({ gap, value }) => [(time += gap * MINUTE), value, value === null ? 9 : 1] as const);
      const answer = ask({ readings }, { points, reduce });
      expect(answer.time.length).toBeLessThanOrEqual(points);
      expect(answer.time).toEqual(answer.time.toSorted());
      if (answer.reduction === undefined) return;
      for (let i = 1; i < answer.time.length; i++) {
        if (Number.isNaN(answer.value[i - 1]!) || Number.isNaN(answer.value[i]!)) continue;
        const between = readings.filter(([t]) => t >= answer.time[i - 1]! && t <= answer.time[i]!);
        const broken = between.some(([t, v], k) => v === null || (k > 0 && t - between[k - 1]![0] > 1.5 * MINUTE));
        expect(broken).toBe(false);
      }
    }),
    { seed, numRuns: 300 },
  );
});

test("missing results at both ends and nothing but missing results stay visible", () => {
  const ends = every(MINUTE, 300, (i) => (i < 10 || i >= 290 ? null : 5));
  const answer = ask(ends, { points: 20, reduce: "minmax" });
  expect(answer.value[0]).toBeNaN();
  expect(answer.value.at(-1)).toBeNaN();
  const nothing = ask(
    every(MINUTE, 300, () => null),
    { points: 20, reduce: "lttb" },
  );
  expect(nothing).toMatchObject({ resolution: "raw", time: Float64Array.of(T0 + MINUTE), quality: Uint8Array.of(9) });
  expect(ask({ readings: [] }, { reduce: "minmax" }).time).toHaveLength(0);
});
