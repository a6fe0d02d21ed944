import { expect, test } from "vitest";
import { readPack } from "@ioc/city-pack";
import { resolve } from "node:path";
import type { AqiTable } from "./vn-aqi.ts";
import { aqiSubIndex, dayConcentrations, nowCast, vnAqiDay, vnAqiHour } from "./vn-aqi.ts";

const { pack } = await readPack(resolve(import.meta.dirname, "../../../../fixtures/danang"));
const table = pack?.reference["vn_aqi"] as unknown as AqiTable;

/** Example of Decision 1459: 09:00 to 20:00, so the newest value is the last. */
const example = [26.9, 24.7, 20.5, 23.5, 19.5, 16.5, 19.0, 16.5, 20.3, 22.4, 19.6, 20.6];

test("NowCast of the decision's example: w 0.613, 20.3", () => {
  expect(16.5 / 26.9).toBeCloseTo(0.613, 3);
  expect(nowCast(example.toReversed())).toBeCloseTo(20.3, 1);
});

test("NowCast needs two of the newest three hours and skips missing ones", () => {
  expect(nowCast([10, null, null, 10, 10])).toBeNull();
  expect(nowCast([null, 10, 30])).toBeCloseTo((0.5 * 10 + 0.25 * 30) / 0.75, 12);
  expect(nowCast([0, 0, 0, 0])).toBe(0);
  // smallest / largest is 0: the weight is 1/2
  expect(nowCast([8, 0, 4])).toBeCloseTo((8 + 0.25 * 4) / 1.75, 12);
  expect(nowCast([])).toBeNull();
  // only 12 hours count
  expect(nowCast([...Array(12).fill(10), 1000])).toBeCloseTo(10, 12);
});

test("hour index of the decision's example: 59, nitrogen dioxide decides", () => {
  const result = vnAqiHour({ pm25: example.toReversed(), o3: [136.1], no2: [118.7] }, table);
  expect(result).toEqual({
    index: 59,
    dominant: "no2",
    sub: { pm25: 41, pm10: null, o3: 43, no2: 59, so2: null, co: null },
  });
});

test("no index without a PM sub-index, ties go to the first pollutant", () => {
  const none = vnAqiHour({ o3: [136.1], no2: [118.7] }, table);
  expect([none.index, none.dominant, none.sub.no2]).toEqual([null, null, 59]);
  const tie = vnAqiHour({ pm10: [50, 50, 50], no2: [100] }, table);
  expect([tie.index, tie.dominant]).toEqual([50, "pm10"]);
});

test("sub-indices meet at the breakpoints and stop at 500", () => {
  expect([0, 25, 50, 80, 150, 500, 900].map((value) => aqiSubIndex(table, "pm25", value))).toEqual([
    0, 50, 100, 150, 200, 500, 500,
  ]);
  expect(aqiSubIndex(table, "pm25", 37.5)).toBe(75);
  expect(aqiSubIndex(table, "o3_8h", 400)).toBe(300);
  expect(aqiSubIndex(table, "o3_8h", 400.1)).toBeNull();
  expect(aqiSubIndex(table, "pm25", null)).toBeNull();
  expect(() => aqiSubIndex(table, "lead", 1)).toThrow('no row "lead"');
});

test("day index of the decision's example: 110, PM2.5 decides", () => {
  const none = { pm10: null, so2: null, co: null };
  const result = vnAqiDay({ ...none, o3EightHours: 89.3, o3Hour: 114.6, no2: 130.8, pm25: 55.7 }, table);
  expect([result.index, result.dominant, result.sub.o3, result.sub.no2, result.sub.pm25]).toEqual([
    110,
    "pm25",
    45,
    65,
    110,
  ]);
  // without the 8 h value the hour alone gives 36
  expect(vnAqiDay({ ...none, o3EightHours: null, o3Hour: 114.6, no2: null, pm25: 1 }, table).sub.o3).toBe(36);
  expect(vnAqiDay({ ...none, o3EightHours: 401, o3Hour: 450, no2: null, pm25: 1 }, table).sub.o3).toBe(213);
});

test("largest 8 h ozone mean reaches back into the day before", () => {
  const before = [15.7, 14.2, 17.7, 18.9, 19.3, 15.7, 19.7];
  const day = [
    22.6, 27.1, 29.0, 31.9, 25.3, 34.7, 35.2, 41.6, 45.7, 49.2, 55.8, 69.6, 78.3, 91.5, 97.7, 81.2, 71.8, 43.5, 34.3,
    21.5, 20.5, 19.4, 20.4, 21.3,
  ];
  expect(dayConcentrations({ o3: day }, before).o3EightHours).toBeCloseTo(74.4, 1);
});

test("a day needs 18 hours of PM, an 8 h mean 6", () => {
  const hours = (valid: number, value: number) => Array.from({ length: 24 }, (_, i) => (i < valid ? value : null));
  expect(dayConcentrations({ pm25: hours(18, 30), pm10: hours(17, 30) }, [])).toMatchObject({ pm25: 30, pm10: null });
  expect(dayConcentrations({ o3: hours(5, 80) }, []).o3EightHours).toBeNull();
  expect(dayConcentrations({ o3: hours(6, 80) }, []).o3EightHours).toBe(80);
  expect(dayConcentrations({ o3: hours(1, 80) }, Array(7).fill(80)).o3EightHours).toBe(80);
});
