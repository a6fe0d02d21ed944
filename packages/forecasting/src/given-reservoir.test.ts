import { describe, expect, test } from "vitest";
import { givenReservoir } from "./given-reservoir.ts";

/** Cẩm Lệ below Ái Nghĩa, the constants of the catalogue, hours and metres. */
const constants = { delay: 4, storage: 3, share: 0.9, threshold: 7.2, base: 0.15, tide: 0.8 };
const steps = (length: number, level: (t: number) => number) => Array.from({ length }, (_, t) => level(t));
const forecastOf = (
  values: (number | null)[],
  upstream: number[],
  { tide, release, rise = 0.0009 }: { tide?: number[]; release?: number[]; rise?: number } = {},
  horizon = 12,
) => {
  const regressors = [
    { name: "upstream", values: upstream },
    ...(tide ? [{ name: "tide", values: tide, ahead: true }] : []),
    ...(release ? [{ name: "release", values: release }] : []),
  ];
  const forecaster = givenReservoir({ ...constants, release: { delay: 6, rise } });
  return forecaster.fit({ values, periods: [], regressors }, horizon)!.forecast(values, horizon, regressors);
};

describe("with the constants of the catalogue", () => {
  test.each([
    [8.14, 1],
    [10.01, 2.68],
    [10.3, 2.94],
  ])("an upper level that has long stood at %f m is %f m below", (upper, lower) => {
    const [level] = forecastOf(
      steps(100, () => lower),
      steps(100, () => upper),
    );
    expect(level).toBeCloseTo(lower, 2);
  });

  test("a flood that has passed the upper gauge comes four hours later, through the reservoir", () => {
    // 8.2 m since two hours ago: u = 1 m from then on.
    const upstream = steps(100, (t) => (t >= 98 ? 8.2 : 7));
    const found = forecastOf(
      steps(100, () => 0.15),
      upstream,
    );
    expect(found[0]).toBeCloseTo(0.15, 6);
    expect(found[1]).toBeCloseTo(0.15, 6);
    expect(found.slice(2, 5).map((level) => Number(level.toFixed(3)))).toEqual([0.405, 0.588, 0.719]);
  });

  test("the tide moves it, and what it is off by falls off", () => {
    const tide = steps(112, (t) => (t >= 100 ? 0.5 : 0));
    const found = forecastOf(
      steps(100, () => 0.45),
      steps(100, () => 6),
      { tide },
    );
    expect(found[0]).toBeCloseTo(0.15 + 0.8 * 0.5 + 0.3 * Math.exp(-1 / 3), 6);
    expect(found[11]).toBeCloseTo(0.15 + 0.8 * 0.5 + 0.3 * Math.exp(-12 / 3), 6);
  });

  test("a release on its way raises the upper level to come: 1,000 m3/s by 0.9 m, six hours later", () => {
    const still = steps(100, () => 7.2);
    const release = steps(100, (t) => (t >= 98 ? 1500 : 500));
    const found = forecastOf(
      steps(100, () => 0.15),
      still,
      { release },
      24,
    );
    // Six hours after 98 the upper gauge rises, four hours later it comes here.
    expect(found.slice(0, 8).every((level) => Math.abs(level - 0.15) < 1e-9)).toBe(true);
    expect(found[8]).toBeCloseTo(0.15 + 0.9 * 0.9 * (1 - Math.exp(-1 / 3)), 6);
    expect(found[23]).toBeCloseTo(0.15 + 0.9 * 0.9, 1);
  });
});

test("without an upper gauge it is not used; a gap at the end is bridged by what came before", () => {
  expect(givenReservoir(constants).fit({ values: [1, 2], periods: [] }, 3)).toBeNull();
  const regressors = [{ name: "upstream", values: steps(50, () => 7) }];
  expect(
    givenReservoir(constants).fit({ values: steps(50, () => 1).map(() => null), periods: [], regressors }, 3),
  ).toBeNull();
  const values = [...steps(48, () => 0.75), null, null];
  expect(
    forecastOf(
      values,
      steps(50, () => 7),
    )[0],
  ).toBeCloseTo(0.15 + 0.6 * Math.exp(-3 / 3), 6);
  expect(() => givenReservoir(constants).fit({ values, periods: [], regressors }, 3)!.forecast(values, 3)).toThrow(
    'regressor "upstream" is missing',
  );
});
