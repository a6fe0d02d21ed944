import { expect, test } from "vitest";
import type { QualityFlag } from "@ioc/contracts";
import { parseSeries } from "@ioc/testkit";
import type { DatastreamSpec } from "./port.ts";
import { Qualifier } from "./qualify.ts";
import { DAY, HOUR, MINUTE, specOf, T0 } from "./test-store.ts";

const STREAM = specOf("wx-1:temp", { min: -10, max: 50, maxStep: 5, periodSeconds: 600 });
const PERIOD = 600_000;

/** Judges a written series, one value a period from T0, each reading at its own time; yields `quality reasons`. */
function judged(series: string, spec: DatastreamSpec = STREAM, qualifier = new Qualifier(), from = T0): string[] {
  const answers: string[] = [];
  for (const [i, value] of parseSeries(series).entries()) {
    if (value === undefined) continue;
    const time = from + i * spec.periodSeconds * 1000;
    const batch = qualifier.batch(time);
    const { quality, reasons } = batch.judge(spec, time, value);
    batch.keep();
    answers.push([quality, ...reasons].join(" "));
  }
  return answers;
}

test("a plain series is good", () => {
  expect(judged("20 20.5 21 null 20")).toEqual(["1", "1", "1", "9", "1"]);
});

test("outside of the range is bad, its ends are not", () => {
  expect(judged("-10 _x9 50 _x9 50.1 _x9 -10.1")).toEqual(["1", "1 gap", "4 gap range", "4 gap range"]);
});

test("a larger step than plausible is a spike against the last good value", () => {
  expect(judged("20 25 30.1 26 20")).toEqual(["1", "1", "3 spike", "1", "3 spike"]);
});

test("a lasting change is accepted once the last good value is too old to compare with", () => {
  expect(judged("20 30 30 30")).toEqual(["1", "3 spike", "1", "1"]);
});

test("after a gap there is no step to judge", () => {
  expect(judged("20 _ 40")).toEqual(["1", "1"]);
});

test("a bad value is not compared with", () => {
  expect(judged("20 99 21")).toEqual(["1", "4 range", "1"]);
});

test.each([
  ["six hours", 60, 360],
  ["six hours", 300, 72],
  ["48 periods", 600, 48],
  ["48 periods", 3600, 48],
])("the same value for %s at a period of %i s is flat, until it changes", (_, periodSeconds, periods) => {
  const spec = { ...STREAM, periodSeconds };
  const answers = judged(`20 21.5x${periods + 2} 21.6 21.5`, spec);
  expect(answers.slice(0, periods + 1)).toEqual(Array(periods + 1).fill("1"));
  expect(answers.slice(periods + 1)).toEqual(["3 flat", "3 flat", "3 flat", "1", "1"]);
});

test("a gap begins the stretch anew", () => {
  expect(judged("21.5x30 _x4 21.5x30")).toEqual([...Array(31).fill("1"), "1 gap", ...Array(30).fill("1")]);
});

test("a hole of more than three periods is told by the reading behind it, whatever its quality", () => {
  expect(judged("20 _x2 20.5 _x3 21 _x3 99")).toEqual(["1", "1", "1 gap", "4 gap range"]);
});

test("missing values do not fill a hole", () => {
  expect(judged("20 null null null 20")).toEqual(["1", "9", "9", "9", "1 gap"]);
});

test.each([
  ["the hours that the property says", 3, 600],
  ["hours that are longer than the project's setting", 30, 3600],
])("a value is flat after %s", (_, flatHours, periodSeconds) => {
  const periods = (flatHours * 3600) / periodSeconds;
  const answers = judged(`21.5x${periods + 1}`, { ...STREAM, flatHours, periodSeconds });
  expect(answers).toEqual([...Array(periods).fill("1"), "3 flat", "3 flat"]);
});

test.each([
  ["a total", "5x60", { kind: "total" }],
  ["a state", "1x60", { kind: "state" }],
  ["a count", "12x60", { unit: "{vehicles}" }],
  ["nought", "0x60", {}],
  ["the end of the range", "50x60", {}],
  ["what the property says may rest", "5x600", { flatHours: null }],
] as const)("%s may rest", (_, series, given) => {
  expect(new Set(judged(series, { ...STREAM, ...given }))).toEqual(new Set(["1"]));
});

test("the sender's verdict is kept and never improved", () => {
  const verdicts: QualityFlag[] = [1, 2, 3, 4, 9];
  const good = verdicts.map((sent) => new Qualifier().batch(T0).judge(STREAM, T0, 20, sent).quality);
  expect(good).toEqual(verdicts);
  const bad = verdicts.map((sent) => new Qualifier().batch(T0).judge(STREAM, T0, 99, sent).quality);
  expect(bad).toEqual([4, 4, 4, 4, 9]);
});

test("a clock more than a minute ahead is told, and the reading counts as unchecked", () => {
  const batch = new Qualifier().batch(T0);
  expect(batch.judge(STREAM, T0 + MINUTE, 20)).toEqual({ quality: 1, reasons: [] });
  expect(batch.judge(STREAM, T0 + MINUTE + 1, 20)).toEqual({ quality: 2, reasons: ["skew"] });
});

