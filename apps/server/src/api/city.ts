import type { CityPack, FeatureCollection } from "@ioc/city-pack";
import type { City, Network, Simulation, Summary } from "@ioc/contracts";
import type { CityClock } from "../clock.ts";
import { Reply, type Handlers } from "./handlers.ts";
import { pageOf } from "./page.ts";
import { notFound } from "./problem.ts";
import { readyBody } from "./ready-body.ts";

interface CityServices {
  pack: CityPack;
  network: Network;
  datastreams: number;
  clock: CityClock;
  version: string;
  simulation: () => Simulation | null;
  summary: () => Summary;
}

type Shapes = Reply<Awaited<ReturnType<Handlers["getBasemap"]>> extends infer T ? Exclude<T, Reply<unknown>> : never>;

/** Shapes and basemap change only with the pack; a browser asks again after an hour. */
const cached = { "Cache-Control": "public, max-age=3600" };

export function cityHandlers(
  services: CityServices,
): Pick<Handlers, "getCity" | "getSummary" | "listAreas" | "getAreaShapes" | "getBasemap" | "listCentres"> {
  const { pack, network } = services;
  const made = new Map<string, Shapes>();
  const ready = (key: string, given: FeatureCollection): Shapes => {
    const known = made.get(key);
    if (known) return known;
    // The contract promises only the outer shape of GeoJSON.
    const shapes = { ...given, features: given.features.map((feature) => ({ ...feature })) };
    const reply = new Reply(shapes, { headers: cached, ready: readyBody(shapes) });
    made.set(key, reply);
    return reply;
  };
  const schemeOf = (given: string | undefined): string => {
    const scheme = given ?? network.scheme;
    if (!pack.schemes.some((one) => one.id === scheme)) throw notFound(`The pack has no scheme ${scheme}.`);
    return scheme;
  };
  return {
    getCity: () => cityOf(services),
    getSummary: () => services.summary(),
    listAreas({ query, url }) {
      const scheme = schemeOf(query.scheme);
      const areas = pack.areas.filter(
        (area) => area.scheme === scheme && (query.level === undefined || area.level === query.level),
      );
      return pageOf(areas, query, url);
    },
    getAreaShapes({ query }) {
      const scheme = schemeOf(query.scheme);
      return ready(`shapes ${scheme}`, pack.shapes[scheme] ?? { type: "FeatureCollection", features: [] });
    },
    getBasemap: () => ready("basemap", pack.basemap),
    listCentres: ({ query, url }) => pageOf(pack.centres, query, url),
  };
}

function cityOf({ pack, network, datastreams, clock, version, simulation }: CityServices): City {
  return {
    id: pack.id,
    name: pack.name,
    timezone: pack.timezone,
    center: pack.center,
    box: pack.box,
    schemes: pack.schemes,
    scheme: network.scheme,
    domains: pack.domains,
    agencies: pack.agencies,
    boundaries: pack.boundaries,
    attribution: pack.attribution,
    version,
    now: clock.now(),
    simulation: simulation(),
    counts: {
      stations: network.stations.length,
      datastreams,
      kinds: network.kinds.length,
      statistics: pack.statistics.length,
      warnings: pack.warnings.length,
    },
  };
}
