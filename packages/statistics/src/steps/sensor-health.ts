import { z } from "zod";
import { datastreamId } from "@ioc/contracts";
import type { ObservedProperty, Station } from "@ioc/contracts";
import { disagreement, neighboursOf } from "@ioc/observations";
import type { Grid, Matrix } from "../grid.ts";
import { matrixOf } from "../grid.ts";
import { maxOf, medianOf, sumOf } from "../operators/aggregate.ts";
import {
  driftingMeans,
  flatRatio,
  isBlocked,
  outOfRangeShare,
  spikes,
  supplyRatio,
} from "../operators/sensor-health.ts";
import { distanceKm } from "../operators/space.ts";
import { defineStep } from "../step.ts";
import type { PlanContext, Read, StepContext } from "../step.ts";
import { inputsOf } from "../view.ts";
import { attributeOf, dayMs, floorTo, hourMs, measureName, propertyOf } from "./parameters.ts";

const parameters = z.strictObject({
  /** Property with the voltage of the supply, and the voltages that supplies have, V. */
  battery: measureName,
  nominal: z.array(z.number().positive()).min(1),
  /** Property of rain that is compared with the gauges around, so many of them, and how much rain blocks a dry one, mm. */
  rain: measureName,
  gauges: z.int().min(1).max(10),
  blocked: z.number().positive(),
});
type Parameters = z.infer<typeof parameters>;

/** A median or sum of a day needs so many of its hours (project setting, as for the neighbour test of the receiver). */
const fewestHours = 12;

interface Stream {
  station: Station;
  property: ObservedProperty;
  id: string;
}

function streamsOf({ definition, stations, network }: PlanContext): Stream[] {
  return stations.flatMap((station) =>
    inputsOf(definition, station).flatMap((name) => {
      const property = propertyOf(network, station, name);
      return property ? [{ station, property, id: datastreamId(station.id, name) }] : [];
    }),
  );
}

const isCompared = ({ property }: Stream, { rain }: Parameters) =>
  property.neighbourTest === true || property.id === rain;

/** The full day that ends with the newest full hour. */
function spanOf({ now }: PlanContext) {
  const to = floorTo(now, hourMs);
  return { from: to - dayMs, to };
}

function reads(given: Parameters, context: PlanContext): Read[] {
  const span = spanOf(context);
  const streams = streamsOf(context);
  const ids = streams.map(({ id }) => id);
  return [
    { kind: "flagged", ...span, datastreams: ids },
    { kind: "latest", to: span.to, datastreams: ids },
    { kind: "hours", ...span, datastreams: streams.filter((one) => isCompared(one, given)).map(({ id }) => id) },
  ];
}

/** Hour by hour what a datastream measured; what drifts is left out of the rollups and taken from its own readings. */
function hoursOf(id: string, context: StepContext): { sums: number[]; means: number[] } {
  const { from, to } = spanOf(context);
  const buckets = context.data.hours(from, to, id);
  const sums = buckets?.sum ?? [];
  const means = sums.map((sum, i) => sum / (buckets?.count[i] ?? 1));
  return {
    sums,
    means: means.length >= fewestHours ? means : [...means, ...driftingMeans(context.data.flagged(from, to, id))],
  };
}

/** How far each datastream lies from its neighbours, by datastream; 0 where there are fewer than three. */
function disagreements(streams: readonly Stream[], context: StepContext): Map<string, number> {
  const found = new Map<string, number>();
  const tested = streams.filter(({ property }) => property.neighbourTest === true);
  for (const group of Map.groupBy(tested, ({ station, property }) => `${station.kind}:${property.id}`).values()) {
    const medians = new Map(
      group.flatMap(({ id }) => {
        const { means } = hoursOf(id, context);
        const median = means.length < fewestHours ? null : medianOf(means);
        return median === null ? [] : [[id, median] as const];
      }),
    );
    const sites = group.map(({ station, id }) => {
      return { datastream: id, lat: station.lat, lon: station.lon, elevation: attributeOf(station, "elevation_m") };
    });
    const neighbours = neighboursOf(sites);
    for (const { id, property } of group) {
      const own = medians.get(id);
      if (own === undefined) continue;
      const others = (neighbours.get(id) ?? []).flatMap((other) => medians.get(other) ?? []);
      const range = property.min === null || property.max === null ? null : property.max - property.min;
      found.set(id, disagreement(own, others, range));
    }
  }
  return found;
}