test("late is more than three periods behind the newest, and not back-fill", () => {
  const qualifier = new Qualifier();
  judged("20", STREAM, qualifier, T0 + 2 * DAY);
  const now = T0 + 2 * DAY + HOUR;
  const at = (time: number) => qualifier.batch(now).judge(STREAM, time, 20);
  expect(at(T0 + 2 * DAY - 3 * PERIOD)).toEqual({ quality: 1, reasons: [] });
  expect(at(T0 + 2 * DAY - 3 * PERIOD - 1)).toEqual({ quality: 1, reasons: ["late"] });
  expect(at(now - DAY)).toEqual({ quality: 1, reasons: ["late"] });
  expect(at(now - DAY - 1)).toEqual({ quality: 1, reasons: [] });
});

test("readings older than the newest are judged among themselves and disturb nothing", () => {
  const qualifier = new Qualifier();
  judged("20", STREAM, qualifier, T0 + 10 * DAY);
  const batch = qualifier.batch(T0 + 10 * DAY);
  const past = [40, 41, 48, 41].map((value, i) => batch.judge(STREAM, T0 + i * PERIOD, value).reasons);
  expect(past).toEqual([[], [], ["spike"], []]);
  batch.keep();
  expect(judged("22 29", STREAM, qualifier, T0 + 10 * DAY + PERIOD)).toEqual(["1", "3 spike"]);
});

test("what was judged is forgotten unless it was kept", () => {
  const qualifier = new Qualifier();
  judged("20", STREAM, qualifier);
  qualifier.batch(T0).judge(STREAM, T0 + PERIOD, 24);
  expect(judged("26", STREAM, qualifier, T0 + PERIOD)).toEqual(["3 spike"]);
});

test("starts from what is stored", () => {
  const qualifier = new Qualifier();
  const stored = { datastream: STREAM.id, phenomenonTime: T0, result: 20, quality: 1, reasons: [] } as const;
  qualifier.seed([{ ...stored, reasons: [] }], [{ ...stored, reasons: [] }]);
  expect(judged("26 20", STREAM, qualifier, T0 + PERIOD)).toEqual(["3 spike", "1"]);
});

test("readings are doubtful from the moment their datastream is found drifting, and no longer than that", () => {
  const drifting = new Map([[STREAM.id, T0 + 2 * PERIOD]]);
  const qualifier = new Qualifier(drifting);
  expect(judged("20 20.5 21 99 22 30", STREAM, qualifier)).toEqual([
    "1",
    "1",
    "3 drift",
    "4 range drift",
    "3 drift",
    "3 spike drift",
  ]);
  drifting.clear();
  expect(judged("21.5", STREAM, qualifier, T0 + 6 * PERIOD)).toEqual(["1"]);
});

test("what may precede a late reading is asked for once, and within bounds", () => {
  const qualifier = new Qualifier();
  const other = specOf("wx-2:temp", { periodSeconds: 3600 });
  judged("20", STREAM, qualifier, T0);
  judged("20", other, qualifier, T0);
  const at = (spec: DatastreamSpec, time: number) => ({ spec, time });
  const look = (...readings: { spec: DatastreamSpec; time: number }[]) => qualifier.batch(T0).lookBack(readings);
  expect(look(at(STREAM, T0 + 1), at(specOf("wx-3:new"), T0 - DAY))).toBeNull();
  expect(look(at(STREAM, T0 - HOUR), at(STREAM, T0 - MINUTE), at(other, T0 - MINUTE))).toEqual({
    datastreams: [STREAM.id, other.id],
    from: T0 - MINUTE - 1.5 * HOUR - 1,
    to: T0 - MINUTE - 1,
  });
  expect(look(at(STREAM, T0 - 400 * DAY), at(other, T0))).toBeNull();
});

test("a stream far denser than it is meant to be is looked back at only a little way", () => {
  const qualifier = new Qualifier();
  const spec = specOf("dense", { periodSeconds: 120 });
  const live = qualifier.batch(T0);
  // Ten readings a second for a minute.
  for (let i = 0; i < 600; i++) live.judge(spec, T0 + i * 100, 20);
  live.keep();
  const one = qualifier.batch(T0).lookBack([{ spec, time: T0 + 50_000 }]);
  expect(one).toEqual({ datastreams: ["dense"], from: T0 + 50_000 - 180_001, to: T0 + 49_999 });
  // A thousand such streams: 20,000 readings are two seconds of them, not three minutes.
  const many = Array.from({ length: 1000 }, (_, i) => specOf(`dense-${i}`, { periodSeconds: 120 }));
  const all = qualifier.batch(T0);
  for (const each of many) for (let i = 0; i < 3; i++) all.judge(each, T0 + i * 100, 20);
  all.keep();
  const late = many.map((each) => ({ spec: each, time: T0 + 150 }));
  expect(qualifier.batch(T0).lookBack(late)).toMatchObject({ from: T0 + 149 - 2000, to: T0 + 149 });
});
