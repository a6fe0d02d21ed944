import type { Alert, Network, StationStatus } from "@ioc/contracts";
import { expect, test } from "vitest";
import { definitionOf } from "@ioc/catalogue/testing";
import { createSystemDatasets } from "./system.ts";
import { testStore } from "./test-store.ts";

const log = definitionOf(
  "warning-log",
  [
    { id: "alert_id", type: "string", key: true },
    { id: "rule_id", type: "string" },
    { id: "area_code", type: "category" },
    { id: "level", type: "integer" },
    { id: "raised_at", type: "datetime" },
    { id: "acknowledged_at", type: "datetime" },
    { id: "cleared_at", type: "datetime" },
  ],
  { origin: "system" },
);
const registry = definitionOf(
  "station-registry",
  ["station_id", "kind", "owner", "area_code", "status"].map((id, at) => ({ id, type: "string", key: at === 0 })),
  { origin: "system" },
);
const unknown = definitionOf("unknown", [{ id: "id", type: "string", key: true }], { origin: "system" });

function alertOf(id: string, more: Partial<Alert> = {}): Alert {
  return {
    id,
    definition: "w-street-flood",
    areas: { "dn-2025": ["20260", "48"], "dn-2024": ["491"] },
    level: 2,
    peakLevel: 2,
    firedAt: Date.parse("2026-10-22T09:00:00+07:00"),
    clearedAt: null,
    exercise: false,
    ...more,
  } as Alert;
}

const stations = ["b", "a"].map((id) => ({
  id,
  kind: "rain-gauge",
  areas: id === "a" ? { "dn-2025": "20260" } : {},
  name: { vi: id, en: id },
  basis: "real",
}));
const network = {
  scheme: "dn-2025",
  timezone: "Asia/Ho_Chi_Minh",
  kinds: [{ id: "rain-gauge", owner: "kttv", primary: "rain", properties: [] }],
  stations,
  datasets: [log, registry, unknown],
} as unknown as Network;

function testSystem(stored: Alert[] = [], played = false) {
  const store = testStore(network.datasets);
  const states = new Map([
    ["a", "normal"],
    ["b", "maintenance"],
  ]);
  const system = createSystemDatasets({
    datasets: store.datasets,
    network,
    statusOf: (id) => ({ state: states.get(id) }) as StationStatus,
    alertsAfter: async (id, limit) => stored.filter((alert) => id === null || alert.id > id).slice(0, limit),
    played,
    now: () => 7,
    faults: store.faults,
  });
  return Object.assign(store, {
    system,
    states,
    rows: (id: string) => store.datasets.page(id, { limit: 1000 }).items,
    made: (id: string) => store.datasets.items().find((one) => one.id === id)?.madeUp,
  });
}

test("stations are rows as they are now", async () => {
  await using own = testSystem();
  await own.system.writeStations();
  expect(own.rows("station-registry")).toEqual([
    { station_id: "a", kind: "rain-gauge", owner: "kttv", area_code: "20260", status: "active" },
    { station_id: "b", kind: "rain-gauge", owner: "kttv", area_code: null, status: "maintenance" },
  ]);
  const changes: string[] = [];
  own.datasets.subscribe(({ dataset }) => changes.push(dataset));
  await own.system.writeStations();
  expect(changes).toEqual([]);
  own.states.set("b", "normal");
  await own.system.writeStations();
  expect(own.rows("station-registry")[1]).toMatchObject({ status: "active" });
  expect(changes).toEqual(["station-registry"]);
});

test("a system dataset that the program does not know is told", async () => {
  await using own = testSystem();
  expect(own.health()).toMatchObject({
    status: "degraded",
    detail: "rows of unknown: this program brings no rows of this dataset",
  });
});

test("alerts are rows: those that are stored at first, then those that change; pending ones are none", async () => {
  const stored = Array.from({ length: 450 }, (_, n) => alertOf(`a${String(n).padStart(3, "0")}`));
  await using own = testSystem([...stored, alertOf("b", { firedAt: null })]);
  await own.system.writeAlerts();
  expect(own.rows("warning-log")).toHaveLength(450);
  expect(own.rows("warning-log")[0]).toEqual({
    alert_id: "a000",
    rule_id: "w-street-flood",
    area_code: "20260",
    level: 2,
    raised_at: "2026-10-22T09:00:00+07:00",
    acknowledged_at: null,
    cleared_at: null,
  });
  const clearedAt = Date.parse("2026-10-22T10:30:00+07:00");
  own.system.observeAlerts([alertOf("a001", { level: 3, peakLevel: 3 })]);
  own.system.observeAlerts([alertOf("a001", { level: 0, peakLevel: 3, clearedAt }), alertOf("c", { areas: {} })]);
  await own.system.writeAlerts();
  expect(own.rows("warning-log")[1]).toMatchObject({
    alert_id: "a001",
    level: 3,
    cleared_at: "2026-10-22T10:30:00+07:00",
  });
  expect(own.rows("warning-log").at(-1)).toMatchObject({ alert_id: "c", area_code: null });
  expect(own.made("warning-log")).toBe(false);
});

test("alerts of an exercise or of a played city are made up", async () => {
  await using real = testSystem([alertOf("a"), alertOf("b", { exercise: true })]);
  await real.system.writeAlerts();
  expect(real.made("warning-log")).toBe(true);
  expect(real.rows("warning-log")).toHaveLength(2);
  await using played = testSystem([alertOf("a")], true);
  await played.system.writeAlerts();
  expect(played.made("warning-log")).toBe(true);
});

test("alerts that could not be written are written the next time", async () => {
  await using own = testSystem();
  await own.system.writeAlerts();
  let isFull = true;
  const system = createSystemDatasets({
    datasets: {
      ...own.datasets,
      put: (id, rows, options) => (isFull ? Promise.reject(new Error("full")) : own.datasets.put(id, rows, options)),
    },
    network,
    statusOf: () => undefined,
    alertsAfter: async () => [],
    played: false,
    now: () => 7,
    faults: own.faults,
  });
  system.observeAlerts([alertOf("a")]);
  await expect(system.writeAlerts()).rejects.toThrow("full");
  isFull = false;
  await system.writeAlerts();
  expect(own.rows("warning-log")).toHaveLength(1);
});
