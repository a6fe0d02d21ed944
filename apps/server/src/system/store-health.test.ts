import { expect, test } from "vitest";
import { StoreBusy, StoreUnavailable, type ObservationWriter, type QualifiedObservation } from "@ioc/observations";
import { createHealthBoard } from "../health.ts";
import { createLog } from "../log.ts";
import { createStoreHealth, readFaultShownMs } from "./store-health.ts";

const one: QualifiedObservation = {
  datastream: "a:x",
  phenomenonTime: 0,
  resultTime: 0,
  result: 1,
  quality: 1,
  reasons: [],
};

function setup() {
  const clock = { now: 0 };
  const lines: string[] = [];
  const health = createHealthBoard("0", () => clock.now);
  const log = createLog({ format: "text", level: "info" }, (line) => lines.push(line.slice(25).trim()));
  const storeHealth = createStoreHealth(health, log, () => clock.now);
  let fault: Error | null = null;
  const answer = <T>(value: T): Promise<T> => (fault ? Promise.reject(fault) : Promise.resolve(value));
  const writer: ObservationWriter = {
    register: () => answer(undefined),
    record: (observations) => answer({ sequence: observations.length > 0 ? 1 : null, outcomes: [] }),
    remove: () => answer({ sequence: null, removed: 0 }),
    quarantine: () => answer(undefined),
    close: () => Promise.resolve(),
  };
  return {
    clock,
    lines,
    storeHealth,
    part: () => health.report().parts["observations"],
    writer: storeHealth.watch(writer),
    break: (error: Error | null) => (fault = error),
  };
}

test("a write that is refused is shown until one succeeds; each change is logged once", async () => {
  const s = setup();
  s.break(new StoreUnavailable("the disk is full"));
  await expect(s.writer.record([one])).rejects.toThrow("the disk is full");
  await expect(s.writer.quarantine([])).rejects.toThrow("the disk is full");
  const shown = { status: "degraded", detail: "readings cannot be stored: the disk is full" };
  expect(s.part()).toEqual(shown);
  s.break(null);
  // Nothing was written by these, so nothing is known yet.
  await s.writer.record([]);
  await s.writer.quarantine([]);
  expect(s.part()).toEqual(shown);
  await s.writer.record([one]);
  expect(s.part()).toEqual({ status: "ok" });
  expect(s.lines).toEqual([
    "error store      readings cannot be stored: the disk is full",
    "info  store      readings are stored again",
  ]);
});

test("a busy store is no fault", async () => {
  const s = setup();
  s.break(new StoreBusy(1));
  await expect(s.writer.record([one])).rejects.toThrow("busy");
  expect(s.part()).toEqual({ status: "starting" });
});

test("a read that fails is shown for a while, beside what cannot be written", async () => {
  const s = setup();
  s.storeHealth.readFailed(new RangeError("too much asked"));
  expect(s.part()).toEqual({ status: "starting" });
  s.storeHealth.readFailed(new StoreUnavailable("a page is damaged"));
  s.break(new StoreUnavailable("the disk is full"));
  await expect(s.writer.remove([], "", "")).rejects.toThrow();
  expect(s.part()?.detail).toBe(
    "readings cannot be stored: the disk is full; some readings cannot be read: a page is damaged",
  );
  s.clock.now = readFaultShownMs - 1;
  s.storeHealth.everySecond();
  expect(s.part()?.detail).toMatch(/some readings cannot be read/);
  s.clock.now = readFaultShownMs;
  s.storeHealth.everySecond();
  expect(s.part()?.detail).toBe("readings cannot be stored: the disk is full");
});
