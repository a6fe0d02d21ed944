import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { requireSharedData, sharedData } from "@ioc/testkit";
import { forecasterOf } from "./forecaster.ts";
import { forecastSeries } from "./forecast.ts";
import { meanOf } from "./numbers.ts";
import { mase, maseScale, smape } from "./scores.ts";
import { seasonalNaive } from "./seasonal-naive.ts";

const horizon = 48;

/** Half of the hourly series of the M4 competition; the last 48 values of each are its test. */
function casesOf(): { train: { values: number[]; periods: number[] }; test: number[] }[] {
  const file = sharedData("bench-m4-hourly", "m4_hourly.csv.gz");
  const series = new Map<string, number[]>();
  for (const line of gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n").slice(1)) {
    const [id = "", , value] = line.split(",");
    if (!series.has(id)) series.set(id, []);
    series.get(id)!.push(Number(value));
  }
  return [...series.values()].map((values) => ({
    train: { values: values.slice(0, -horizon), periods: [24, 168] },
    test: values.slice(-horizon),
  }));
}

describe.skipIf(!requireSharedData("bench-m4-hourly"))("M4 hourly", () => {
  const naive = forecasterOf(seasonalNaive());
  const forecastNaively = (train: { values: number[]; periods: number[] }) =>
    naive.fit(train, horizon)!.forecast(train.values, horizon);

  test("the seasonal naive method has the figures that came with the data: sMAPE 13.979, MASE 1.233", () => {
    const cases = casesOf();
    expect(cases).toHaveLength(207);
    const scores = cases.map(({ train, test }) => {
      const forecast = forecastNaively(train);
      return [smape(test, forecast)!, mase(test, forecast, maseScale(train))!] as const;
    });
    expect(meanOf(scores.map(([share]) => share))).toBeCloseTo(13.979, 3);
    expect(meanOf(scores.map(([, scaled]) => scaled))).toBeCloseTo(1.233, 3);
  });

  test("over every thirtieth series the automatic choice beats it", () => {
    const cases = casesOf().filter((_, i) => i % 30 === 0);
    const scores = cases.map(({ train, test }) => {
      const scale = maseScale(train);
      return [mase(test, forecastSeries(train, horizon)!.point, scale)!, mase(test, forecastNaively(train), scale)!];
    });
    const [automatic, plain] = [0, 1].map((k) => meanOf(scores.map((score) => score[k]!)));
    console.log(
      `MASE of ${cases.length} series: automatic ${automatic!.toFixed(3)}, seasonal naive ${plain!.toFixed(3)}`,
    );
    expect(automatic!).toBeLessThan(0.9 * plain!);
  });
});
