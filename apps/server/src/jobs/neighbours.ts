import { datastreamId, type LatestValue, type Network, type Station } from "@ioc/contracts";
import {
  DriftWatch,
  median,
  neighboursOf,
  type DatastreamSpec,
  type NeighbourSite,
  type ObservationReader,
} from "@ioc/observations";
import type { Log } from "../log.ts";

const hourMs = 3_600_000;
const windowHours = 24;
/** A median of the last 24 hours needs so many of them (project setting). */
const fewestHours = 12;
/** Readings of a drifting datastream that are read, at most; 24 hours at one a minute. */
const mostReadings = 1440;
/** Real ms between two looks at the city clock. */
const lookEveryMs = 250;
/** Reasons that make a reading unfit to be compared; `drift` itself must not, or a drift could never end. */
const unfit = new Set(["range", "spike", "flat"]);

/** The datastreams of a network that are compared with their neighbours: those whose property asks for it. */
export function createDriftWatch(network: Network, specs: readonly DatastreamSpec[]): DriftWatch {
  const known = new Map(specs.map((spec) => [spec.id, spec]));
  const stationsOf = Map.groupBy(network.stations, (station) => station.kind);
  const streams = network.kinds.flatMap((kind) =>
    kind.properties
      .filter((property) => property.neighbourTest)
      .flatMap((property) => {
        const sites = (stationsOf.get(kind.id) ?? [])
          .map((station) => siteOf(station, property.id))
          .filter(({ datastream }) => known.has(datastream));
        const range = property.min === null || property.max === null ? null : property.max - property.min;
        return [...neighboursOf(sites)].map(([datastream, neighbours]) => ({ datastream, neighbours, range }));
      }),
  );
  return new DriftWatch(streams);
}

function siteOf(station: Station, property: string): NeighbourSite {
  const elevation = station.attributes["elevation_m"];
  const datastream = datastreamId(station.id, property);
  return {
    datastream,
    lat: station.lat,
    lon: station.lon,
    elevation: typeof elevation === "number" ? elevation : null,
  };
}

/** Takes over the drifts that were marked before a start. */
export function resumeDrifts(watch: DriftWatch, latest: readonly LatestValue[]): void {
  for (const { datastream, phenomenonTime, reasons } of latest) {
    if (reasons.includes("drift")) watch.resume(datastream, phenomenonTime);
  }
}

/** Compares the medians of the 24 hours before `now`, a full hour. Answers which drifts began and ended. */
export async function compareNeighbours(
  watch: DriftWatch,
  reader: ObservationReader,
  now: number,
): Promise<{ began: string[]; ended: string[] }> {
  const from = now - windowHours * hourMs;
  // What drifts is left out of the rollups, so its readings are read themselves.
  const drifting = [...watch.drifting.keys()];
  const steady = watch.datastreams.filter((id) => !watch.drifting.has(id));
  const means = new Map<string, number[]>();
  const rollups = await reader.rollups({ datastreams: steady, from, to: now, width: "1h" });
  for (const [i, id] of rollups.datastream.entries()) {
    const own = means.get(id) ?? [];
    own.push(rollups.sum[i]! / rollups.count[i]!);
    means.set(id, own);
  }
  for (const id of drifting) means.set(id, await hourlyMeans(reader, id, from, now));
  const medians = [...means].filter(([, hours]) => hours.length >= fewestHours);
  return watch.observe(now, new Map(medians.map(([id, hours]) => [id, median(hours)])));
}

async function hourlyMeans(reader: ObservationReader, datastream: string, from: number, to: number): Promise<number[]> {
  const readings = await reader.page({ datastreams: [datastream], from, to, order: "desc", limit: mostReadings });
  const fit = readings.filter(({ result, reasons }) => result !== null && !reasons.some((reason) => unfit.has(reason)));
  const hours = Map.groupBy(fit, ({ phenomenonTime }) => Math.ceil(phenomenonTime / hourMs));
  return [...hours.values()].map((own) => own.reduce((sum, { result }) => sum + (result ?? 0), 0) / own.length);
}

/** Runs the comparison at each full hour of city time, a few minutes later, when the hour's readings have come in. */
export function startNeighbourTest(options: {
  watch: DriftWatch;
  reader: ObservationReader;
  now: () => number;
  log: Log;
}): { stop(): Promise<void> } {
  const { watch, reader, now, log } = options;
  const settledMs = 5 * 60_000;
  let running: Promise<void> | undefined;
  let compared = -Infinity;
  const look = () => {
    const hour = Math.floor((now() - settledMs) / hourMs) * hourMs;
    if (running || hour <= compared) return;
    compared = hour;
    running = compareNeighbours(watch, reader, hour)
      .then(({ began, ended }) => {
        for (const id of began) log.warn("quality", `${id} drifts away from its neighbours`);
        for (const id of ended) log.info("quality", `${id} agrees with its neighbours again`);
      })
      .catch((error: unknown) => log.error("quality", `neighbours were not compared: ${String(error)}`))
      .finally(() => (running = undefined));
  };
  const timer = setInterval(look, lookEveryMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
