import { expect, it } from "vitest";
import type { ObservationSeries } from "@ioc/contracts";
import { drawnSeries, pointWord, rowCounts } from "./series-words.ts";

const hours: ObservationSeries = {
  datastream: "a:b",
  unit: "mm",
  resolution: "1h",
  periodSeconds: 600,
  from: 0,
  to: 7_200_000,
  time: [3_600_000, 7_200_000],
  value: [12, 6],
  min: [0, 1],
  max: [5, 1],
  count: [6, 5],
};

it("names what a point is by resolution and kind", () => {
  expect(pointWord("raw", "total")).toBe("raw");
  expect(pointWord("1h", "total")).toBe("sum.1h");
  expect(pointWord("1d", "instant")).toBe("mean.1d");
});

it("draws no band of single readings around sums", () => {
  expect(drawnSeries(hours, "total")).not.toHaveProperty("min");
  expect(drawnSeries(hours, "total").value).toEqual([12, 6]);
  expect(drawnSeries(hours, "mean")).toBe(hours);
});

it("counts rows where that is known", () => {
  expect(rowCounts(hours)).toEqual({ shown: 2, readings: 11 });
  expect(rowCounts({ ...hours, resolution: "raw" })).toEqual({ shown: 2, readings: 2 });
  expect(rowCounts({ ...hours, reduction: "minmax" })).toEqual({ shown: null, readings: null });
});
