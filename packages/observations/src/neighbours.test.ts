import { expect, test } from "vitest";
import { disagreement, DriftWatch, median, neighboursOf } from "./neighbours.ts";
import { HOUR, T0 } from "./test-store.ts";

/** About 1.11 km for a hundredth of a degree of latitude. */
const site = (datastream: string, north: number, elevation: number | null = null) => ({
  datastream,
  lat: 16 + north / 111.2,
  lon: 108.2,
  elevation,
});

test("neighbours lie within 15 km and at like height, nearest first", () => {
  const near = neighboursOf([
    site("a", 0, 5),
    site("b", 14.9, 10),
    site("c", -3, null),
    site("d", 1, 400),
    site("e", 15.2, 0),
    site("f", 2, 155),
  ]);
  expect(near.get("a")).toEqual(["f", "c", "b"]);
  expect(near.get("d")).toEqual(["c"]);
  expect(near.get("e")).toEqual(["b"]);
});

test("distance counts degrees of longitude by latitude", () => {
  // 15.9 km at the equator, 13.8 km at 30 degrees.
  const pair = (lat: number) => [
    { datastream: "w", lat, lon: 0, elevation: null },
    { datastream: "e", lat, lon: 0.143, elevation: null },
  ];
  expect(neighboursOf(pair(0)).get("w")).toEqual([]);
  expect(neighboursOf(pair(30)).get("w")).toEqual(["e"]);
});

test("median of odd and even numbers", () => {
  expect([median([3]), median([9, 1, 5]), median([4, 1, 2, 3])]).toEqual([3, 5, 2.5]);
});

test.each([
  // |30 - 20| / (1.4826 * 2), the deviations being 2, 1, 0, 2, 4.
  ["by the spread of the neighbours", 30, [18, 19, 20, 22, 24], 0, 10 / (1.4826 * 2)],
  ["by 2 % of the range where they agree more closely", 30, [20, 20, 20, 20], 45, 10 / 0.9],
  ["by the five nearest alone", 30, [20, 20, 20, 20, 20, 90, 90, 90], 45, 10 / 0.9],
  ["not with fewer than three", 30, [20, 20], 45, 0],
  ["not without a scale", 30, [20, 20, 20], null, 0],
])("disagreement is measured %s", (_, own, neighbours, range, expected) => {
  expect(disagreement(own, neighbours, range)).toBeCloseTo(expected, 10);
});

const streams = ["a", "b", "c", "d"].map((datastream, _, all) => ({
  datastream,
  neighbours: all.filter((id) => id !== datastream),
  range: 50,
}));
/** Medians that give `a` this measure: the others agree, so 2 % of 50 is the scale. */
const medians = (measure: number) => new Map([...["b", "c", "d"].map((id) => [id, 20] as const), ["a", 20 + measure]]);

test("a drift begins at 4 for an hour and ends below 3", () => {
  const watch = new DriftWatch(streams);
  const at = (hour: number, measure: number) => watch.observe(T0 + hour * HOUR, medians(measure));
  expect(at(0, 4)).toEqual({ began: [], ended: [] });
  expect(watch.drifting.size).toBe(0);
  expect(at(1, 4.5)).toEqual({ began: ["a"], ended: [] });
  expect(watch.drifting.get("a")).toBe(T0 + HOUR);
  expect(at(2, 3.1)).toEqual({ began: [], ended: [] });
  expect(watch.drifting.get("a")).toBe(T0 + HOUR);
  expect(at(3, 2.9)).toEqual({ began: [], ended: ["a"] });
  expect(watch.drifting.size).toBe(0);
});

test("an hour below 4 before the confirmation begins the count anew", () => {
  const watch = new DriftWatch(streams);
  for (const [hour, measure] of [4, 3.9, 4].entries()) watch.observe(T0 + hour * HOUR, medians(measure));
  expect(watch.drifting.size).toBe(0);
});

test("a silent station, or one without three neighbours that speak, does not drift", () => {
  const watch = new DriftWatch(streams);
  for (const hour of [0, 1]) watch.observe(T0 + hour * HOUR, medians(9));
  const silent = medians(9);
  silent.delete("c");
  expect(watch.observe(T0 + 2 * HOUR, silent).ended).toEqual(["a"]);
  for (const hour of [3, 4]) watch.observe(T0 + hour * HOUR, medians(9));
  expect(watch.observe(T0 + 5 * HOUR, new Map([...medians(0)].slice(0, 3))).ended).toEqual(["a"]);
});

test("a drift known before the start goes on, and one of a stranger does not begin", () => {
  const watch = new DriftWatch(streams);
  watch.resume("a", T0 - HOUR);
  watch.resume("zz", T0 - HOUR);
  expect([...watch.drifting]).toEqual([["a", T0 - HOUR]]);
  expect(watch.observe(T0, medians(5))).toEqual({ began: [], ended: [] });
});

test("stations with fewer than three neighbours take no part", () => {
  const watch = new DriftWatch(streams.map((stream) => ({ ...stream, neighbours: stream.neighbours.slice(1) })));
  expect(watch.datastreams).toEqual([]);
});
