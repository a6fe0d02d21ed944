import { forecastDefinition, type ForecastDefinition, type Frame, type MeasuredRegressor } from "@ioc/contracts";
import { describe, expect, test } from "vitest";
import { checkForecast } from "./check.ts";
import { makeForecast } from "./make.ts";
import { regressorSeriesOf, regressorsOf, type RegressorSeries } from "./regressors.ts";
import { at, definitionWith, network } from "./test-forecast.ts";
import { termsOf } from "./terms.ts";

const hour = 3_600_000;
const now = at("2026-10-22T06:00");
const text = { vi: "x", en: "x" };

/** The test definition with regressors; what is not given of them is as in `rain`. */
function definitionBeside(...more: Record<string, unknown>[]): ForecastDefinition {
  const { input, pipeline } = definitionWith();
  const rain = { id: "rain", name: text, input, pipeline, group: "zone" };
  return forecastDefinition.parse({ ...definitionWith(), regressors: more.map((one) => ({ ...rain, ...one })) });
}

const beside = (...more: Record<string, unknown>[]) => definitionBeside(...more).regressors;
const terms = termsOf(definitionWith());
const own = { subject: "a", end: now, values: [1, 2, 3, 4, 5, 6, 7, 8] };
const seriesOf = (values: (number | null)[], end = now, subject = "a"): RegressorSeries =>
  new Map([[subject, { subject, end, values }]]);
const found = (regressors: ForecastDefinition["regressors"], series: RegressorSeries, leads = 4) =>
  regressorsOf({ regressors }, [series], own, terms, network, leads);

describe("on the steps of the series", () => {
  test("a longer one is cut, one that ended earlier has nothing at the end", () => {
    const longer = found(beside({}), seriesOf([0, 0, 10, 20, 30, 40, 50, 60, 70, 80]));
    expect(longer).toMatchObject({ lacking: [], complete: true });
    expect(longer.regressors).toEqual([{ name: "rain", values: [10, 20, 30, 40, 50, 60, 70, 80], ahead: false }]);
    const late = found(beside({}), seriesOf([10, 20, 30, 40, 50, 60, 70], now - hour));
    expect(late.regressors[0]?.values).toEqual([10, 20, 30, 40, 50, 60, 70, null]);
  });

  test("one known ahead reaches over the leads", () => {
    const values = [10, 20, 30, 40, 50, 60, 70, 80, 1, 2, 3, 4, 5, 6];
    const ahead = found(beside({ ahead: true }), seriesOf(values, now + 6 * hour));
    expect(ahead.regressors[0]?.values).toEqual(values.slice(0, 12));
    expect(
      found(beside({ ahead: true }), seriesOf(values.slice(0, 10), now + 2 * hour)).lacking.map(({ en }) => en),
    ).toEqual(["rain: known at 2 of 4 steps ahead"]);
  });

  test("of a tide what harmonic analysis finds, less its mean, is known ahead; a record of hours is too short", () => {
    const tideAt = (t: number) => 0.4 * Math.cos((28.9841042 * t * Math.PI) / 180);
    const levels = Array.from({ length: 400 }, (_, t) => 0.9 + tideAt(t));
    const long = { ...own, values: levels };
    const { regressors } = regressorsOf(
      { regressors: beside({ tide: true }) },
      [seriesOf(levels)],
      long,
      terms,
      network,
      6,
    );
    expect(regressors[0]).toMatchObject({ name: "rain", ahead: true });
    expect(regressors[0]?.values).toHaveLength(406);
    regressors[0]?.values.forEach((value, t) => expect(value).toBeCloseTo(tideAt(t), 2));
    expect(found(beside({ tide: true }), seriesOf([1, 2, 3, 4, 5, 6, 7, 8])).lacking.map(({ en }) => en)).toEqual([
      "rain: known at 0 of 8 steps of the history",
    ]);
  });

  test("a value holds until a newer one, for so long and no longer", () => {
    const held = beside({ hold: "PT3H" });
    expect(found(held, seriesOf([4, null, null, null, 5, null, null, null])).regressors[0]?.values).toEqual([
      4, 4, 4, 4, 5, 5, 5, 5,
    ]);
    expect(found(held, seriesOf([4, null, null, null, null, null, null, null])).lacking.map(({ en }) => en)).toEqual([
      "rain: known at 4 of 8 steps of the history",
    ]);
  });

  test("the subject is the same, another that is named, or the city", () => {
    const other = seriesOf([1, 1, 1, 1, 1, 1, 1, 1], now, "b");
    expect(found(beside({}), other).lacking.map(({ en }) => en)).toEqual([
      "rain: known at 0 of 8 steps of the history",
    ]);
    expect(found(beside({ of: { a: "b" } }), other).regressors).toHaveLength(1);
    expect(found(beside({ of: { c: "b" } }), other).regressors).toEqual([]);
    const city = seriesOf([1, 1, 1, 1, 1, 1, 1, 1], now, "48");
    expect(found(beside({ group: "city" }), city).regressors).toHaveLength(1);
  });

  test("public holidays are known from the calendar, for the hours that end on one", () => {
    const city = { ...network, reference: { public_holidays: { days: ["09-02", "2026-10-22"] } } };
    const definition = forecastDefinition.parse({
      ...definitionWith(),
      regressors: [{ id: "holiday", name: text, calendar: "public-holidays" }],
    });
    expect(checkForecast(definition, city)).toEqual([]);
    const holidayFrom = (end: string) =>
      regressorsOf(definition, ["calendar"], { ...own, end: at(end) }, terms, city, 3).regressors[0];
    expect(holidayFrom("2026-10-22T02:00")).toEqual({
      name: "holiday",
      values: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
      ahead: true,
    });
    expect(holidayFrom("2031-09-02T22:00")?.values).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
  });

  test("without what is required nothing is complete; what could not be worked out says why", () => {
    expect(found(beside({ required: false }), { error: { vi: "không có cột", en: "no such column" } })).toEqual({
      regressors: [],
      lacking: [{ vi: "rain: không có cột", en: "rain: no such column" }],
      complete: true,
    });
    expect(found(beside({}), { error: { vi: "không có cột", en: "no such column" } }).complete).toBe(false);
  });

  test("of a frame only one known ahead has what is yet to come", () => {
    const frame = {
      status: "ok",
      columns: [
        { id: "time", name: text, type: "time", role: "x" },
        { id: "value", name: text, type: "number", role: "value" },
      ],
      rows: [-1, 0, 1, 2].map((hours) => [now + hours * hour, hours]),
    } as unknown as Frame;
    const valuesOf = (ahead: boolean) => {
      const definition = definitionBeside({ ahead });
      const regressor = definition.regressors[0] as MeasuredRegressor;
      return regressorSeriesOf(frame, regressor, definition, terms, network, now).get("48")?.values;
    };
    expect(valuesOf(false)).toEqual([-1, 0]);
    expect(valuesOf(true)).toEqual([-1, 0, 1, 2]);
  });
});

