import { calendarOf } from "@ioc/contracts";
import type { Cell, Frame } from "@ioc/contracts";
import { describe, expect, test } from "vitest";
import { dueAt } from "./due.ts";
import { fanFrame } from "./fan.ts";
import { makeForecast } from "./make.ts";
import { leadsOf, newestIssues, rowsMade, rowsRealised, type ForecastRow } from "./rows.ts";
import { seriesOf, subjectName } from "./series-of.ts";
import { skillOf } from "./skill.ts";
import { at, definitionWith, network } from "./test-forecast.ts";
import { termsOf } from "./terms.ts";

const hour = 3_600_000;
const definition = definitionWith();
const terms = termsOf(definition);
const calendar = calendarOf(network.timezone);

function frameOf(rows: Cell[][], subject = true): Frame {
  const name = { vi: "x", en: "x" };
  return {
    columns: [
      { id: "time", name, type: "time", role: "x" },
      ...(subject ? [{ id: "subject", name, type: "text", role: "series" }] : []),
      { id: "value", name, type: "number", role: "value" },
    ],
    rows,
    status: "ok",
  } as unknown as Frame;
}

describe("when an issue is due", () => {
  test.each([
    ["PT6H", "PT0S", "2026-10-22T05:59", "2026-10-22T00:00"],
    ["PT6H", "PT0S", "2026-10-22T06:00", "2026-10-22T06:00"],
    ["PT6H", "PT1H", "2026-10-22T06:30", "2026-10-22T01:00"],
    ["PT6H", "PT1H", "2026-10-22T00:30", "2026-10-21T19:00"],
    ["P1D", "PT16H", "2026-10-22T15:59", "2026-10-21T16:00"],
    ["P1D", "PT16H", "2026-10-22T16:00", "2026-10-22T16:00"],
    // 22 October 2026 is a Thursday.
    ["P7D", "PT0S", "2026-10-22T09:00", "2026-10-19T00:00"],
    ["P7D", "PT8H", "2026-10-19T07:00", "2026-10-12T08:00"],
  ])("every %s after %s at %s: %s", (every, offset, now, expected) => {
    expect(dueAt(termsOf(definitionWith({ every, offset })), calendar, at(now))).toBe(at(expected));
  });
});

describe("series of a frame", () => {
  test("by subject, up to the last known value, with holes; what had not ended yet is left out", () => {
    const now = at("2026-10-22T06:00");
    const rows: Cell[][] = [
      [now - 3 * hour, "a", 1],
      [now - hour, "a", 3],
      [now + hour, "a", 9],
      [now - 2 * hour, "b", 5],
      [now - hour, "b", null],
    ];
    expect([...seriesOf(frameOf(rows), definition, terms, network, now).values()]).toEqual([
      { subject: "a", end: now - hour, values: [1, null, 3] },
      { subject: "b", end: now - 2 * hour, values: [5] },
    ]);
  });

  test("days are named by their start: the day that runs is left out, and a city's series is its area's", () => {
    const days = definitionWith({ step: "P1D", stamp: "start", seasons: ["P7D"], baseline: "P7D", history: "P60D" });
    const now = at("2026-10-22T16:00");
    const rows: Cell[][] = ["20", "21", "22"].map((day, i) => [at(`2026-10-${day}T00:00`), i]);
    const found = seriesOf(frameOf(rows, false), days, termsOf(days), network, now);
    expect([...found.values()]).toEqual([{ subject: "48", end: at("2026-10-22T00:00"), values: [0, 1] }]);
  });

  test("no more than the history is learned from", () => {
    const short = definitionWith({ history: "PT48H" });
    const now = at("2026-10-22T06:00");
    const rows = Array.from({ length: 100 }, (_, i): Cell[] => [now - i * hour, "a", i]);
    expect(seriesOf(frameOf(rows), short, termsOf(short), network, now).get("a")?.values).toHaveLength(48);
  });

  test("a frame that failed says why", () => {
    const failed = { ...frameOf([]), status: "error", error: "no such column" } as Frame;
    expect(() => seriesOf(failed, definition, terms, network, 0)).toThrow("no such column");
  });

  test("subjects have names: of a unit, of a code; an unknown one its id", () => {
    expect(subjectName(definitionWith({ group: "city" }), "48", network).en).toBe("City");
    expect(subjectName(definition, "b", network).en).toBe("Zone B");
    expect(subjectName(definition, "z", network).en).toBe("z");
  });
});