/** Gauges that stayed dry while it rained around them. */
function blockedGauges(streams: readonly Stream[], given: Parameters, context: StepContext): Set<string> {
  const sums = streams.flatMap((stream) => {
    if (stream.property.id !== given.rain) return [];
    const hours = hoursOf(stream.id, context).sums;
    return hours.length < fewestHours ? [] : [{ ...stream, sum: sumOf(hours) ?? 0 }];
  });
  const blocked = sums.filter(({ station, sum }) => {
    if (sum > 0) return false;
    const near = sums
      .filter((other) => other.station.kind === station.kind && other.station.id !== station.id)
      .map((other) => ({ km: distanceKm(station, other.station), sum: other.sum }))
      .sort((a, b) => a.km - b.km)
      .slice(0, given.gauges);
    return near.length === given.gauges && isBlocked(sum, near.map((one) => one.sum), given.blocked); // prettier-ignore
  });
  return new Set(blocked.map(({ station }) => station.id));
}

/**
 * Signs of a faulty sensor by station, from the last full day and the marks of the receiver; of its properties the worst counts:
 * `oor` (percent of the values that are out of range), `sp` (values marked as spikes), `fl` (hours at the same value over those that
 * are allowed; from 1 on, 0 before), `nb` (distance from the neighbours of its kind in their standard deviations, of properties with
 * the neighbour test), `dry` (1: no rain while the gauges around had `blocked` mm), `batt` (voltage over nominal). Null at a station
 * that sent nothing.
 */
export const sensorHealth = defineStep({
  op: "sensor-health",
  doc: {
    vi: "Dấu hiệu cảm biến hỏng theo trạm: ngoài dải, nhảy vọt, đứng yên, lệch trạm lân cận, thùng đo mưa tắc, nguồn yếu",
    en: "Signs of faulty sensors by station: out of range, spikes, flat line, disagreement with neighbours, blocked gauge, weak supply",
  },
  takes: "nothing",
  gives: "grid",
  params: parameters,
  reads,
  run: (_input, given, context): Grid => {
    const span = spanOf(context);
    const streams = streamsOf(context);
    const apart = disagreements(streams, context);
    const blocked = blockedGauges(streams, given, context);
    const byStation = Map.groupBy(streams, ({ station }) => station.id);
    const signs = context.stations.map((station) => {
      const own = (byStation.get(station.id) ?? []).map((stream) => ({
        ...stream,
        flagged: context.data.flagged(span.from, span.to, stream.id),
        latest: context.data.latest(span.to, stream.id),
      }));
      const heard = own.some(({ flagged, latest }) => flagged.length > 0 || (latest?.time ?? -Infinity) > span.from);
      if (!heard) return {};
      const volts = own.find(({ property }) => property.id === given.battery)?.latest;
      const largest = (of: (one: (typeof own)[number]) => number) => maxOf(own.map(of)) ?? 0;
      return {
        oor: largest(({ flagged, property }) => outOfRangeShare(flagged, dayMs / 1000 / property.periodSeconds)),
        sp: largest(({ flagged }) => spikes(flagged)),
        fl: largest(({ flagged, latest, property }) => flatRatio(flagged, latest?.time ?? null, property)),
        nb: largest(({ id }) => apart.get(id) ?? 0),
        dry: blocked.has(station.id) ? 1 : 0,
        batt: volts && volts.time > span.from ? supplyRatio(volts.value, given.nominal) : null,
        coverage: 1,
      };
    });
    const ids = context.stations.map(({ id }) => id);
    const measures = new Map<string, Matrix>(
      (["oor", "sp", "fl", "nb", "dry", "batt", "coverage"] as const).map((name) => [
        name,
        matrixOf(ids, (subject) => [(signs[subject] as Record<string, number | null>)[name] ?? null]),
      ]),
    );
    return {
      shape: "grid",
      ids,
      ends: [span.to],
      head: 0,
      before: null,
      shown: [0],
      window: span,
      measures,
      labels: {},
    };
  },
});
