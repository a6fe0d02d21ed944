import { describe, expect, it } from "vitest";
import type { ChartPoint } from "@ioc/charts";
import { pointAfter, pointText, pointsNear } from "./points.ts";

const point = (x: number, y: number, series = 0, more: Partial<ChartPoint> = {}): ChartPoint => ({
  x,
  y,
  series,
  label: String(x),
  value: `${y} m`,
  name: "",
  note: "",
  ...more,
});
const a = [point(0, 10), point(50, 20), point(100, 30)];
const b = [point(0, 60, 1), point(100, 70, 1)];
const all = [...a, ...b];

describe("pointing at a chart", () => {
  it("of moments finds the nearest one with all its series", () => {
    expect(pointsNear(all, 96, 33, "x")).toEqual([a[2], b[1]]);
    expect(pointsNear(all, 52, 200, "x")).toEqual([a[1]]);
  });
  it("of rows finds the row, however far its end is", () => {
    const rows = [point(300, 10), point(100, 36)];
    expect(pointsNear(rows, 110, 12, "y")).toEqual([rows[0]]);
    expect(pointsNear(rows, 110, 100, "y")).toEqual([]);
  });
  it("of places finds the nearest place", () => {
    expect(pointsNear(all, 99, 66, "place")).toEqual([b[1]]);
    expect(pointsNear(all, 300, 20, "place")).toEqual([]);
  });
  it("finds nothing in an empty chart", () => {
    expect(pointsNear([], 0, 0, "x")).toEqual([]);
  });
});

describe("walking through a chart", () => {
  const walk = (...keys: string[]) => keys.reduce<ChartPoint | null>((at, key) => pointAfter(all, at, key), null);
  it("enters at the newest value and stays inside its ends", () => {
    expect(walk("ArrowLeft")).toBe(a[2]);
    expect(walk("ArrowLeft", "ArrowLeft")).toBe(a[1]);
    expect(walk("Home", "ArrowLeft")).toBe(a[0]);
    expect(walk("End", "ArrowRight")).toBe(a[2]);
  });
  it("changes the series at the same moment, or the nearest one", () => {
    expect(walk("Home", "ArrowDown")).toBe(b[0]);
    expect(walk("Home", "ArrowRight", "ArrowDown")).toBe(b[0]);
    expect(walk("End", "ArrowDown", "ArrowUp")).toBe(a[2]);
    expect(walk("End", "ArrowUp")).toBe(a[2]);
  });
  it("has nowhere to go in an empty chart", () => {
    expect(pointAfter([], null, "End")).toBeNull();
  });
});

it("says moment, value, series and note", () => {
  expect(pointText(point(1, 2, 0, { label: "08:50", value: "74,2 mm", name: "trạm An Khê", note: "nghi ngờ" }))).toBe(
    "08:50, 74,2 mm, trạm An Khê, nghi ngờ",
  );
  expect(pointText(point(1, 2, 0, { label: "08:50", value: "74,2 mm" }))).toBe("08:50, 74,2 mm");
});
