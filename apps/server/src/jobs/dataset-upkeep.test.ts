import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { startDatasetUpkeep } from "./dataset-upkeep.ts";

test("stations are written at once, alerts each second, and a failure keeps nothing from the rest", async () => {
  const done: string[] = [];
  const faults = new Map<string, string | null>();
  let fails = true;
  const upkeep = startDatasetUpkeep({
    datasets: { forget: async () => done.push("forget") },
    system: {
      observeAlerts: () => undefined,
      async writeAlerts() {
        done.push("alerts");
        if (fails) throw new Error("full");
      },
      writeStations: async () => void done.push("stations"),
    },
    now: () => 0,
    faults: { set: (what, message) => void faults.set(what, message) },
  });
  await wait(100);
  expect(done).toEqual(["alerts", "stations", "forget"]);
  expect(faults.get("alerts as rows")).toBe("full");
  fails = false;
  await wait(1200);
  expect(done).toEqual(["alerts", "stations", "forget", "alerts"]);
  expect(faults.get("alerts as rows")).toBeNull();
  await upkeep.stop();
  await wait(1100);
  expect(done).toHaveLength(4);
});
