import { expect, it } from "vitest";
import type { LatestValue, ObservationSeries } from "@ioc/contracts";
import { appendLive } from "./use-history.ts";

const series = (resolution: ObservationSeries["resolution"]): ObservationSeries => ({
  datastream: "a:b",
  unit: "m",
  resolution,
  periodSeconds: 600,
  from: 0,
  to: 3000,
  time: [1000, 2000, 3000],
  value: [1, null, 3],
  quality: [1, 9, 1],
});
const live = (time: number, result: number): LatestValue => ({
  datastream: "a:b",
  phenomenonTime: time,
  result,
  quality: 3,
  reasons: [],
});

it("appends live values in time order and lets them correct what was read", () => {
  const joined = appendLive(series("raw"), [live(4000, 4), live(3000, 3.5)], 0, 4000);
  expect(joined).toMatchObject({
    time: [1000, 2000, 3000, 4000],
    value: [1, null, 3.5, 4],
    quality: [1, 9, 3, 3],
    to: 4000,
  });
});

it("keeps to the window", () => {
  expect(appendLive(series("raw"), [live(4000, 4)], 2500, 4000).time).toEqual([3000, 4000]);
});

it("does not mix single readings into means", () => {
  expect(appendLive(series("1h"), [live(4000, 4)], 0, 4000)).toEqual(series("1h"));
});