/** Twelve days of a wave with a day and a drift. */
const values = Array.from(
  { length: 288 },
  (_, i) => 100 + 20 * Math.sin((2 * Math.PI * i) / 24) + 3 * Math.sin(i * 1.7),
);
const task = { values, periods: [24], leads: 48, baseline: 24, step: hour, scale: "linear", limits: {} } as const;

describe("a forecast", () => {
  test("has a median inside its bands, the wider around the narrower, and what the baseline says", () => {
    const made = makeForecast(task)!;
    expect(made.points).toHaveLength(48);
    for (const [i, { median, lo80, hi80, lo95, hi95, naive }] of made.points.entries()) {
      expect(lo95! <= lo80! && lo80! <= median && median <= hi80! && hi80! <= hi95!).toBe(true);
      expect(naive).toBeCloseTo(values[264 + (i % 24)]!, 9);
    }
    expect(made.backtestMase).toBeLessThan(1);
  });

  test("stays inside the limits, medians and bands", () => {
    const made = makeForecast({ ...task, limits: { min: 90, max: 110 } })!;
    const all = made.points.flatMap(({ median, lo95, hi95 }) => [median, lo95!, hi95!]);
    expect([Math.min(...all), Math.max(...all)]).toEqual([90, 110]);
  });

  test("on a logarithmic scale is turned back, and never negative", () => {
    const made = makeForecast({ ...task, values: values.map((value) => Math.exp(value / 10)), scale: "log" })!;
    expect(made.points.every(({ lo95, median, hi95 }) => lo95! > 0 && hi95! - median > median - lo95!)).toBe(true);
  });

  test("only named methods compete", () => {
    const methods = ["seasonal-naive", "seasonal-average", "holt-winters"];
    expect([...methods, "combination"]).toContain(makeForecast({ ...task, methods })!.method);
  });

  test("of one season without a backtest has no bands; of nothing there is none", () => {
    const [first] = makeForecast({ ...task, values: values.slice(0, 30) })!.points;
    expect(first).toMatchObject({ lo80: null, hi95: null });
    expect(makeForecast({ ...task, values: [null, null] })).toBeNull();
  });
});

const series = { subject: "a", end: at("2026-10-22T05:00"), values };
const issuedAt = at("2026-10-22T06:00");
const made = makeForecast({ ...task, leads: leadsOf(series, terms, issuedAt) })!;
const rows = rowsMade(definition, terms, series, made, issuedAt);

describe("rows of an issue", () => {
  test("begin after the issue however late the data are, and reach to the horizon", () => {
    expect(made.points).toHaveLength(49);
    expect(rows).toHaveLength(48);
    expect([rows[0]?.validAt, rows[0]?.leadHours]).toEqual([issuedAt + hour, 1]);
    expect([rows.at(-1)?.validAt, rows.at(-1)?.leadHours]).toEqual([issuedAt + 48 * hour, 48]);
  });

  test("of days hold the day that runs and those that end within the horizon", () => {
    const days = definitionWith({ step: "P1D", stamp: "start", seasons: [], baseline: "P1D", horizon: "P2D" });
    const own = { subject: "a", end: at("2026-10-22T00:00"), values: values.slice(0, 40) };
    const due = at("2026-10-22T16:00");
    const leads = leadsOf(own, termsOf(days), due);
    const found = rowsMade(days, termsOf(days), own, makeForecast({ ...task, ...own, periods: [], leads })!, due);
    expect(found.map(({ validAt, leadHours }) => [validAt, leadHours])).toEqual([
      [at("2026-10-22T00:00"), 8],
      [at("2026-10-23T00:00"), 32],
    ]);
  });

  test("take what came when it is known, and a correction of it; nothing is said twice", () => {
    const came = (...more: number[]) =>
      new Map([["a", { subject: "a", end: issuedAt + 2 * hour, values: [...values, ...more] }]]);
    const known = rowsRealised(rows, came(0, 7, 8), definition, terms);
    expect(known.map(({ validAt, actual }) => [validAt, actual])).toEqual([
      [issuedAt + hour, 7],
      [issuedAt + 2 * hour, 8],
    ]);
    expect(rowsRealised(known, came(0, 7, 8.5), definition, terms).map(({ actual }) => actual)).toEqual([8.5]);
    expect(rowsRealised(rows, new Map(), definition, terms)).toEqual([]);
  });

  test("the newest issue of each subject counts", () => {
    const older = rows.map((row) => ({ ...row, issuedAt: issuedAt - 6 * hour }));
    const other = rows.map((row) => ({ ...row, subject: "b", issuedAt: issuedAt - 6 * hour }));
    const found = newestIssues([...rows, ...older, ...other]);
    expect([...found].map(([id, issue]) => [id, issue.length, issue[0]?.issuedAt])).toEqual([
      ["a", 48, issuedAt],
      ["b", 48, issuedAt - 6 * hour],
    ]);
  });
});

