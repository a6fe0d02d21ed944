import { durationMs } from "@ioc/contracts";
import { duration, highestTide, tableOf, tableProblems, tideLevel } from "@ioc/statistics/shared";
import { z } from "zod";
import { exactly, unknown } from "../expression/bounds.ts";
import { fixed, operator } from "./operator.ts";
import type { Signal, SignalSite } from "./operator.ts";
import { windowParams, windowed } from "./window.ts";

const surgeParams = windowParams.extend({ table: z.string() });

function surgeOf({ table, ...params }: z.infer<typeof surgeParams>, site: SignalSite): Signal {
  const constants = tableOf(site.network, table, "tide");
  return windowed(params, site, site.station, (readings, complete) => {
    if (!complete) return unknown;
    const above = readings.map(({ time, value }) => value - tideLevel(constants, time));
    return exactly(above.reduce((sum, one) => sum + one, 0) / above.length);
  });
}

/** Surge in m: mean over the window of the observed level less the tide predicted from harmonic constants of a table. */
export const surge = operator({
  params: surgeParams,
  properties: ({ property }) => [property],
  problems: ({ table }, network) => tableProblems(network, table, "tide"),
  build: surgeOf,
});

const stepMs = durationMs("PT10M") ?? 0;

/**
 * Highest level of the time `ahead`, in m above the table's datum: predicted tide plus a surge that dies away from its present
 * value as exp(-t / `decay`), looked at every ten minutes.
 */
export const highestAhead = operator({
  params: surgeParams.extend({ ahead: duration, decay: duration }),
  properties: ({ property }) => [property],
  problems: ({ table }, network) => tableProblems(network, table, "tide"),
  build: ({ ahead, decay, ...params }, site) => {
    const constants = tableOf(site.network, params.table, "tide");
    const present = surgeOf(params, site);
    const steps = Math.floor(ahead / stepMs);
    return {
      ...present,
      value: (at) => {
        const { low, high } = present.value(at);
        if (low !== high) return unknown;
        const levels = Array.from({ length: steps + 1 }, (_, i) => i * stepMs).map(
          (after) => tideLevel(constants, at + after) + low * Math.exp(-after / decay),
        );
        return exactly(Math.max(...levels));
      },
    };
  },
});

const highest = new WeakMap<object, number>();

/** Highest astronomical tide of the constants of a table, in m. */
export const highestTideOf = operator({
  params: z.strictObject({ table: z.string() }),
  problems: ({ table }, network) => tableProblems(network, table, "tide"),
  build: ({ table }, { network }) => {
    const key = network.reference[table] as object;
    let found = highest.get(key);
    if (found === undefined) highest.set(key, (found = highestTide(tableOf(network, table, "tide"))));
    return fixed(exactly(found));
  },
});
