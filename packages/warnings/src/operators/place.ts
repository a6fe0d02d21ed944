import { datastreamId, durationMs } from "@ioc/contracts";
import type { Network, Station } from "@ioc/contracts";
import { attributeOf, distanceKm, tableOf, tableProblems } from "@ioc/statistics/shared";
import { z } from "zod";
import { exactly, unknown } from "../expression/bounds.ts";
import type { Bounds } from "../expression/bounds.ts";
import { fixed, operator } from "./operator.ts";
import { meanOf, sumOf, windowParams } from "./window.ts";

const basisText = z.enum(["official", "operational", "borrowed", "project"]);

/**
 * Alarm level I, II or III (`step` 1 to 3) of the station in a flood-alarm table; `local` gives steps to stations that the
 * table does not know, with their own basis. A station with neither is no subject.
 */
export const alarmStep = operator({
  params: z.strictObject({
    table: z.string(),
    step: z.int().min(1).max(3),
    local: z
      .strictObject({ steps: z.record(z.string(), z.number()), basis: basisText, source: z.string().min(1) })
      .optional(),
  }),
  problems: ({ table }, network) => tableProblems(network, table, "flood-alarm"),
  applies: ({ table, local }, { id }, network) =>
    tableOf(network, table, "flood-alarm").stations[id] !== undefined || local?.steps[id] !== undefined,
  build: ({ table, step, local }, { station, network }) => {
    const official = tableOf(network, table, "flood-alarm").stations[station.id]?.bd[step - 1];
    if (official !== undefined) return fixed(exactly(official));
    const steps = local?.steps[station.id];
    if (!local || steps === undefined) return fixed(unknown);
    return fixed(exactly(steps), { basis: local.basis, source: local.source });
  },
});

/** 1 when the station, or its kind, is one of those named, else 0. */
export const oneOf = operator({
  params: z.strictObject({ stations: z.array(z.string()).default([]), kinds: z.array(z.string()).default([]) }),
  problems: ({ kinds }, network) => {
    const known = new Set(network.kinds.map(({ id }) => id));
    return kinds.filter((kind) => !known.has(kind)).map((kind) => `there is no station kind "${kind}"`);
  },
  build: ({ stations, kinds }, { station }) =>
    fixed(exactly(stations.includes(station.id) || kinds.includes(station.kind) ? 1 : 0)),
});

/**
 * Mean over the `nearest` stations of another kind of their sum over the window. A sum that is known from below only makes
 * the mean so; without any reading nothing is known.
 */
export const nearbyMeanSum = operator({
  params: windowParams.extend({ kind: z.string(), nearest: z.int().min(1).max(20) }),
  problems: ({ kind, property }, network) => {
    const found = network.kinds.find(({ id }) => id === kind);
    if (!found) return [`there is no station kind "${kind}"`];
    return found.properties.some(({ id }) => id === property) ? [] : [`kind ${kind} has no property "${property}"`];
  },
  build: ({ kind, nearest, ...params }, site) => {
    const stations = nearestOf(site.network, site.station, kind, nearest);
    const sums = stations.map((station) => sumOf(params, site, station));
    return {
      datastreams: stations.map((station) => datastreamId(station.id, params.property)),
      window: params.window,
      value: (at) => {
        const values = sums.map((sum) => sum.value(at));
        if (values.every((value) => value.low === -Infinity)) return unknown;
        const total = (side: "low" | "high") => values.reduce((all, value) => all + Math.max(0, value[side]), 0);
        return { low: total("low") / values.length, high: total("high") / values.length };
      },
    };
  },
});

const standingKmh = 1;

/** Free-flow speed (an attribute) over the mean speed of the window, at least 1. Standing traffic counts as 1 km/h. */
export const freeFlowRatio = operator({
  params: windowParams.extend({ attribute: z.string() }),
  properties: ({ property }) => [property],
  applies: ({ attribute }, station) => (attributeOf(station, attribute) ?? 0) > 0,
  build: ({ attribute, ...params }, site) => {
    const free = attributeOf(site.station, attribute) ?? 0;
    const speed = meanOf(params, site);
    const ratio = (kmh: number) => Math.max(1, free / Math.max(standingKmh, kmh));
    return {
      ...speed,
      value: (at) => {
        const { low, high } = speed.value(at);
        if (low !== high) return unknown;
        return exactly(ratio(low));
      },
      reach: (from, to) => {
        const { low, high } = speed.reach?.(from, to) ?? unknown;
        return { low: ratio(high), high: ratio(low) };
      },
    };
  },
});

const hour = durationMs("PT1H") ?? 0;

/** Volume over capacity: passenger-car units of the window, as an hourly flow, over the capacity (an attribute). */
export const capacityRatio = operator({
  params: windowParams.omit({ property: true }).extend({
    properties: z.array(z.string()).min(1),
    table: z.string(),
    attribute: z.string(),
  }),
  properties: ({ properties }) => properties,
  problems: ({ table, properties }, network) => {
    const problems = tableProblems(network, table, "pcu");
    if (problems.length > 0) return problems;
    const { pcu } = tableOf(network, table, "pcu");
    return properties.filter((id) => pcu[id] === undefined).map((id) => `table "${table}" has no weight for "${id}"`);
  },
  applies: ({ attribute }, station) => (attributeOf(station, attribute) ?? 0) > 0,
  build: ({ properties, table, attribute, ...params }, site) => {
    const { pcu } = tableOf(site.network, table, "pcu");
    const capacity = attributeOf(site.station, attribute) ?? 0;
    const scale = hour / params.window / capacity;
    const sums = properties.map((property) => ({
      weight: (pcu[property] ?? 0) * scale,
      sum: sumOf({ ...params, property }, site, site.station),
    }));
    return {
      datastreams: sums.flatMap(({ sum }) => sum.datastreams),
      window: params.window,
      value: (at) => {
        return weighted(sums.map(({ weight, sum }) => ({ weight, ...sum.value(at) })));
      },
      reach: (from, to) => weighted(sums.map(({ weight, sum }) => ({ weight, ...(sum.reach?.(from, to) ?? unknown) }))),
    };
  },
});

function weighted(values: readonly (Bounds & { weight: number })[]): Bounds {
  const total = (side: "low" | "high") =>
    values.reduce((all, value) => all + value.weight * Math.max(0, value[side]), 0);
  return { low: total("low"), high: total("high") };
}

/** A value taken as given because nothing measures it yet; the reason is part of the definition. */
export const assumed = operator({
  params: z.strictObject({ value: z.number(), reason: z.string().min(1) }),
  build: ({ value }) => fixed(exactly(value)),
});

function nearestOf(network: Network, station: Station, kind: string, count: number): Station[] {
  return network.stations
    .filter((other) => other.kind === kind)
    .map((other) => ({ other, km: distanceKm(station, other) }))
    .sort((a, b) => a.km - b.km || (a.other.id < b.other.id ? -1 : 1))
    .slice(0, count)
    .map(({ other }) => other);
}