describe("methods that take them", () => {
  /** Rises by 5 in the hours that are marked, today's and those ahead too. */
  const marked = Array.from({ length: 292 }, (_, i) => Number((i * 7) % 24 < 6 && i % 5 < 2));
  const values = marked.map((mark, i) => 20 + 3 * Math.sin((2 * Math.PI * i) / 24) + 5 * mark).slice(0, 288);
  const task = { values, periods: [24], leads: 4, baseline: 24, step: hour, scale: "linear", limits: {} } as const;
  const regressors = [{ name: "mark", values: marked, ahead: true }];

  test("compete with the others where they are there", () => {
    const made = makeForecast({ ...task, also: ["arx"], regressors })!;
    expect(made.absent).toEqual([]);
    expect(made.backtestMase).toBeLessThan(makeForecast(task)!.backtestMase!);
  });

  test("and say so where they cannot: without what is required, and with too few values", () => {
    expect(makeForecast({ ...task, also: ["arx", "lag-reservoir"], regressors: null })!.absent).toEqual([
      "arx",
      "lag-reservoir",
    ]);
    const short = { ...task, values: values.slice(0, 80), regressors: [] };
    expect(makeForecast({ ...short, also: ["nb-climate"] })!.absent).toEqual(["nb-climate"]);
  });

  test("the best single one is taken where the combination does not compete", () => {
    const made = makeForecast({ ...task, also: ["nb-climate"], methods: ["seasonal-naive"], combine: false })!;
    expect(["nb-climate", "seasonal-naive"]).toContain(made.method);
  });
});

test.each<[string, Record<string, unknown>, string]>([
  ["a name that comes twice", { id: "rain" }, "regressors, rain: the name comes twice"],
  ["no duration", { id: "sun", hold: "a while" }, 'regressors, sun: hold: "a while" is no duration'],
  ["a city with subjects", { id: "sun", group: "city", of: { a: "b" } }, "has no subjects to choose from"],
  ["an unknown operator", { id: "sun", pipeline: [{ op: "guess" }] }, 'there is no operator "guess"'],
  ["no series", { id: "sun", pipeline: definitionWith().pipeline.slice(0, 2) }, "layout: series"],
])("%s is a problem", (_what, second, message) => {
  expect(checkForecast(definitionBeside({}), network)).toEqual([]);
  expect(checkForecast(definitionBeside({}, second), network).join("; ")).toContain(message);
});
