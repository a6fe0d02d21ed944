import { describe, expect, test } from "vitest";
import { forecasterOf } from "./forecaster.ts";
import { lagReservoir, routed } from "./lag-reservoir.ts";

const fixed = (values: ArrayLike<number>) => Array.from(values, (value) => Number(value.toFixed(3)));

describe("a reservoir", () => {
  test("the check of the catalogue: K 3 h, empty, u = 1 for three hours: 0.283, 0.487, 0.632", () => {
    expect(fixed(routed([1, 1, 1], { delay: 0, storage: 3 }))).toEqual([0.283, 0.487, 0.632]);
  });

  test("a delay shifts what comes, and what came before the first step counts as the first", () => {
    expect(fixed(routed([0, 1, 1, 1, 0], { delay: 1, storage: 3 }))).toEqual([0, 0, 0.283, 0.487, 0.632]);
    expect(fixed(routed([1, 0, 0], { delay: 1, storage: 3 }))).toEqual([0.283, 0.487, 0.349]);
  });

  test("what goes in comes out: the sum of a single pulse", () => {
    const out = routed([6, ...Array.from({ length: 200 }, () => 0)], { delay: 0, storage: 4 });
    expect(out.reduce((sum, level) => sum + level, 0)).toBeCloseTo(6, 8);
  });
});

describe("a river below another", () => {
  // Upstream: floods that rise at once and fall off; the river: base 0.5, c 0.7, four steps later through K = 6.
  const upstream = Array.from({ length: 400 }, (_, i) => 1 + 3 * Math.exp(-(i % 90) / 8) * (1 + ((i * 7) % 5) / 10));
  const first = upstream[0]!;
  const through = routed(
    upstream.map((u) => u - first),
    { delay: 4, storage: 6 },
  );
  const level = Array.from(through, (held) => 0.5 + 0.7 * (first + held));
  const fitted = (length: number, ahead: boolean) =>
    forecasterOf(lagReservoir).fit(
      { values: level.slice(0, length), periods: [], regressors: [{ name: "upstream", values: upstream, ahead }] },
      12,
    )!;

  test("delay, storage, base and share are found: with the upstream level known ahead the forecast is exact", () => {
    const forecast = fitted(300, true).forecast(level.slice(0, 300), 12, [
      { name: "upstream", values: upstream, ahead: true },
    ]);
    forecast.forEach((value, i) => expect(value).toBeCloseTo(level[300 + i]!, 4));
  });

  test("without it, what is on its way is known for the delay, then the present upstream level is held", () => {
    // 272: two steps after a flood has passed the upper gauge
    const at = 272;
    const known = [{ name: "upstream", values: upstream.slice(0, at) }];
    const forecast = fitted(at, false).forecast(level.slice(0, at), 12, known);
    for (let h = 1; h <= 4; h += 1) expect(forecast[h - 1]).toBeCloseTo(level[at - 1 + h]!, 4);
    const held = upstream.slice(0, at);
    while (held.length < at + 12) held.push(held[at - 1]!);
    const expected = routed(
      held.map((u) => u - first),
      { delay: 4, storage: 6 },
    );
    expect(forecast[11]).toBeCloseTo(0.5 + 0.7 * (first + expected[at + 11]!), 4);
  });

  test("a level that is off falls back to what the inflow says as the reservoir runs out", () => {
    const off = [...level.slice(0, 299), level[299]! + 0.4];
    const known = [{ name: "upstream", values: upstream, ahead: true }];
    const model = fitted(299, true);
    const [plain, raised] = [level.slice(0, 300), off].map((values) => model.forecast(values, 12, known));
    expect(raised![5]! - plain![5]!).toBeCloseTo(0.4 * Math.exp(-1), 6);
  });

  test("rain and level together: each has its own delay", () => {
    const rain = Array.from({ length: 400 }, (_, i) => (i % 37 < 3 ? 5 : 0));
    const fromRain = routed(
      rain.map((mm) => mm - rain[0]!),
      { delay: 1, storage: 12 },
    );
    const both = level.map((value, i) => value + 0.2 * (rain[0]! + fromRain[i]!));
    const known = [
      { name: "upstream", values: upstream, ahead: true },
      { name: "rain", values: rain, ahead: true },
    ];
    const forecast = forecasterOf(lagReservoir)
      .fit({ values: both.slice(0, 300), periods: [], regressors: known }, 12)!
      .forecast(both.slice(0, 300), 12, known);
    forecast.forEach((value, i) => expect(Math.abs(value - both[300 + i]!)).toBeLessThan(0.02));
  });
});

test("without a regressor, or with too short a history, it is not used", () => {
  const values = Array.from({ length: 100 }, (_, i) => i % 7);
  expect(forecasterOf(lagReservoir).fit({ values, periods: [] }, 3)).toBeNull();
  const short = { values: values.slice(0, 59), periods: [], regressors: [{ name: "u", values }] };
  expect(forecasterOf(lagReservoir).fit(short, 3)).toBeNull();
});
