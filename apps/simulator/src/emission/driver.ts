import type { ValueKind } from "@ioc/contracts";
import { datastreamId } from "@ioc/contracts";
import { keyOf, uniform } from "../random/keyed.ts";
import { samplersOf } from "../stations/kinds.ts";
import type { Sampler } from "../stations/sampler.ts";
import type { World } from "../world/world.ts";

/** One datastream as it is emitted. */
export interface Driver {
  id: string;
  kind: ValueKind;
  property: string;
  /** Kind of the station, for counts. */
  stationKind: string;
  /** Number of the station in the world. */
  item: number;
  periodMs: number;
  /** Labels are `k * period + phase * period`; 0 for interval values, which end on the period grid. */
  phase: number;
  decimals: number;
  maxStep: number | null;
  /** Key of its own faults. */
  key: number;
  sample: Sampler;
}

/** The datastreams of a world that report, station by station. */
export function driversOf(world: World): Driver[] {
  const kinds = new Map(world.network.kinds.map((kind) => [kind.id, kind]));
  const samplers = samplersOf(world);
  return world.stations.flatMap((station, item) => {
    const phase = uniform(keyOf(world.seed, "phase", station.id), 0);
    return (kinds.get(station.kind)?.properties ?? []).flatMap((property): Driver[] => {
      const sample = samplers[item]?.[property.id];
      if (!sample) return [];
      const interval = property.kind === "mean" || property.kind === "total";
      return [
        {
          id: datastreamId(station.id, property.id),
          kind: property.kind,
          property: property.id,
          stationKind: station.kind,
          item,
          periodMs: property.periodSeconds * 1000,
          phase: interval ? 0 : phase,
          decimals: property.decimals,
          maxStep: property.maxStep,
          key: keyOf(world.seed, "datastream", station.id, property.id),
          sample,
        },
      ];
    });
  });
}

/** Period between labels in ms when stations report `sampling` times as often; totals keep theirs. */
export function sampledPeriod(driver: Driver, sampling: number): number {
  if (driver.kind === "total" || sampling <= 1) return driver.periodMs;
  return Math.max(1000, Math.round(driver.periodMs / sampling / 1000) * 1000);
}

/** The last label of a driver not after `time`. */
export function labelAtOrBefore(driver: Driver, periodMs: number, time: number): number {
  const phase = Math.round((driver.phase * periodMs) / 1000) * 1000;
  return Math.floor((time - phase) / periodMs) * periodMs + phase;
}
