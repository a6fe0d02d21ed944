import { describe, expect, test } from "vitest";
import { seededRandom } from "@ioc/testkit";
import { countRegression } from "./count-regression.ts";
import { forecastSeries } from "./forecast.ts";
import { nbClimate } from "./nb-climate.ts";
import { coverage } from "./scores.ts";
import { scaledSeasonalNaive } from "./scaled-seasonal-naive.ts";
import { forecasterOf } from "./forecaster.ts";
import { seasonalNaive } from "./seasonal-naive.ts";

const random = seededRandom(5);
/** A count of the given mean and dispersion 1 / size, as a sum of `size` geometric ones. */
function drawn(mean: number, size: number): number {
  const stop = size / (size + mean);
  return Array.from({ length: size }).reduce<number>(
    (sum) => sum + Math.floor(Math.log(1 - random()) / Math.log(1 - stop)),
    0,
  );
}

test("regression finds the rule and the dispersion that counts were drawn with", () => {
  const x = Float64Array.from({ length: 4000 }, () => 2 * random());
  const z = Float64Array.from({ length: 4000 }, () => random());
  const y = x.map((value, i) => drawn(Math.exp(1 + 0.8 * value - 0.5 * z[i]!), 4));
  const { intercept, weights, dispersion } = countRegression([x, z], y, 1);
  expect(intercept).toBeCloseTo(1, 1);
  expect(weights[0]).toBeCloseTo(0.8, 1);
  expect(weights[1]).toBeCloseTo(-0.5, 1);
  expect(Math.abs(dispersion - 0.25)).toBeLessThan(0.03);
});

test("counts that vary no more than they must have no dispersion, and a handful of cases gives finite numbers", () => {
  const x = Float64Array.from({ length: 200 }, (_, i) => i % 2);
  expect(
    countRegression(
      [x],
      x.map((one) => 4 + one),
      1,
    ).dispersion,
  ).toBe(0);
  const rare = x.map((_, i) => Number(i === 77));
  const { intercept, weights } = countRegression([x], rare, 1);
  expect([intercept, weights[0]].every(Number.isFinite)).toBe(true);
});

/** Five years of weeks: a season, and rain that brings cases eight weeks later. */
const weeks = 260;
const rain = Array.from({ length: weeks + 4 }, () => 60 * random() ** 4);
const wet = (t: number) =>
  Array.from({ length: 7 }, (_, i) => rain[Math.max(0, t - 4 - i)]!).reduce((sum, mm) => sum + mm, 0) / 7;
const meanAt = (t: number) => Math.exp(2 + 0.6 * Math.sin((2 * Math.PI * t) / 52.18) + 0.08 * wet(t - 1));
const cases = Array.from({ length: weeks + 4 }, (_, t) => drawn(meanAt(t), 8));
const series = { values: cases.slice(0, weeks), periods: [52] };
const climate = [
  { name: "temperature", values: rain.map(() => 25) },
  { name: "rain", values: rain.slice(0, weeks) },
];

