import { z } from "zod";
import { datastreamId } from "@ioc/contracts";
import type { Network, Station, StatisticDefinition } from "@ioc/contracts";
import { distanceKm } from "../operators/space.ts";
import type { PlanContext } from "../step.ts";
import { inputsOf } from "../view.ts";
import { attributeOf, duration, measureName } from "./parameters.ts";

/** What the store of a street is worked out from; see the operator `street-store`. */
export const waterParameters = {
  streets: z.strictObject({
    kind: z.string(),
    /** Attributes: rain that the street can drain, mm/h; id of the lake or river gauge that it drains to, where there is one. */
    drain: z.string(),
    receiver: z.string(),
    /** Attribute of that lake or gauge: level from which it spills, m. */
    spill: z.string(),
  }),
  /** Gauges with totals; only those within so many km of the street, and none that is silent for longer than `silence`. */
  rain: z.strictObject({ kind: z.string(), property: measureName, within: z.number().positive(), silence: duration }),
  /** Property with the level of receiving waters and of the sea. */
  level: measureName,
  tide: z.strictObject({ kind: z.string(), fresh: duration }),
  /** The street was dry so long ago. */
  past: duration,
  ahead: duration,
  /** Without a nowcast the present rain dies away by half in this time. */
  halving: duration,
};
const shape = z.strictObject(waterParameters);
export type WaterParameters = z.infer<typeof shape>;

/** A street with the stations that say what it has to carry. */
export interface Street {
  station: Station;
  /** mm/h */
  drain: number;
  /** Nearest first. */
  gauges: readonly Station[];
  receiver: { station: Station; spill: number } | null;
  tide: Station | null;
}

const measuring = ({ definition, stations }: PlanContext, kind: string, property: string) =>
  stations.filter((station) => station.kind === kind && inputsOf(definition, station).includes(property));

const byDistance = (place: Station, stations: readonly Station[]) =>
  stations
    .map((station) => ({ station, km: distanceKm(place, station) }))
    .sort((a, b) => a.km - b.km || (a.station.id < b.station.id ? -1 : 1));

/** The streets whose drain is known; of the others nothing can be said. */
export function streetsOf({ streets, rain, level, tide }: WaterParameters, context: PlanContext): Street[] {
  const gauges = measuring(context, rain.kind, rain.property);
  const tides = measuring(context, tide.kind, level);
  const byId = new Map(context.stations.map((station) => [station.id, station]));
  return context.stations.flatMap((station): Street[] => {
    const drain = station.kind === streets.kind ? attributeOf(station, streets.drain) : null;
    if (drain === null) return [];
    const receiver = byId.get(String(station.attributes[streets.receiver] ?? ""));
    const spill = receiver ? attributeOf(receiver, streets.spill) : null;
    const near = byDistance(station, gauges).filter(({ km }) => km <= rain.within);
    return [
      {
        station,
        drain,
        gauges: near.map(({ station: gauge }) => gauge),
        receiver: receiver && spill !== null ? { station: receiver, spill } : null,
        tide: byDistance(station, tides)[0]?.station ?? null,
      },
    ];
  });
}

/** Each once. */
export const datastreamsOf = (stations: readonly (Station | null | undefined)[], property: string): string[] => [
  ...new Set(stations.flatMap((station) => (station ? [datastreamId(station.id, property)] : []))),
];

/** Inputs and attributes that are missing. */
export function waterProblems(
  { streets, rain, level, tide }: WaterParameters,
  { input }: StatisticDefinition,
  network: Network,
): string[] {
  const read = (kind: string, property: string) =>
    input.some((one) => "kind" in one && one.kind === kind && one.properties.includes(property))
      ? []
      : [`"${property}" of ${kind} is not among the inputs`];
  const places = network.stations.filter(({ kind }) => kind === streets.kind);
  const drained = places.length === 0 || places.some((station) => attributeOf(station, streets.drain) !== null);
  return [
    ...read(rain.kind, rain.property),
    ...read(tide.kind, level),
    ...(drained ? [] : [`no station of ${streets.kind} has a number as its attribute "${streets.drain}"`]),
  ];
}
