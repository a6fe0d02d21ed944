import { describe, expect, test } from "vitest";
import { seededRandom } from "@ioc/testkit";
import { directRegression } from "./direct-regression.ts";
import { forecasterOf } from "./forecaster.ts";
import type { Forecaster } from "./forecaster.ts";
import { forecastSeries } from "./forecast.ts";
import { holtWinters } from "./holt-winters.ts";
import { standardForecasters } from "./methods.ts";
import { coverage } from "./scores.ts";
import { seasonalAverage } from "./seasonal-average.ts";
import { seasonalNaive } from "./seasonal-naive.ts";

/** A level that wanders, a season of 12 and noise, roughly normal; the same for the same seed. */
function made(length: number, seed: number): number[] {
  const random = seededRandom(seed);
  const noise = () => random() + random() + random() - 1.5;
  let level = 20;
  return Array.from({ length }, (_, i) => {
    level += 0.2 * noise();
    return level + 5 * Math.sin((2 * Math.PI * i) / 12) + 2 * noise();
  });
}

/** A forecaster that always says the same. */
const saying = (id: string, value: number): Forecaster => ({
  id,
  fit: () => ({ forecast: (_, horizon) => Array.from({ length: horizon }, () => value) }),
});

describe("the choice", () => {
  const values = Array.from({ length: 60 }, (_, i) => 10 + (i % 2));

  test("the method with the least error from rolling origins", () => {
    const forecast = forecastSeries({ values, periods: [2] }, 4, {
      forecasters: [saying("low", 2), saying("right", 10.5), saying("high", 30)],
    });
    expect(forecast?.method).toBe("right");
    expect(forecast?.candidates.map(({ id, error }) => [id, error])).toEqual([
      ["right", 0.5],
      ["low", 8.5],
      ["high", 19.5],
    ]);
    expect(forecast?.point).toEqual([10.5, 10.5, 10.5, 10.5]);
    // Off by one half always, so the 80 % band is one half wide on either side; a season is worth nothing here: no
    // scale.
    expect(forecast?.bands[0]).toEqual({ level: 0.8, low: [10, 10, 10, 10], high: [11, 11, 11, 11] });
    expect(forecast?.mase).toBeNull();
  });

  test("the combination, where methods that err in opposite ways are better together", () => {
    const wobble = (id: string, sign: number): Forecaster => ({
      id,
      fit: () => ({
        forecast: (history, horizon) =>
          Array.from({ length: horizon }, (_, i) => {
            const at = history.length + i;
            return values[at % 2]! + (at % 3 === 1 + sign ? 6 : 0);
          }),
      }),
    });
    const forecasters = [wobble("a", -1), wobble("b", 0), wobble("c", 1)];
    const forecast = forecastSeries({ values, periods: [2] }, 4, { forecasters });
    expect(forecast?.method).toBe("combination");
    expect(forecast?.point).toEqual([10, 11, 10, 11]);
  });

  test("a made series: better than the seasonal naive method, and what is chosen has no larger error than any method", () => {
    const forecast = forecastSeries({ values: made(240, 5), periods: [12] }, 12)!;
    expect(forecast.candidates.length).toBeGreaterThanOrEqual(8);
    expect(forecast.mase).toBeLessThan(0.9);
    const errors = forecast.candidates.map(({ error }) => error);
    expect(errors).toEqual(errors.toSorted((a, b) => a - b));
    expect(forecast.origins).toBeGreaterThanOrEqual(5);
  });

  test("the same series gives the same forecast", () => {
    const series = { values: made(240, 6), periods: [12, 48] };
    expect(forecastSeries(series, 12)).toEqual(forecastSeries(series, 12));
  });
});

describe("bands", () => {
  test("made series: 80 and 95 % bands hold that share of what came, within 5 points", () => {
    const forecasters = [seasonalNaive(), seasonalAverage, holtWinters(), directRegression("direct", 1)].map(
      forecasterOf,
    );
    const shares = [0, 0];
    const count = 120;
    for (let seed = 1; seed <= count; seed += 1) {
      const values = made(312, seed);
      const { bands } = forecastSeries({ values: values.slice(0, -12), periods: [12] }, 12, { forecasters })!;
      for (const [i, { low, high }] of bands.entries()) shares[i]! += coverage(values.slice(-12), low, high)! / count;
    }
    console.log(`coverage of made series: ${shares.map((share) => (100 * share).toFixed(1)).join(" and ")} %`);
    expect(Math.abs(shares[0]! - 0.8)).toBeLessThan(0.05);
    expect(Math.abs(shares[1]! - 0.95)).toBeLessThan(0.05);
  });
});

