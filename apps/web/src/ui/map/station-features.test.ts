import { expect, it } from "vitest";
import { changesBetween, stationFeature } from "./station-features.ts";
import type { MapStation } from "./station-features.ts";

const station = (id: string, change: Partial<MapStation["status"]> = {}, label = "1,2 m"): MapStation => ({
  id,
  glyph: "wave-staff",
  name: id,
  lon: 108.2,
  lat: 16,
  label,
  status: { id, state: "normal", time: 0, value: 1.2, quality: 1, severity: null, openAlerts: 0, ...change },
});
const byId = (...stations: MapStation[]) => new Map(stations.map((one) => [one.id, stationFeature(one)]));

it("changes nothing when nothing that is drawn changed", () => {
  expect(changesBetween(byId(station("a")), byId(station("a", { time: 60_000 })))).toEqual({ add: [], remove: [] });
});

it("names what is new, different and gone", () => {
  const before = byId(station("a"), station("b"), station("c"));
  const after = byId(station("a"), station("b", { severity: "Severe" }), station("d"));
  const { add, remove } = changesBetween(before, after);
  expect(add.map((feature) => feature.id)).toEqual(["b", "d"]);
  expect(remove).toEqual(["c"]);
});

it("draws worse severities later, and trouble over calm", () => {
  const order = (change: Partial<MapStation["status"]>) => stationFeature(station("a", change)).properties.order;
  const sorted = [
    order({}),
    order({ state: "offline" }),
    order({ severity: "Minor" }),
    order({ severity: "Moderate", state: "late" }),
    order({ severity: "Severe" }),
    order({ severity: "Extreme" }),
  ];
  expect(sorted).toEqual(sorted.toSorted((a, b) => a - b));
  expect(new Set(sorted).size).toBe(sorted.length);
});
