import { expect, it } from "vitest";
import type { ObservationSeries } from "@ioc/contracts";
import { historyRows } from "./history-rows.ts";

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