describe("edges", () => {
  test("nothing known, nothing forecast", () => {
    expect(forecastSeries({ values: [], periods: [24] }, 3)).toBeNull();
    expect(forecastSeries({ values: [null, null], periods: [] }, 3)).toBeNull();
  });

  test("a constant series stays so, by the plainest method, in bands without width", () => {
    const values = Array.from({ length: 120 }, () => 7);
    const forecast = forecastSeries({ values, periods: [12] }, 2);
    const flat = [7, 7];
    expect(forecast).toMatchObject({ method: "seasonal-naive", point: flat, mase: null });
    expect(forecast?.bands.map(({ low, high }) => [low, high])).toEqual([
      [flat, flat],
      [flat, flat],
    ]);
  });

  test("shorter than a season: the last value, no bands; a season but no room for origins: the season again", () => {
    const none = { candidates: [], mase: null, origins: 0 };
    const noBand = { low: [null, null, null], high: [null, null, null] };
    expect(forecastSeries({ values: [3, 5, null], periods: [24] }, 3)).toEqual({
      ...none,
      method: "last-value",
      point: [5, 5, 5],
      bands: [
        { level: 0.8, ...noBand },
        { level: 0.95, ...noBand },
      ],
    });
    expect(forecastSeries({ values: [1, 2, 3, 4, 5], periods: [3] }, 3)?.point).toEqual([3, 4, 5]);
  });

  test("horizon 0 is an empty forecast; what is no horizon is refused", () => {
    expect(forecastSeries({ values: made(60, 1), periods: [12] }, 0)).toMatchObject({ point: [], origins: 0 });
    expect(() => forecastSeries({ values: [1], periods: [] }, 1.5)).toThrow(
      "horizon 1.5 is not a whole number of steps",
    );
    expect(() => forecastSeries({ values: [1], periods: [] }, -1)).toThrow("horizon -1");
  });

  test("NaN and infinity are refused with their place", () => {
    const values = [1, 2, Number.NaN, 4];
    expect(() => forecastSeries({ values, periods: [2] }, 1)).toThrow("value 2 of the series is NaN");
    for (const forecaster of standardForecasters) {
      expect(() => forecaster.fit({ values, periods: [2] }, 1)).toThrow("value 2 of the series is NaN");
    }
  });

  test("gaps, at the end and half a week long, change little", () => {
    const whole = made(240, 9);
    const gaps: (number | null)[] = whole.map((value, i) =>
      i % 17 === 3 || (i > 90 && i < 97) || i > 236 ? null : value,
    );
    const [a, b] = [whole, gaps].map((values) => forecastSeries({ values, periods: [12] }, 12)!);
    expect(b!.point.every(Number.isFinite)).toBe(true);
    const apart = a!.point.map((value, i) => Math.abs(value - b!.point[i]!));
    expect(Math.max(...apart)).toBeLessThan(2.5);
  });

  test("huge and tiny values: the same forecast in another unit, digit for digit", () => {
    const values = made(180, 3);
    const plain = forecastSeries({ values, periods: [12] }, 6)!;
    for (const unit of [2 ** 1000, 2 ** -900]) {
      const scaled = forecastSeries({ values: values.map((value) => value * unit), periods: [12] }, 6)!;
      expect(scaled.method).toBe(plain.method);
      expect(scaled.point.map((value) => value / unit)).toEqual(plain.point);
    }
  });

  test("without a season a straight line and a walk are forecast too", () => {
    const values = Array.from({ length: 80 }, (_, i) => 3 + 0.5 * i);
    const forecast = forecastSeries({ values, periods: [] }, 3)!;
    forecast.point.forEach((value, i) => expect(Math.abs(value - (43 + 0.5 * i))).toBeLessThan(0.5));
  });
});
