import { expect, it } from "vitest";
import { patchOfSpan, readStationView, spanOf } from "./station-view.ts";

it("reads what an address says, and shows the last day without one", () => {
  expect(spanOf(readStationView({}))).toEqual({ preset: "24h" });
  expect(spanOf(readStationView({ span: "30d" }))).toEqual({ preset: "30d" });
  expect(spanOf(readStationView({ fromDay: "2026-10-01", toDay: "2026-10-22" }))).toEqual({
    fromDay: "2026-10-01",
    toDay: "2026-10-22",
  });
  expect(readStationView({ property: "rain", resolution: "1h", beside: ["a", "b", "a"] })).toEqual({
    property: "rain",
    resolution: "1h",
    beside: ["a", "b"],
  });
});

it("leaves out what it does not understand", () => {
  expect(
    readStationView({
      property: "x".repeat(121),
      span: "100y",
      fromDay: "2026-02-30",
      toDay: "2026-03-01",
      resolution: "5min",
      beside: "a",
    }),
  ).toEqual({});
  expect(readStationView({ fromDay: "2026-10-22", toDay: "2026-10-01" })).toEqual({});
  expect(readStationView({ beside: [1, "a", "b", "c", "d", "e"] })).toEqual({ beside: ["a", "b", "c", "d"] });
});

it("writes a span so that it is read back", () => {
  const change = patchOfSpan({ fromDay: "2026-10-01", toDay: "2026-10-22" });
  expect(spanOf(readStationView({ span: "7d", ...change }))).toEqual({ fromDay: "2026-10-01", toDay: "2026-10-22" });
  expect(patchOfSpan({ preset: "24h" })).toEqual({ span: undefined, fromDay: undefined, toDay: undefined });
});
