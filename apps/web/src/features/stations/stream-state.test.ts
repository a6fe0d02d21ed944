import { expect, it } from "vitest";
import type { LatestValue } from "@ioc/contracts";
import { streamState } from "./stream-state.ts";

const value = (age: number, quality: LatestValue["quality"] = 1): LatestValue => ({
  datastream: "a:b",
  phenomenonTime: 1_000_000 - age * 1000,
  result: 1,
  quality,
  reasons: [],
});

it("goes from normal to late, stale and offline with the age in periods", () => {
  const states = [0, 600, 900, 901, 1800, 1801, 6000, 6001].map((age) => streamState(value(age), 600, 1_000_000));
  expect(states).toEqual(["normal", "normal", "normal", "late", "late", "stale", "stale", "offline"]);
});

it("marks a value in time that was flagged, and one that never came", () => {
  expect(streamState(value(10, 3), 600, 1_000_000)).toBe("doubtful");
  expect(streamState(value(10, 2), 600, 1_000_000)).toBe("normal");
  expect(streamState(null, 600, 1_000_000)).toBe("unknown");
});
