import { describe, expect, test } from "vitest";
import { analysedTide, harmonicTide, tideAt } from "./harmonic-tide.ts";
import { forecastSeries } from "./forecast.ts";
import { forecasterOf } from "./forecaster.ts";
import { seasonalNaive } from "./seasonal-naive.ts";

/** Constants like those of a mixed tide: name, degrees an hour, m, degrees. */
const made = [
  ["M2", 28.9841042, 0.17, 310],
  ["S2", 30, 0.06, 350],
  ["N2", 28.4397295, 0.035, 290],
  ["K1", 15.0410686, 0.2, 300],
  ["O1", 13.9430356, 0.14, 250],
  ["M4", 57.9682084, 0.01, 20],
] as const;
const levelAt = (hours: number) =>
  made.reduce((sum, [, speed, amp, phase]) => sum + amp * Math.cos(((speed * hours - phase) * Math.PI) / 180), 0.9);
const record = (days: number) => Array.from({ length: 24 * days }, (_, i) => levelAt(i));

describe("analysis", () => {
  test("gives back amplitudes and phases that a record was made of, and nothing of what it was not", () => {
    const { mean, harmonics } = analysedTide(record(60), 1)!;
    expect(mean).toBeCloseTo(0.9, 9);
    for (const { name, amplitude, phase } of harmonics) {
      const [, , amp, given] = made.find(([id]) => id === name) ?? [name, 0, 0, null];
      expect(amplitude, name).toBeCloseTo(amp, 8);
      if (given !== null) expect(phase, name).toBeCloseTo(given, 5);
    }
  });

  test("missing values are left out, not filled", () => {
    const gaps = record(60).map((value, i) => (i % 7 === 0 || (i > 400 && i < 640) ? null : value));
    const m2 = analysedTide(gaps, 1)!.harmonics.find(({ name }) => name === "M2")!;
    expect([m2.amplitude, m2.phase]).toEqual([expect.closeTo(0.17, 8), expect.closeTo(310, 5)]);
  });

  test("ten-minute steps", () => {
    const fine = Array.from({ length: 6 * 24 * 30 }, (_, i) => levelAt(i / 6));
    const tide = analysedTide(fine, 1 / 6)!;
    expect(tideAt(tide, 1000)).toBeCloseTo(levelAt(1000), 6);
  });

  test("too little to tell: null", () => {
    expect(analysedTide([1, 2, 3], 1)).toBeNull();
    expect(analysedTide([], 1)).toBeNull();
    expect(
      analysedTide(
        Array.from({ length: 500 }, () => null),
        1,
      ),
    ).toBeNull();
  });
});

describe("forecast", () => {
  test("without a surge the tide goes on", () => {
    const values = record(60);
    const forecast = harmonicTide(1)
      .fit({ values, periods: [25] }, 48)!
      .forecast(values, 48);
    forecast.forEach((level, i) => expect(level).toBeCloseTo(levelAt(values.length + i), 7));
  });

  test("a surge of 0.5 m falls by exp(-h/12): 0.184 m after 12 hours, 0.068 m after a day", () => {
    const values = record(60);
    const fitted = harmonicTide(1).fit({ values, periods: [] }, 24)!;
    const raised = [...values, levelAt(values.length) + 0.5];
    const forecast = fitted.forecast(raised, 24);
    const surge = (h: number) => forecast[h - 1]! - levelAt(raised.length - 1 + h);
    expect([surge(1), surge(12), surge(24)]).toEqual([
      expect.closeTo(0.5 * Math.exp(-1 / 12), 6),
      expect.closeTo(0.18394, 5),
      expect.closeTo(0.06767, 5),
    ]);
    // the gauge falls silent for 6 hours: the surge is that much older
    const silent = fitted.forecast([...raised, ...Array.from({ length: 6 }, () => null)], 6);
    expect(silent[5]! - levelAt(raised.length + 11)).toBeCloseTo(0.18394, 5);
  });

  test("where it competes on a tide it is chosen", () => {
    const values = record(90).map((level, i) => level + 0.02 * Math.sin(i * i));
    const forecasters = [forecasterOf(seasonalNaive()), harmonicTide(1)];
    expect(forecastSeries({ values, periods: [25] }, 24, { forecasters })?.method).toBe("harmonic-tide");
  });

  test("what is no number is refused, what is too short is not fitted", () => {
    expect(() => harmonicTide(1).fit({ values: [Number.NaN], periods: [] }, 1)).toThrow("value 0 of the series is NaN");
    expect(harmonicTide(1).fit({ values: [1, 2], periods: [] }, 1)).toBeNull();
  });
});
