import { expect, test } from "vitest";
import type { Alert, Network } from "@ioc/contracts";
import type { DatastreamSpec, QualifiedObservation } from "@ioc/observations";
import { createStationBoard } from "./board.ts";

const minute = 60_000;
const text = { vi: "a", en: "a" };

function property(id: string, kind: "instant" | "total") {
  const limits = { min: null, max: null, maxStep: null, decimals: 1, optional: false, technical: false };
  return { id, name: text, unit: "Cel", kind, periodSeconds: 600, ...limits } as const;
}

const network = {
  scheme: "s",
  kinds: [{ id: "weather", primary: "temp", properties: [property("temp", "instant"), property("rain", "total")] }],
  stations: [
    { id: "wx-1", kind: "weather" },
    { id: "wx-2", kind: "weather" },
  ],
} as unknown as Network;

const specs = ["wx-1", "wx-2"].flatMap((station) =>
  (["temp", "rain"] as const).map((id): DatastreamSpec => ({
    ...property(id, id === "rain" ? "total" : "instant"),
    id: `${station}:${id}`,
    station,
    property: id,
  })),
);

function reading(datastream: string, time: number, result: number | null, quality: 1 | 3 = 1): QualifiedObservation {
  return { datastream, phenomenonTime: time, resultTime: time, result, quality, reasons: [] };
}

function setUp(sampling = 1) {
  const board = createStationBoard({ network, specs, sampling, speed: 1 });
  board.load([], [], 0);
  /** Values that are shown after a commit, of those that it brought. */
  const observe = (...observations: QualifiedObservation[]) => {
    board.observe({ sequence: 1, observations });
    return observations.map((one) => board.newestIn(one)).filter((one) => one !== null);
  };
  return { board, observe };
}

test("the newest value by phenomenonTime is shown, however late an older one comes", () => {
  const { board, observe } = setUp();
  observe(reading("wx-1:temp", 10 * minute, 25));
  expect(observe(reading("wx-1:temp", 5 * minute, 99))).toEqual([]);
  expect(observe(reading("wx-1:temp", 10 * minute, 26))).toHaveLength(1);
  expect(board.sweep(10 * minute, false)).toEqual([
    {
      id: "wx-1",
      state: "normal",
      time: 10 * minute,
      value: 26,
      quality: 1,
      severity: null,
      openAlerts: 0,
    },
  ]);
  expect(board.sweep(10 * minute, false), "told once").toEqual([]);
  expect(board.dataTime()).toBe(10 * minute);
});

test("ages without any news are found by the full sweep", () => {
  const { board, observe } = setUp();
  observe(reading("wx-1:temp", 0, 25));
  board.sweep(0, true);
  const at = (minutes: number) => board.sweep(minutes * minute, true).map((one) => `${one.id} ${one.state}`);
  expect(at(14)).toEqual([]);
  expect(at(16)).toEqual(["wx-1 late"]);
  expect(at(31)).toEqual(["wx-1 stale"]);
  expect(at(101)).toEqual(["wx-1 offline"]);
  expect(board.counts()).toMatchObject({ total: 2, offline: 1, unknown: 1 });
});

test("denser sampling shortens the expected period, but not that of totals", () => {
  const { board } = setUp(5);
  expect(board.datastream("wx-1:temp")?.periodSeconds).toBe(120);
  expect(board.datastream("wx-1:rain")?.periodSeconds).toBe(600);
});

test("the worst open alert of a station is shown until it is cleared", () => {
  const { board } = setUp();
  const alert = (id: string, severity: Alert["severity"], condition: Alert["condition"]) =>
    ({ id, severity, condition, subject: { type: "station", id: "wx-2" } }) as Alert;
  const sweep = () => board.sweep(0, false).map((one) => [one.id, one.severity, one.openAlerts]);
  board.observeAlerts([
    alert("a", "Minor", "firing"),
    alert("b", "Severe", "firing"),
    alert("c", "Extreme", "pending"),
  ]);
  expect(sweep()).toEqual([["wx-2", "Severe", 2]]);
  board.observeAlerts([alert("b", "Severe", "cleared")]);
  expect(sweep()).toEqual([["wx-2", "Minor", 1]]);
  board.observeAlerts([alert("a", "Minor", "cleared")]);
  expect(sweep()).toEqual([["wx-2", null, 0]]);
});

test("doubtful values show as such, readings of strangers are passed over", () => {
  const { board, observe } = setUp();
  observe(reading("wx-1:temp", 0, 25, 3), reading("no:such", 0, 1));
  expect(board.sweep(0, false)).toMatchObject([{ id: "wx-1", state: "doubtful", quality: 3 }]);
  expect(board.dataTime(), "says nothing of what is doubtful").toBeNull();
});

test("after a removal the value before it is shown, and none when nothing is left", () => {
  const { board, observe } = setUp();
  observe(reading("wx-1:temp", 5 * minute, 20), reading("wx-1:temp", 10 * minute, 99));
  board.sweep(10 * minute, false);
  const before = { datastream: "wx-1:temp", phenomenonTime: 5 * minute, result: 20, quality: 1 as const, reasons: [] };
  board.reload(["wx-1:temp"], [before]);
  expect(board.sweep(10 * minute, false)).toMatchObject([{ id: "wx-1", value: 20, time: 5 * minute }]);
  board.reload(["wx-1:temp"], []);
  expect(board.sweep(10 * minute, false)).toMatchObject([{ id: "wx-1", value: null, time: null, state: "unknown" }]);
});
