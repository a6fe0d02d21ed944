import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bucketEnd } from "../buckets.ts";
import type { AggregateFunction, AggregateRequest, AggregateTable } from "../port.ts";
import { DAY, HOUR, MINUTE, T0 } from "../test-store.ts";
import { aggregateOf, aggregateTable } from "./aggregate.ts";
import { memorySource } from "./memory-source.ts";
import type { MemorySeries } from "./memory-source.ts";

const daNang = { timeZone: "Asia/Ho_Chi_Minh", dayOffset: 7 * HOUR };
const london = { timeZone: "Europe/London", dayOffset: 0 };
const seed = 20261001;
const every = ["count", "sum", "mean", "min", "max", "last", "p0", "p50", "p95", "p100"] as const;

type Question = Omit<AggregateRequest, "datastreams">;

function ask(all: readonly MemorySeries[], question: Question, city = daNang): AggregateTable {
  const source = memorySource(all, city.dayOffset);
  const series = all.map((_, i) => i);
  const names = series.map((id) => `s${id}`);
  return aggregateTable(aggregateOf(source, { ...question, series }, city), names, question);
}

/** The same worked out in the simplest way from all readings of one bucket, oldest first. */
function naive(values: readonly number[], name: AggregateFunction): number | null {
  if (name === "count") return values.length;
  if (values.length === 0) return null;
  const sum = values.reduce((a, b) => a + b, 0);
  const sorted = values.toSorted((a, b) => a - b);
  const at = ((values.length - 1) * Number(name.slice(1))) / 100;
  const below = sorted[Math.floor(at)]!;
  if (name === "sum") return sum;
  if (name === "mean") return sum / values.length;
  if (name === "min") return sorted[0]!;
  if (name === "max") return sorted.at(-1)!;
  if (name === "last") return values.at(-1)!;
  return below + ((sorted[Math.floor(at) + 1] ?? below) - below) * (at - Math.floor(at));
}

const reading = fc.record({
  minute: fc.integer({ min: 1, max: 5 * 24 * 60 }),
  value: fc.option(fc.integer({ min: -50, max: 50 }), { freq: 15 }),
  quality: fc.constantFrom(1, 1, 1, 2, 3, 4),
});
const someSeries = fc
  .uniqueArray(reading, { maxLength: 60, selector: (one) => one.minute })
  .map((found): MemorySeries => {
    const sorted = found.sort((a, b) => a.minute - b.minute);
    return {
      readings: sorted.map(({ minute, value, quality }) => [T0 + minute * MINUTE, value, value === null ? 9 : quality]),
    };
  });

test("random readings: every function in any width is what the readings of each bucket give", () => {
  const minutes = fc.constantFrom(1, 7, 12, 15, 45, 60, 90, 120, 360, 720, 1440, 2880);
  const across = fc.constantFrom("each" as const, "all" as const);
  const edge = fc.integer({ min: -60, max: 6 * 24 * 60 });
  const property = fc.property(
    fc.array(someSeries, { minLength: 1, maxLength: 3 }),
    minutes,
    across,
    edge,
    edge,
    (all, minutes, across, a, b) => {
      const [from, to] = [T0 + Math.min(a, b) * MINUTE, T0 + Math.max(a, b) * MINUTE];
      const width = minutes * MINUTE;
      const table = ask(all, { from, to, bucket: { width }, functions: every, across });
      const ends: number[] = [];
      for (let end = bucketEnd(from + 1, width, daNang.dayOffset); end <= to; end += width) ends.push(end);
      expect(table.time).toEqual(ends);
      expect(table.exact).toBe(true);
      const groups = across === "each" ? all.map((one) => [one]) : [all];
      expect(table.series).toHaveLength(groups.length);
      for (const [g, group] of groups.entries()) {
        const valid = group
          .flatMap((one, s) => one.readings.map(([time, value, quality = 1]) => ({ time, value, quality, s })))
          .filter((one) => one.quality <= 2 && one.value !== null)
          .sort((a, b) => a.time - b.time || b.s - a.s);
        for (const [k, end] of ends.entries()) {
          const inside = valid
            .filter((one) => one.time > end - width && one.time <= end)
            .map((one) => one.value ?? NaN);
          for (const name of every) {
            const expected = naive(inside, name);
            const answer = table.series[g]!.values[name]?.[k];
            if (expected === null) expect(answer).toBeNull();
            else expect(answer).toBeCloseTo(expected, 9);
          }
        }
      }
    },
  );
  fc.assert(property, { seed, numRuns: 150 });
});

test("all datastreams together are called *", () => {
  const all = [1, 2].map((i): MemorySeries => ({ readings: [[T0 + i, i]] }));
  const span = { from: T0, to: T0 + HOUR, bucket: { width: HOUR }, functions: ["sum", "last"] } as const;
  expect(ask(all, { ...span, across: "all" }).series).toEqual([{ datastream: "*", values: { sum: [3], last: [2] } }]);
  expect(ask(all, { ...span, across: "each" }).series.map((one) => one.datastream)).toEqual(["s0", "s1"]);
});

test("buckets of some hours are counted from the beginning of the city's day", () => {
  const span = { from: T0, to: T0 + DAY, bucket: { width: 6 * HOUR }, functions: ["count"], across: "all" } as const;
  const local = ask([{ readings: [] }], span).time.map((time) => (time / HOUR + 7) % 24);
  expect(local).toEqual([12, 18, 0, 6]);
});

