import { describe, expect, test } from "vitest";
import { frozenSurprise, newFrozen } from "./frozen.ts";
import { newHabit, remember, surpriseOf } from "./habit.ts";
import { newLevel, strangeLevel } from "./level.ts";
import { newSeason, strangeHour } from "./season.ts";
import { interrupt, newShape, strangeShape } from "./shape.ts";

const minute = 60_000;

describe("surprise", () => {
  const habitOf = (...values: number[]) => {
    const habit = newHabit();
    for (const value of values) remember(habit, value);
    return habit;
  };
  const times = (count: number, value: number) => Array.from({ length: count }, () => value);

  test("is the rank in the history, half of the equals counted", () => {
    const habit = habitOf(...times(90, 1), ...times(10, 2));
    expect(surpriseOf(habit, 2)).toBeCloseTo(-Math.log10(6 / 101), 12);
    expect(surpriseOf(habit, 1)).toBeCloseTo(-Math.log10(56 / 101), 12);
    expect(surpriseOf(habit, 0)).toBeCloseTo(0, 12);
  });

  test("grows beyond the greatest known by the mean excess over the upper 2 %", () => {
    // Threshold 1, twenty values of 2 above it: mean excess 1. Probability of 4: 20/1020 * exp(-(4 - 1) / 1).
    const habit = habitOf(...times(1000, 1), ...times(20, 2));
    expect(surpriseOf(habit, 4)).toBeCloseTo(-Math.log10((20 / 1020) * Math.exp(-3)), 12);
  });

  test("takes a tenth of the threshold for the scale where nothing lies above it", () => {
    // 1/1000 * exp(-(2 - 1) / 0.1)
    expect(surpriseOf(habitOf(...times(1000, 1)), 2)).toBeCloseTo(-Math.log10(0.001 * Math.exp(-10)), 12);
  });

  test("is greatest at a first change, and nothing before fifty readings", () => {
    expect(surpriseOf(habitOf(...times(60, 0)), 0.001)).toBe(12);
    expect(surpriseOf(habitOf(...times(49, 0)), 0.001)).toBe(0);
  });

  test("forgets: what was usual long ago is rare again", () => {
    const habit = habitOf(...times(7999, 4));
    for (const value of times(40_000, 1)) remember(habit, value);
    expect(surpriseOf(habit, 4)).toBeGreaterThan(1.5);
    expect(habit.total).toBeLessThan(8000);
    expect(habit.seen).toBe(47_999);
  });
});

describe("a frozen value", () => {
  test("surprises from the twelfth repeat on, by the geometric law", () => {
    const frozen = newFrozen();
    for (let i = 0; i < 100; i++) expect(frozenSurprise(frozen, i % 2)).toBe(0);
    for (let repeat = 1; repeat < 12; repeat++) expect(frozenSurprise(frozen, 1)).toBe(0);
    // 11 repeats in 111 readings so far: (12 / 112)^12
    expect(frozenSurprise(frozen, 1)).toBeCloseTo(-12 * Math.log10(12 / 112), 12);
  });

  test("has to last three times as long as any before", () => {
    const frozen = newFrozen();
    // Runs of ten equal values: nine repeats.
    for (let i = 0; i < 1000; i++) frozenSurprise(frozen, Math.floor(i / 10));
    const surprises = Array.from({ length: 40 }, () => frozenSurprise(frozen, 99.5));
    expect(surprises.findIndex((surprise) => surprise > 0)).toBe(27);
  });

  test("does not surprise where nothing ever changed", () => {
    const frozen = newFrozen();
    const surprises = Array.from({ length: 5000 }, () => frozenSurprise(frozen, 0));
    expect(Math.max(...surprises)).toBeLessThan(0.5);
  });
});

describe("the season", () => {
  const at = (days: number, minutes: number) => Date.UTC(2025, 0, 1 + days) + minutes * minute;

  test("is what was there at this quarter of an hour and beside it", () => {
    const season = newSeason();
    for (const [i, value] of [10, 12, 11, 90, 13].entries()) strangeHour(season, at(i, 605), value);
    // 10:00 to 10:15: 13, 12 and 11 are nearest to 16.
    expect(strangeHour(season, at(5, 601), 16)?.now).toBe((3 + 4 + 5) / 3);
    // 10:15 to 10:30 is not known yet, nor is what is beside it enough.
    expect(strangeHour(season, at(5, 616), 20)).toBeNull();
    // Three days later 20 is usual beside 10:15 too.
    for (const days of [6, 7, 8]) strangeHour(season, at(days, 616), 20);
    expect(strangeHour(season, at(9, 601), 20)?.now).toBe(0);
  });

  test("knows two habits of one hour", () => {
    const season = newSeason();
    for (let i = 0; i < 14; i++) strangeHour(season, at(i, 0), i % 7 < 5 ? 100 : 10);
    expect(strangeHour(season, at(14, 0), 10)?.now).toBe(0);
    expect(strangeHour(season, at(15, 0), 55)?.now).toBe(45);
  });

  test("averages the last dozen departures, opposite ones cancel", () => {
    const season = newSeason();
    for (let i = 0; i < 21; i++) strangeHour(season, at(i, 0), 10);
    expect(strangeHour(season, at(21, 0), 22)).toEqual({ now: 12, lately: 1 });
    // 1 + (-12 - 1) / 12
    expect(strangeHour(season, at(22, 0), -2)?.lately).toBeCloseTo(1 / 12, 12);
  });

  test("keeps a few values a day of a fast datastream", () => {
    const season = newSeason();
    for (let i = 0; i < 15 * 60; i++) strangeHour(season, i * 1000, i);
    expect(season.slots[0]).toEqual([0, 240, 480, 720]);
  });
});

describe("the shape", () => {
  test("of what was there before is not strange, a new one is its distance away", () => {
    const shape = newShape();
    const pattern = [0, 1, 5, 2];
    for (let i = 0; i < 400; i++) strangeShape(shape, pattern[i % 4]!);
    expect(strangeShape(shape, 0)).toBe(0);
    // Ten runs that end in 1 instead of 4: each 3 away.
    expect(strangeShape(shape, 4)).toBe(3);
  });

  test("is not told across a gap", () => {
    const shape = newShape();
    for (let i = 0; i < 100; i++) strangeShape(shape, i % 4);
    interrupt(shape);
    const told = Array.from({ length: 8 }, (_, i) => strangeShape(shape, i % 4));
    expect(told.slice(0, 7)).toEqual([null, null, null, null, null, null, null]);
    expect(told[7]).toBe(0);
  });
});

test("the level is told in standard deviations of the short mean", () => {
  const level = newLevel();
  for (let i = 0; i < 11; i++) strangeLevel(level, 5);
  expect(strangeLevel(level, 5)).toBe(0);
  // The next mean is 5 + 6/6 = 6; mean 5, but no deviation yet: the first step is beyond all bounds, the second is not.
  expect(strangeLevel(level, 11)).toBeGreaterThan(1e6);
  // After it: mean 5 + 1/13, variance (12/13)(0 + 1/13). The short mean is 6 - 1/6.
  const expected = (6 - 1 / 6 - (5 + 1 / 13)) / Math.sqrt((12 / 13) * (1 / 13));
  expect(strangeLevel(level, 5)).toBeCloseTo(expected, 9);
});
