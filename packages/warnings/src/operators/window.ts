import { datastreamId } from "@ioc/contracts";
import type { ObservedProperty, Station } from "@ioc/contracts";
import { attributeOf, duration, medianOf, propertyOf } from "@ioc/statistics/shared";
import { z } from "zod";
import { atLeast, exactly, unknown } from "../expression/bounds.ts";
import type { Bounds } from "../expression/bounds.ts";
import type { Reading } from "../engine/recent-readings.ts";
import { operator } from "./operator.ts";
import type { Signal, SignalSite } from "./operator.ts";

interface WindowParams {
  property: string;
  window: number;
  completeness: number;
}

/** Share of the window's sampling periods that must have a reading. */
const completeness = z.number().min(0).max(1).default(0.75);
export const windowParams = z.strictObject({ property: z.string(), window: duration, completeness });

/** Newest value, not older than `within` (default: the definition's `staleAfter`). */
export const latest = operator({
  params: z.strictObject({ property: z.string(), within: duration.optional() }),
  properties: ({ property }) => [property],
  build: ({ property, within }, site) => {
    const datastream = datastreamId(site.station.id, property);
    const window = within ?? site.staleAfter;
    return {
      datastreams: [datastream],
      window,
      value: (at) => {
        const reading = site.readings.latest(datastream, at);
        return exactly(reading && at - reading.time <= window ? reading.value : null);
      },
      reach: (from, to) => rangeOf(site.readings.within(datastream, from - window - 1, to)),
    };
  },
});

const lastParams = z.strictObject({
  property: z.string(),
  count: z.int().min(1).max(100),
  within: duration.optional(),
  minus: z.string().optional(),
});

/** A figure of the last `count` values (of those there are), less an attribute of the station such as a sensor's offset. */
function ofLast(figure: (values: readonly number[]) => number | null) {
  return operator({
    params: lastParams,
    properties: ({ property }) => [property],
    build: ({ property, count, within, minus }, site) => {
      const datastream = datastreamId(site.station.id, property);
      const window = within ?? site.staleAfter;
      const offset = minus === undefined ? 0 : (attributeOf(site.station, minus) ?? 0);
      return {
        datastreams: [datastream],
        window,
        value: (at) => {
          const values = site.readings.within(datastream, at - window, at).slice(-count);
          const found = figure(values.map((reading) => reading.value));
          return exactly(found === null ? null : found - offset);
        },
        reach: (from, to) => {
          const { low, high } = rangeOf(site.readings.within(datastream, from - window, to));
          return { low: low - offset, high: high - offset };
        },
      };
    },
  });
}

export const medianLast = ofLast(medianOf);

export const meanLast = ofLast((values) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length,
);

/** Sum over the window. With too few readings only a lower bound is known (of a property that is never negative). */
export const sum = operator({
  params: windowParams,
  properties: ({ property }) => [property],
  build: (params, site) => sumOf(params, site, site.station),
});

/** Highest value of the window; with too few readings it may have been higher. */
export const max = operator({
  params: windowParams,
  properties: ({ property }) => [property],
  build: (params, site) =>
    windowed(
      params,
      site,
      site.station,
      (readings, complete) => {
        const highest = Math.max(...readings.map((reading) => reading.value));
        return complete ? exactly(highest) : atLeast(highest);
      },
      rangeOf,
    ),
});

/** Mean over the window; unknown with too few readings. */
export const mean = operator({
  params: windowParams,
  properties: ({ property }) => [property],
  build: (params, site) => meanOf(params, site),
});

/** (newest - value `over` earlier) per `per`; the earlier reading may be half a period off. */
export const rate = operator({
  params: z.strictObject({ property: z.string(), over: duration, per: duration }),
  properties: ({ property }) => [property],
  build: ({ property, over, per }, site) => {
    const datastream = datastreamId(site.station.id, property);
    const tolerance = Math.min(over, observedProperty(site, site.station, property).periodSeconds * 1000) / 2;
    return {
      datastreams: [datastream],
      window: over + 2 * tolerance,
      value: (at) => {
        const now = site.readings.latest(datastream, at);
        if (!now || at - now.time > tolerance) return unknown;
        const before = nearest(
          site.readings.within(datastream, now.time - over - tolerance - 1, now.time - over + tolerance),
          now.time - over,
        );
        return exactly(before && ((now.value - before.value) / (now.time - before.time)) * per);
      },
      reach: (from, to) => {
        const { low, high } = rangeOf(site.readings.within(datastream, from - over - 2 * tolerance - 1, to));
        const steepest = ((high - low) / (over - tolerance)) * per;
        return { low: -steepest, high: steepest };
      },
    };
  },
});