test("calendar days, weeks and months of a city with summer time", () => {
  const readings = Array.from({ length: 24 * 62 }, (_, i) => [Date.UTC(2026, 2, 1) + (i + 1) * HOUR, 1] as const);
  const sums = (calendar: "day" | "week" | "month", from: number, to: number) =>
    ask(
      [{ readings, periodSeconds: 3600 }],
      { from, to, bucket: { calendar }, functions: ["sum"], across: "each" },
      london,
    ).series[0]?.values.sum;
  expect(sums("day", Date.UTC(2026, 2, 28), Date.UTC(2026, 2, 31))).toEqual([24, 23, 24]);
  expect(sums("week", Date.UTC(2026, 2, 23), Date.UTC(2026, 3, 6))).toEqual([7 * 24 - 1, 7 * 24]);
  expect(sums("month", Date.UTC(2026, 2, 1), Date.UTC(2026, 4, 1))).toEqual([31 * 24 - 1, 30 * 24]);
});

test("days come from stored days, hours from hours; only what is narrower is made of readings", () => {
  const readings = Array.from({ length: 20 * 1440 }, (_, i) => [T0 + (i + 1) * MINUTE, i % 60] as const);
  const source = memorySource([{ readings }], daNang.dayOffset);
  const span = { series: [0], from: T0, to: T0 + 20 * DAY, functions: ["mean"], across: "each" } as const;
  aggregateOf(source, { ...span, bucket: { calendar: "week" } }, daNang);
  expect(source.asked).toEqual({ readings: 0, buckets: 18 });
  aggregateOf(source, { ...span, bucket: { width: 12 * HOUR } }, daNang);
  expect(source.asked).toEqual({ readings: 0, buckets: 18 + 19 * 24 + 17 });
  aggregateOf(source, { ...span, bucket: { width: 12 * MINUTE } }, daNang);
  expect(source.asked).toEqual({ readings: 20 * 1440, buckets: 18 + 19 * 24 + 17 });
});

test("where readings are no longer kept, rollups and sketches answer, and the table says so", () => {
  const readings = Array.from({ length: 4 * 288 }, (_, i) => [T0 + (i + 1) * 5 * MINUTE, i % 100] as const);
  const all = [{ readings, periodSeconds: 300 }];
  const old = [{ readings, periodSeconds: 300, rawSince: T0 + 2 * DAY + HOUR }];
  const span = { from: T0, to: T0 + 4 * DAY, functions: ["mean", "max", "last", "count"], across: "all" } as const;
  for (const minutes of [15, 30, 60, 1440]) {
    const question = { ...span, bucket: { width: minutes * MINUTE } };
    expect(ask(old, question)).toEqual(ask(all, question));
  }
  const p50 = { ...span, bucket: { width: DAY }, functions: ["p50"] } as const;
  expect(ask(all, p50, { ...daNang, dayOffset: 0 })).toMatchObject({ exact: true });
  const sketched = ask(old, p50, { ...daNang, dayOffset: 0 });
  expect(sketched.exact).toBe(false);
  expect(sketched.series[0]?.values.p50?.[3]).toBe(
    naive(
      readings.slice(3 * 288).map(([, v]) => v),
      "p50",
    ),
  );
  expect(ask(old, { ...p50, from: T0 + 3 * DAY }, { ...daNang, dayOffset: 0 }).exact).toBe(true);
  const twelve = { ...span, bucket: { width: 12 * MINUTE } };
  expect(() => ask(old, twelve)).toThrow(/s0:x before 2026-10-03T01:00.* only rollups of 15 minutes/);
  expect(ask(old, { ...twelve, from: T0 + 3 * DAY })).toEqual(ask(all, { ...twelve, from: T0 + 3 * DAY }));
});

test("what is too much or no sensible question is refused with what to ask instead", () => {
  const ok = { from: T0, to: T0 + DAY, bucket: { width: HOUR }, functions: ["mean"], across: "each" } as const;
  const few = [{ readings: [] }];
  expect(() => ask(few, { ...ok, bucket: { width: 90_000 } })).toThrow(RangeError);
  expect(() => ask(few, { ...ok, bucket: { width: 0 } })).toThrow(RangeError);
  expect(() => ask(few, { ...ok, functions: ["p101"] })).toThrow(RangeError);
  expect(() => ask(few, { ...ok, to: T0 + 20_001 * HOUR })).toThrow(/more than 20000 buckets/);
  expect(() => ask(few, { ...ok, from: 0, bucket: { calendar: "day" } })).toThrow(/more than 20000 buckets/);
  const many = Array.from({ length: 200 }, () => few[0]!);
  expect(() => ask(many, { ...ok, to: T0 + 20_000 * HOUR })).toThrow(/4000000 values of at most 2000000/);
  const full = { ...memorySource(few), countAtMost: () => 100_000_001 };
  const asked = { ...ok, series: [0] };
  expect(aggregateOf(full, asked, daNang).time).toHaveLength(24);
  expect(() => aggregateOf(full, { ...asked, bucket: { width: 7 * MINUTE } }, daNang)).toThrow(/would have to be read/);
  expect(() => aggregateOf(full, { ...asked, functions: ["p95"] }, daNang)).toThrow(/would have to be read/);
  expect(aggregateOf(full, { ...asked, functions: ["p95"], bucket: { calendar: "day" } }, daNang).exact).toBe(true);
  expect(ask(few, { ...ok, to: T0 })).toEqual({
    time: [],
    series: [{ datastream: "s0", values: { mean: [] } }],
    exact: true,
  });
});
