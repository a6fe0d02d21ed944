import { expect, test } from "vitest";
import { parseSeries } from "@ioc/testkit";
import { alarmClass, confirmedDepths, reservoirFilling, reservoirVolume } from "./water.ts";

const aVuong = { dead: 340, normal: 380, v_dead: 77.1, v_normal: 343.6, pre_max: 376 };

test("A Vuong at 370 m: 75.0 percent, 66.6 Mm3 free", () => {
  const volume = reservoirVolume(aVuong, 370);
  expect(reservoirFilling(aVuong, volume)).toBeCloseTo(75, 9);
  expect(aVuong.v_normal - volume).toBeCloseTo(66.6, 1);
});

test("volumes stay between nothing and the normal volume", () => {
  expect(reservoirVolume(aVuong, 400)).toBe(343.6);
  expect(reservoirVolume(aVuong, 100)).toBe(0);
  expect(reservoirFilling(aVuong, 0)).toBe(0);
});

test("alarm classes of Ai Nghia 8.95 and Cam Le 3.20", () => {
  const aiNghia = alarmClass(8.95, [6.5, 8, 9]);
  expect(aiNghia.class).toBe(2);
  expect(aiNghia.margin).toBeCloseTo(0.95, 9);
  expect(aiNghia.toNext).toBeCloseTo(0.05, 9);
  const camLe = alarmClass(3.2, [1, 1.8, 2.5]);
  expect([camLe.class, camLe.toNext]).toEqual([3, null]);
  expect(camLe.margin).toBeCloseTo(0.7, 9);
  expect(alarmClass(0.4, [1, 1.8, 2.5])).toEqual({ class: 0, margin: -0.6, toNext: 0.6 });
  expect(alarmClass(1, [1, 1.8, 2.5]).class).toBe(1);
});

const minute = 60_000;
const every5 = (text: string) =>
  parseSeries(text).flatMap((value, i) => (value == null ? [] : [{ time: i * 5 * minute, value }]));
const kept = (text: string) => confirmedDepths(every5(text), 0.3, 10 * minute).map((reading) => reading.value);

test("a lone spike does not pass, a flood that stays does", () => {
  expect(kept("0 0 1.2 0 0")).toEqual([0, 0, 0, 0]);
  expect(kept("0 0.5 0.5 0.5 0")).toEqual([0, 0.5, 0.5, 0.5, 0]);
  expect(kept("0 0.1 0.25 0.4 0.5")).toEqual([0, 0.1, 0.25, 0.4, 0.5]);
  // the newest value has no successor: its predecessor decides
  expect(kept("0 0 0.2")).toEqual([0, 0, 0.2]);
  expect(kept("0 0 0.9")).toEqual([0, 0]);
  expect(kept("1.2")).toEqual([]);
});