describe("skill", () => {
  const row = (leadHours: number, actual: number | null): ForecastRow => ({
    ...rows[0]!,
    leadHours,
    actual,
    median: 10,
    lo80: 8,
    hi80: 12,
    lo95: 6,
    hi95: 14,
    naive: 14,
  });

  test("all leads together, then by quarters of the horizon that have cases", () => {
    // Errors 1 against 3 of the baseline; every tenth value lies outside the inner band, error 3 against 1.
    const cases = Array.from({ length: 40 }, (_, i) => row(i < 30 ? 3 : 30, i % 10 === 0 ? 13 : 11));
    const [all, first, third] = skillOf([...cases, row(3, null)], 48);
    expect(all).toMatchObject({ leadHours: null, cases: 40, coverage80: 0.9, coverage95: 1 });
    expect(all?.mase).toBeCloseTo((36 * 1 + 4 * 3) / (36 * 3 + 4 * 1), 9);
    expect(all?.skill).toBeCloseTo(1 - (36 * 1 + 4 * 3) / (36 * 3 + 4 * 1), 9);
    // Of 11: 0.1 * 3, 0.5 * 1, 0.1 * 1; of 13: 0.1 * 5, 0.5 * 3, 0.9 * 1.
    expect(all?.pinball).toBeCloseTo((36 * (0.3 + 0.5 + 0.1) + 4 * (0.5 + 1.5 + 0.9)) / 3 / 40, 9);
    expect([first?.leadHours, first?.cases, third?.leadHours, third?.cases, third?.mase]).toEqual([
      12,
      30,
      36,
      10,
      null,
    ]);
  });

  test("is not told of fewer than 30 cases", () => {
    const [all] = skillOf(
      Array.from({ length: 29 }, () => row(3, 11)),
      48,
    );
    const none = { mase: null, skill: null, pinball: null, coverage80: null, coverage95: null };
    expect(all).toEqual({ leadHours: null, cases: 29, ...none });
  });
});

test("a fan is what was observed, then the forecast with both bands and what came of it so far", () => {
  const later = { ...series, end: issuedAt + 2 * hour, values: [...values, 0, 7, 8] };
  const frame = fanFrame(definition, terms, rows, later, { now: issuedAt + 2 * hour, synthetic: true });
  const of = (kind: string) => frame.rows.filter((cells) => cells.at(-1) === kind);
  expect([of("ok").length, of("forecast").length]).toEqual([94, 48]);
  expect(of("ok").at(-1)).toEqual([issuedAt, 0, null, null, null, null, null, "ok"]);
  const { median, lo80, hi80, lo95, hi95 } = rows[0]!;
  expect(of("forecast")[0]).toEqual([issuedAt + hour, median, lo80, hi80, lo95, hi95, 7, "forecast"]);
  expect(
    of("forecast")
      .map((cells) => cells[6])
      .slice(0, 3),
  ).toEqual([7, 8, null]);
  expect([frame.value, frame.asOf, frame.subject, frame.synthetic]).toEqual([8, issuedAt + 2 * hour, "a", true]);
  expect(fanFrame(definition, terms, rows, null, { now: issuedAt, synthetic: false }).rows).toHaveLength(48);
});
