import { expect, it } from "vitest";
import type { ObservationSeries } from "@ioc/contracts";
import { bucketRows, historyRows, seriesOfReadings } from "./history-rows.ts";

const series: ObservationSeries = {
  datastream: "a:b",
  unit: "m",
  resolution: "raw",
  periodSeconds: 600,
  from: 0,
  to: 4000,
  time: [1000, 2000, 3000, 4000],
  value: [1, 2, null, 4],
  quality: [1, 3, 9, 1],
};
const read = [
  { phenomenonTime: 2000, reasons: ["drift"] },
  { phenomenonTime: 4000, reasons: ["late"] },
  { phenomenonTime: 4000, reasons: ["gap"] },
];

it("gives each reading its reasons, newest first", () => {
  expect(historyRows(series, read, false)).toEqual([
    { time: 4000, value: 4, quality: 1, reasons: ["gap"] },
    { time: 3000, value: null, quality: 9, reasons: [] },
    { time: 2000, value: 2, quality: 3, reasons: ["drift"] },
    { time: 1000, value: 1, quality: 1, reasons: [] },
  ]);
});

it("leaves out what has no mark when asked to", () => {
  expect(historyRows(series, read, true).map((row) => row.time)).toEqual([4000, 3000, 2000]);
});

it("lists all readings in place of a thinned series, in time order and within its span", () => {
  const all = seriesOfReadings({ ...series, reduction: "minmax" }, [
    { phenomenonTime: 3000, result: 3, quality: 1 },
    { phenomenonTime: 1000, result: 1, quality: 1 },
    { phenomenonTime: 3000, result: 3.5, quality: 3 },
    { phenomenonTime: 9000, result: 9, quality: 1 },
  ]);
  expect(all).toMatchObject({ time: [1000, 3000], value: [1, 3.5], quality: [1, 3] });
});

it("lists buckets without the marks of breaks", () => {
  const hours = {
    ...series,
    resolution: "1h" as const,
    min: [0, 1, null, 3],
    max: [2, 3, null, 5],
    count: [6, 6, 0, 5],
  };
  expect(bucketRows(hours)).toEqual([
    { time: 4000, value: 4, min: 3, max: 5, count: 5 },
    { time: 2000, value: 2, min: 1, max: 3, count: 6 },
    { time: 1000, value: 1, min: 0, max: 2, count: 6 },
  ]);
});
