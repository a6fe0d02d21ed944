import { expect, test } from "vitest";
import type { Reading } from "../operators/water.ts";
import { cell, day, hour, minute, pack } from "../test-city.ts";
import { frameOfPipeline, problemsOf } from "../test-pipeline.ts";

/** Drains 40 mm/h to a lake that spills from 2.5 m; its sensor reads 0.02 m when dry. */
const street = "sf-ho-thac-gian";
const gauge = "rg-ho-thac-gian";
const lake = "ll-ho-thac-gian-vinh-trung";
const sea = "td-cua-song-han-thuan-phuoc";
const stations = [street, gauge, lake, sea];

const first = Date.parse("2026-10-20T00:00:00+07:00");
/** The morning after two days. */
const now = first + 2 * day + 9 * hour;

const { input, pipeline: learned } = pack.regressions.find(({ id }) => id === "street-flood-hour")!;
const text = { vi: "Một", en: "One" };
const measures = {
  cases: "count()",
  floods: "count(flooded == 1)",
  last: "highest(time)",
  f: "highest(f)",
  stored: "highest(stored)",
  rain60: "highest(rain60)",
  over: "highest(over)",
  tide: "highest(tide)",
  frequency: "highest(frequency)",
};
const pipeline = [
  learned[0],
  { op: "tally", groups: { station: "station" }, measures },
  {
    op: "table",
    layout: "latest",
    value: { measure: "cases", name: text },
    columns: Object.keys(measures).map((measure) => ({ measure, unit: "1", decimals: 6, name: text })),
  },
];

/** Values every `step` over two days; `at` gives those that are not 0. */
const daily = (step: number, at: Readonly<Record<string, number>> = {}, usual = 0): Reading[] =>
  Array.from({ length: (2 * day) / step }, (_, i) => {
    const time = first + (i + 1) * step;
    const label = new Date(time + 7 * hour).toISOString().slice(8, 16);
    return { time, value: at[label] ?? usual };
  });

const storm = { "20T10:10": 20, "20T10:20": 20, "20T10:30": 20 };

function casesOf({
  rain = storm,
  depth = {},
  watched = 2 * day,
  lakeAt = {},
}: {
  rain?: Readonly<Record<string, number>>;
  depth?: Readonly<Record<string, number>>;
  watched?: number;
  lakeAt?: Readonly<Record<string, number>>;
}) {
  const frame = frameOfPipeline({
    input,
    pipeline,
    group: "station",
    now,
    stations,
    series: {
      [`${gauge}:rain`]: daily(10 * minute, rain),
      [`${street}:depth`]: daily(5 * minute, depth, 0.02).filter(({ time }) => time > first + 2 * day - watched),
      [`${lake}:level`]: daily(10 * minute, lakeAt, 1.2),
      [`${sea}:level`]: daily(10 * minute, {}, 1.1),
    },
  });
  expect(frame.error).toBeNull();
  return (column: string) => cell(frame, column, street);
}

test("a case each hour in which rain had fallen or was stored, as the warning would have seen it without a nowcast", () => {
  const of = casesOf({ depth: { "20T11:40": 0.22 } });
  // 40 mm at 10:30, half an hour later 20; at 12:00 all has drained.
  expect([of("cases"), of("last"), of("rain60")]).toEqual([1, first + 11 * hour, 60]);
  expect(of("stored")).toBeCloseTo(20, 9);
  expect(of("f")).toBeCloseTo(0.004 * 20 ** 0.9, 9);
  expect([of("floods"), of("tide"), of("over")]).toEqual([1, 1.1, 0]);
  // One day of two.
  expect(of("frequency")).toBe(182.5);
});

test("what counts is the depth above the dry sensor, within the hour after", () => {
  expect(casesOf({ depth: { "20T11:40": 0.21 } })("floods")).toBe(0);
  expect(casesOf({ depth: { "20T11:00": 0.5, "20T12:05": 0.5 } })("floods")).toBe(0);
  expect(casesOf({ depth: { "20T12:00": 0.22 } })("floods")).toBe(1);
});

test("days on which the tower was silent, and rain that is light all day, give no cases", () => {
  expect(casesOf({ watched: day })("cases")).toBeUndefined();
  expect(casesOf({ rain: { "20T10:10": 1.9 } })("cases")).toBeUndefined();
});

test("while the receiving water stands above its spill level nothing drained", () => {
  const lakeAt = Object.fromEntries(
    ["10:10", "10:20", "10:30", "10:40", "10:50", "11:00"].map((clock) => [`20T${clock}`, 2.7]),
  );
  const of = casesOf({ lakeAt });
  expect(of("stored")).toBeCloseTo(60, 9);
  expect(of("over")).toBeCloseTo(0.2, 9);
});

test("the checker names inputs that are missing", () => {
  const problems = problemsOf({ input: input.slice(0, 1), pipeline, group: "station" }).join("; ");
  expect(problems).toContain('"rain" of rain-gauge is not among the inputs');
});
