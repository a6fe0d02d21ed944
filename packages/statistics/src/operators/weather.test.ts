import { expect, test } from "vitest";
import { parseSeries } from "@ioc/testkit";
import { distanceKm, inverseDistanceMean, weightedMean } from "./space.ts";
import { runningSumMax, scaledTotal, windowSum } from "./window.ts";
import { meanBySector, vectorMean, windRose, windSector } from "./wind.ts";

const series = (text: string) => parseSeries(text).map((value) => value ?? null);
const options = { power: 2, nearest: 5, floorKm: 0.5 };

test("100 mm at 1 km and 40 mm at 2 km make 88.0 mm", () => {
  const points = [
    { distance: 2, value: 40 },
    { distance: 1, value: 100 },
  ];
  expect(inverseDistanceMean(points, options)).toBeCloseTo(88, 12);
});

test("only the nearest valid points count, near ones from 0.5 km", () => {
  const far = [3, 4, 5, 6].map((distance) => ({ distance, value: 10 }));
  const missing = { distance: 0.1, value: null };
  expect(
    inverseDistanceMean([missing, ...far, { distance: 7, value: 10 }, { distance: 8, value: 999 }], options),
  ).toBeCloseTo(10);
  expect(
    inverseDistanceMean(
      [
        { distance: 0, value: 8 },
        { distance: 0.5, value: 4 },
      ],
      options,
    ),
  ).toBe(6);
  expect(inverseDistanceMean([missing], options)).toBeNull();
});

test("weighted mean leaves out what has no value or weight", () => {
  const pairs = [
    { value: 10, weight: 3 },
    { value: 20, weight: 1 },
    { value: null, weight: 9 },
    { value: 99, weight: null },
  ];
  expect(weightedMean(pairs)).toBe(12.5);
  expect(weightedMean([])).toBeNull();
});

test("a degree of latitude is 111.2 km", () => {
  expect(distanceKm({ lat: 16, lon: 108 }, { lat: 17, lon: 108 })).toBeCloseTo(111.19, 1);
  expect(distanceKm({ lat: 16, lon: 108 }, { lat: 16, lon: 108 })).toBe(0);
});

test("heaviest hour of 0 2 8 15 20 12 5 1 is 62 mm", () => {
  expect(runningSumMax(series("0 2 8 15 20 12 5 1"), 6, 5)).toEqual({ sum: 62, end: 6 });
  expect(runningSumMax(series("1 2 3"), 6, 5)).toBeNull();
  expect(runningSumMax(series("1 _ 3 4 5 6 7"), 6, 5)).toEqual({ sum: 25, end: 6 });
});

test("a window sum needs its values and is not scaled up", () => {
  expect(windowSum(series("1 1 1 1"), 3, 4, 3)).toEqual({ sum: 4, valid: 4 });
  expect(windowSum(series("1 _ 1 1"), 3, 4, 3)).toEqual({ sum: 3, valid: 3 });
  expect(windowSum(series("1 _ _ 1"), 3, 4, 3)).toEqual({ sum: null, valid: 2 });
  expect(windowSum(series("1 1"), 1, 4, 1).sum).toBeNull();
});

test("an hour total is scaled up from 9 of 12 values", () => {
  expect(scaledTotal(90, 9, 12, 0.75)).toBe(120);
  expect(scaledTotal(80, 8, 12, 0.75)).toBeNull();
  expect(scaledTotal(120, 13, 12, 0.75)).toBe(120);
  expect(scaledTotal(null, 0, 12, 0.75)).toBeNull();
});

test("sectors turn at 11.25 degrees", () => {
  expect([348.75, 11.24, 11.25, 0, 360, 90, 180, 270, 348.74].map(windSector)).toEqual([0, 0, 1, 0, 0, 4, 8, 12, 15]);
});

test("the mean of winds around north is north", () => {
  const mean = vectorMean([
    { speed: 3, direction: 350 },
    { speed: 3, direction: 10 },
  ]);
  expect(mean?.speed).toBe(3);
  expect(Math.min(mean?.direction ?? 99, 360 - (mean?.direction ?? 99))).toBeCloseTo(0, 9);
  const opposite = [
    { speed: 2, direction: 90 },
    { speed: 2, direction: 270 },
  ];
  expect(vectorMean(opposite)).toEqual({ speed: 2, direction: null });
  expect(vectorMean([])).toBeNull();
});

test("the rose adds up to 100 percent", () => {
  const edges = [0, 2, 4, 6, 8, 10.8];
  const rose = windRose(
    [
      { speed: 0.4, direction: 90 },
      { speed: 1, direction: 90 },
      { speed: 2, direction: 90 },
      { speed: 10.8, direction: 0 },
    ],
    edges,
    0.5,
  );
  expect(rose?.calm).toBe(25);
  expect(rose?.percent[4]).toEqual([25, 25, 0, 0, 0, 0]);
  expect(rose?.percent[0]).toEqual([0, 0, 0, 0, 0, 25]);
  expect((rose?.percent.flat().reduce((a, b) => a + b) ?? 0) + (rose?.calm ?? 0)).toBe(100);
  expect(windRose([], edges, 0.5)).toBeNull();
  expect(windRose([{ speed: 3, direction: null }], edges, 0.5)).toBeNull();
});

test("means by wind sector: 348.75 and 11.24 are north, 11.25 is not; calm hours stand apart", () => {
  const hours = [
    { speed: 2, direction: 348.75, value: 20 },
    { speed: 4, direction: 11.24, value: 40 },
    { speed: 3, direction: 11.25, value: 60 },
    { speed: 0.4, direction: 90, value: 10 },
    { speed: 3, direction: null, value: 99 },
    { speed: 3, direction: 0, value: null },
  ];
  const rose = meanBySector(hours, 0.5, 2);
  expect(rose?.sectors[0]).toEqual({ mean: 30, share: 50, speed: 3 });
  expect(rose?.sectors[1]).toEqual({ mean: null, share: 25, speed: 3 });
  expect(rose?.sectors[4]).toEqual({ mean: null, share: 0, speed: null });
  expect(rose?.calm).toEqual({ mean: null, share: 25, speed: 0.4 });
  expect(meanBySector([{ speed: 3, direction: null, value: 5 }], 0.5, 1)).toBeNull();
});