describe("nb-climate", () => {
  test("needs three years of weeks in a choice, else the scaled season before is there", () => {
    const forecasters = [nbClimate, forecasterOf(scaledSeasonalNaive(52, 4))];
    const idsAfter = (length: number) =>
      forecastSeries({ values: cases.slice(0, length), periods: [52] }, 4, { forecasters })?.candidates.map(
        ({ id }) => id,
      );
    expect(idsAfter(155)).toEqual(["scaled-seasonal-naive"]);
    expect(idsAfter(156)?.toSorted()).toEqual(["nb-climate", "scaled-seasonal-naive"]);
  });

  test("its bands are those of its distribution", () => {
    const { bands, point } = forecastSeries(series, 4, { forecasters: [nbClimate] })!;
    const found = nbClimate.fit(series, 4)!.quantiles!([0.1, 0.5, 0.9], series.values, 4);
    found.forEach(([low, median, high], i) => {
      expect([bands[0]?.low[i], point[i], bands[0]?.high[i]].map((x) => x!.toFixed(6))).toEqual(
        [low, median, high].map((x) => x!.toFixed(6)),
      );
      expect(high! - median!).toBeGreaterThan(median! - low!);
    });
  });

  test("they hold about what they should: of 1,600 values after the fit", () => {
    const long = Array.from({ length: 704 }, (_, t) => drawn(meanAt(t % (weeks + 4)), 8));
    const fitted = nbClimate.fit({ values: long.slice(0, 300), periods: [] }, 4)!;
    const shares = Array.from({ length: 400 }, (_, i) => {
      const quantiles = fitted.quantiles!([0.025, 0.1, 0.9, 0.975], long.slice(0, 300 + i), 4);
      const came = long.slice(300 + i, 304 + i);
      const at = (place: number) => quantiles.map((row) => row[place]!);
      return [coverage(came, at(1), at(2))!, coverage(came, at(0), at(3))!];
    });
    const mean = (place: number) => shares.reduce((sum, row) => sum + row[place]!, 0) / shares.length;
    expect(Math.abs(mean(0) - 0.8)).toBeLessThan(0.06);
    expect(Math.abs(mean(1) - 0.95)).toBeLessThan(0.03);
  });

  test("rain of ten to four weeks ago is in it, rain since is not", () => {
    const fitted = nbClimate.fit({ ...series, regressors: climate }, 4)!;
    const first = (change: (t: number) => number) =>
      fitted.forecast(series.values, 1, [
        climate[0]!,
        { name: "rain", values: climate[1]!.values.map((mm, t) => mm + change(t)) },
      ])[0]!;
    const as = first(() => 0);
    expect(first((t) => (t >= weeks - 4 || t < weeks - 11 ? 500 : 0))).toBe(as);
    expect(first((t) => (t >= weeks - 11 && t < weeks - 4 ? 10 : 0))).toBeGreaterThan(1.3 * as);
  });

  test("a missing regressor is named; no cases, negative values and 99 weeks are nothing to learn from", () => {
    const fitted = nbClimate.fit({ ...series, regressors: climate }, 4)!;
    expect(() => fitted.forecast(series.values, 4)).toThrow('regressor "temperature" is missing');
    expect(() => fitted.forecast(series.values, 5, climate)).toThrow("beyond the 4 steps");
    expect(nbClimate.fit({ ...series, values: series.values.map(() => 0) }, 4)).toBeNull();
    expect(nbClimate.fit({ ...series, values: series.values.map((y) => y - 3) }, 4)).toBeNull();
    expect(nbClimate.fit({ ...series, values: series.values.slice(0, 99) }, 4)).toBeNull();
  });
});

describe("scaled-seasonal-naive", () => {
  const fitted = (values: number[]) => forecasterOf(scaledSeasonalNaive(4, 2)).fit({ values, periods: [] }, 6);

  test("the season before times the ratio of the last values to the same ones then", () => {
    expect(fitted([10, 20, 30, 40, 20, 40])!.forecast([10, 20, 30, 40, 20, 40], 6)).toEqual([60, 80, 40, 80, 60, 80]);
  });

  test("the ratio goes from 0.3 to 3, and is 1 where there is nothing to compare", () => {
    const first = (values: number[]) => fitted(values)!.forecast(values, 1)[0];
    expect(first([1, 1, 8, 8, 90, 90])).toBe(24);
    expect(first([90, 90, 10, 10, 1, 1])).toBe(3);
    expect(first([0, 0, 8, 8, 5, 5])).toBe(24);
    expect(first([0, 0, 8, 8, 0, 0])).toBe(8);
    expect(fitted([1, 2, 3, 4, 5])).toBeNull();
  });
});

test("without a combination the best single method is taken", () => {
  const forecasters = [forecasterOf(seasonalNaive()), forecasterOf(scaledSeasonalNaive(52, 4)), nbClimate];
  const free = forecastSeries(series, 4, { forecasters })!;
  const single = forecastSeries(series, 4, { forecasters, combine: false })!;
  expect(free.candidates).toEqual(single.candidates);
  expect(single.method).toBe(single.candidates[0]?.id);
});
