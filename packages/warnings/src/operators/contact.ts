import { durationMs } from "@ioc/contracts";
import type { Station } from "@ioc/contracts";
import { distanceKm, duration } from "@ioc/statistics/shared";
import { z } from "zod";
import { exactly, unknown } from "../expression/bounds.ts";
import type { Bounds } from "../expression/bounds.ts";
import { operator } from "./operator.ts";
import type { Signal, SignalSite } from "./operator.ts";

const minute = durationMs("PT1M") ?? 0;

/**
 * Time since the station was heard last, in minutes or over its limit: `periods` times the shortest period at which it
 * reports anything, at least `atLeast`. Silence counts only while the system was listening, so a start of the system gives each station the
 * full limit before anything is known of it; after that its true silence counts.
 */
export const silence = operator({
  params: z.strictObject({
    periods: z.number().positive(),
    atLeast: duration,
    as: z.enum(["ratio", "minutes"]).default("ratio"),
  }),
  build: ({ periods, atLeast, as }, site) => {
    const limit = Math.max(atLeast, periods * shortestPeriod(site));
    const unit = as === "ratio" ? limit : minute;
    return {
      datastreams: [],
      window: 0,
      clockDriven: true,
      value: (at) => {
        const since = site.contacts.watchingSince();
        if (since === null) return unknown;
        const last = site.contacts.last(site.station.id);
        if (last !== null && (last >= since || at - last <= limit)) return exactly(Math.max(0, at - last) / unit);
        return at - since <= limit ? unknown : exactly((at - (last ?? since)) / unit);
      },
      reach: (from, to) => {
        // Until a station is heard for the first time its silence is not always known.
        if (site.contacts.last(site.station.id) === null) return unknown;
        const longest = site.contacts.longestSilence?.(site.station.id, from, to);
        return longest === undefined ? unknown : { low: 0, high: longest / unit };
      },
    };
  },
});

/**
 * How many stations of the definition (this one included) have `signal` above `above`: those of the same kind, those within
 * `withinKm`, or both; as a count or in percent of all of them. Stations of which nothing is known widen the bounds.
 */
export const peersAbove = operator({
  params: z.strictObject({
    signal: z.string(),
    above: z.number(),
    sameKind: z.boolean().default(true),
    withinKm: z.number().positive().optional(),
    as: z.enum(["count", "percent"]).default("count"),
  }),
  signals: ({ signal }) => [signal],
  build: ({ signal, above, sameKind, withinKm, as }, site) => {
    const { station } = site;
    const belongs = (other: Station) =>
      (!sameKind || other.kind === station.kind) && (withinKm === undefined || distanceKm(station, other) <= withinKm);
    let members: readonly Signal[] | null = null;
    const of = () =>
      (members ??= site
        .peers(signal)
        .filter((peer) => belongs(peer.station))
        .map((peer) => peer.signal));
    const count = (at: number): Bounds => {
      const values = of().map((member) => member.value(at));
      const scale = as === "percent" ? 100 / Math.max(1, values.length) : 1;
      return {
        low: values.filter(({ low }) => low > above).length * scale,
        high: values.filter(({ high }) => high > above).length * scale,
      };
    };
    const reach = (from: number, to: number): Bounds => {
      const members = of();
      const scale = as === "percent" ? 100 / Math.max(1, members.length) : 1;
      const most = members.filter((member) => (member.reach?.(from, to) ?? unknown).high > above).length;
      return { low: 0, high: most * scale };
    };
    const shared = withinKm === undefined ? `${signal} ${above} ${as} ${sameKind ? station.kind : "*"}` : null;
    return {
      get datastreams() {
        return of().flatMap((member) => member.datastreams);
      },
      get window() {
        return Math.max(0, ...of().map((member) => member.window));
      },
      get clockDriven() {
        return of().some((member) => member.clockDriven === true);
      },
      value: (at) => (shared === null ? count(at) : site.once(shared, at, () => count(at))),
      reach: (from, to) =>
        shared === null ? reach(from, to) : site.once(`${shared} over ${to - from}`, to, () => reach(from, to)),
    };
  },
});

function shortestPeriod({ station, network }: SignalSite): number {
  const properties = network.kinds.find(({ id }) => id === station.kind)?.properties ?? [];
  const hour = durationMs("PT1H") ?? 0;
  return Math.min(...properties.map(({ periodSeconds }) => periodSeconds * 1000), hour * 24);
}
