import { datastreamId, durationMs } from "@ioc/contracts";
import type { Network } from "@ioc/contracts";
import { duration, numberOf, numberProblems, propertyOf } from "@ioc/statistics/shared";
import { z } from "zod";
import { atLeast, exactly, unknown } from "../expression/bounds.ts";
import type { Bounds } from "../expression/bounds.ts";
import { operator } from "./operator.ts";
import type { SignalSite } from "./operator.ts";
import { meanOf, observedProperty } from "./window.ts";

const part = z.strictObject({
  property: z.string(),
  /** Another station than the subject. */
  station: z.string().optional(),
});

function partProblems(parts: readonly z.infer<typeof part>[], network: Network): string[] {
  return parts.flatMap(({ property, station: id }) => {
    if (id === undefined) return [];
    const station = network.stations.find((candidate) => candidate.id === id);
    if (!station) return [`there is no station "${id}"`];
    return propertyOf(network, station, property) ? [] : [`station ${id} has no property "${property}"`];
  });
}

/** Sum of what is known; of flows and other amounts that are never negative it is a lower bound when some are missing. */
function sumOfKnown(values: readonly (number | null)[], neverNegative: boolean): Bounds {
  const known = values.filter((value) => value !== null);
  const total = known.reduce((sum, value) => sum + value, 0);
  if (known.length === values.length) return exactly(total);
  return neverNegative && known.length > 0 ? atLeast(total) : unknown;
}

/**
 * Sum of the newest values of several properties, of the subject or of stations that are named: the release of a dam through
 * turbines and spillway, what all dams send down one river. Values older than `within` (default: the definition's `staleAfter`)
 * do not count. With `over` it is the change of that sum since so long ago, in the unit of the sum.
 */
export const sumLatest = operator({
  params: z.strictObject({ parts: z.array(part).min(1), within: duration.optional(), over: duration.optional() }),
  properties: ({ parts }) => parts.flatMap(({ property, station }) => (station === undefined ? [property] : [])),
  problems: ({ parts }, network) => partProblems(parts, network),
  build: ({ parts, within, over }, site) => {
    const window = within ?? site.staleAfter;
    const streams = parts.map(({ property, station: id }) => {
      const station = site.network.stations.find((candidate) => candidate.id === id) ?? site.station;
      return { id: datastreamId(station.id, property), min: observedProperty(site, station, property).min ?? -1 };
    });
    const neverNegative = streams.every(({ min }) => min >= 0);
    const sumAt = (at: number) => {
      const values = streams.map(({ id }) => {
        const reading = site.readings.latest(id, at);
        return reading && at - reading.time <= window ? reading.value : null;
      });
      return sumOfKnown(values, neverNegative);
    };
    return {
      datastreams: streams.map(({ id }) => id),
      window: window + (over ?? 0),
      value: (at) => (over === undefined ? sumAt(at) : difference(sumAt(at), sumAt(at - over))),
    };
  },
});

/** A change is known only between two sums that are. */
function difference(now: Bounds, before: Bounds): Bounds {
  const known = now.low === now.high && before.low === before.high;
  return known ? exactly(now.low - before.low) : unknown;
}

const hour = durationMs("PT1H") ?? 0;

/**
 * Largest ratio of a property's mean over the window to its limit in a reference table (`limits.<property>`). Of the means that
 * are known; with one missing it may be larger.
 */
export const largestRatio = operator({
  params: z.strictObject({
    table: z.string(),
    properties: z.array(z.string()).min(1),
    window: duration.default(hour),
    completeness: z.number().min(0).max(1).default(0.75),
  }),
  properties: ({ properties }) => properties,
  problems: ({ table, properties }, network) =>
    numberProblems(
      network,
      table,
      properties.map((property) => `limits.${property}`),
    ),
  build: ({ table, properties, window, completeness }, site: SignalSite) => {
    const ratios = properties.map((property) => ({
      mean: meanOf({ property, window, completeness }, site),
      limit: numberOf(site.network, table, `limits.${property}`),
    }));
    return {
      datastreams: ratios.flatMap(({ mean }) => mean.datastreams),
      window,
      value: (at) => {
        const found = ratios.map(({ mean, limit }) => {
          const { low, high } = mean.value(at);
          return low === high ? low / limit : null;
        });
        const known = found.filter((ratio) => ratio !== null);
        if (known.length === 0) return unknown;
        const largest = Math.max(...known);
        return known.length === found.length ? exactly(largest) : atLeast(largest);
      },
    };
  },
});