/** Newest value less the mean of the window before it: the jump of a squall. */
export const riseOverMean = operator({
  params: windowParams,
  properties: ({ property }) => [property],
  build: (params, site) => {
    const datastream = datastreamId(site.station.id, params.property);
    const before = meanOf(params, site);
    return {
      datastreams: [datastream],
      window: params.window + site.staleAfter,
      value: (at) => {
        const now = site.readings.latest(datastream, at);
        if (!now || at - now.time > site.staleAfter) return unknown;
        const usual = before.value(now.time - 1);
        return { low: now.value - usual.high, high: now.value - usual.low };
      },
      reach: (from, to) => {
        const { low, high } = rangeOf(site.readings.within(datastream, from - params.window - site.staleAfter - 1, to));
        return { low: low - high, high: high - low };
      },
    };
  },
});

export function sumOf(params: WindowParams, site: SignalSite, station: Station): Signal {
  const neverNegative = (observedProperty(site, station, params.property).min ?? -1) >= 0;
  return windowed(
    params,
    site,
    station,
    (readings, complete) => {
      const total = readings.reduce((sum, reading) => sum + reading.value, 0);
      if (complete) return exactly(total);
      return neverNegative ? atLeast(total) : unknown;
    },
    (readings) => ({
      low: readings.reduce((sum, { value }) => sum + Math.min(0, value), 0),
      high: readings.reduce((sum, { value }) => sum + Math.max(0, value), 0),
    }),
  );
}

export function meanOf(params: WindowParams, site: SignalSite): Signal {
  return windowed(
    params,
    site,
    site.station,
    (readings, complete) =>
      complete ? exactly(readings.reduce((sum, reading) => sum + reading.value, 0) / readings.length) : unknown,
    rangeOf,
  );
}

/** What is made of the readings of a window; `complete` says whether enough of them are there. */
export function windowed(
  { property, window, completeness: needed }: WindowParams,
  site: SignalSite,
  station: Station,
  aggregate: (readings: Reading[], complete: boolean) => Bounds,
  reach?: (readings: readonly Reading[]) => Bounds,
): Signal {
  const datastream = datastreamId(station.id, property);
  const period = observedProperty(site, station, property).periodSeconds * 1000;
  const slots = Math.max(1, Math.round(window / period));
  return {
    datastreams: [datastream],
    window,
    value: (at) => {
      const readings = site.readings.within(datastream, at - window, at);
      if (readings.length === 0) return unknown;
      // Periods that have a reading: a station that samples faster does not fill the others' gaps.
      const filled = new Set(readings.map(({ time }) => Math.floor((at - time) / period))).size;
      return aggregate(readings, filled >= needed * slots - 1e-9);
    },
    // What the figure of any stretch of these readings can be.
    ...(reach ? { reach: (from, to) => reach(site.readings.within(datastream, from - window, to)) } : {}),
  };
}

/** Lowest and highest of the readings; unknown without any. */
function rangeOf(readings: readonly Reading[]): Bounds {
  if (readings.length === 0) return unknown;
  let low = Infinity;
  let high = -Infinity;
  for (const { value } of readings) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

export function observedProperty(site: SignalSite, station: Station, property: string): ObservedProperty {
  const found = propertyOf(site.network, station, property);
  if (!found) throw new Error(`station ${station.id} has no property "${property}"`);
  return found;
}

function nearest(readings: readonly Reading[], time: number): Reading | null {
  let best: Reading | null = null;
  for (const reading of readings) {
    if (!best || Math.abs(reading.time - time) < Math.abs(best.time - time)) best = reading;
  }
  return best;
}
