import { describe, expect, test } from "vitest";
import { m4Horizon, readM4Hourly, requireSharedData } from "@ioc/testkit";
import { forecasterOf } from "./forecaster.ts";
import { forecastSeries } from "./forecast.ts";
import { meanOf } from "./numbers.ts";
import { mase, maseScale, smape } from "./scores.ts";
import { seasonalNaive } from "./seasonal-naive.ts";

describe.skipIf(!requireSharedData("bench-m4-hourly"))("M4 hourly", () => {
  const naive = forecasterOf(seasonalNaive());
  const forecastNaively = (train: { values: number[]; periods: number[] }) =>
    naive.fit(train, m4Horizon)!.forecast(train.values, m4Horizon);

  test("the seasonal naive method has the figures that came with the data: sMAPE 13.979, MASE 1.233", () => {
    const cases = readM4Hourly();
    expect(cases).toHaveLength(207);
    const scores = cases.map(({ train, test }) => {
      const forecast = forecastNaively(train);
      return [smape(test, forecast)!, mase(test, forecast, maseScale(train))!] as const;
    });
    expect(meanOf(scores.map(([share]) => share))).toBeCloseTo(13.979, 3);
    expect(meanOf(scores.map(([, scaled]) => scaled))).toBeCloseTo(1.233, 3);
  });

  test("over every thirtieth series the automatic choice beats it", () => {
    const cases = readM4Hourly().filter((_, i) => i % 30 === 0);
    const scores = cases.map(({ train, test }) => {
      const scale = maseScale(train);
      return [mase(test, forecastSeries(train, m4Horizon)!.point, scale)!, mase(test, forecastNaively(train), scale)!];
    });
    const [automatic, plain] = [0, 1].map((k) => meanOf(scores.map((score) => score[k]!)));
    console.log(
      `MASE of ${cases.length} series: automatic ${automatic!.toFixed(3)}, seasonal naive ${plain!.toFixed(3)}`,
    );
    expect(automatic!).toBeLessThan(0.9 * plain!);
  });
});
