import type { Network, Station, StationItem } from "@ioc/contracts";
import { isSeenBy } from "@ioc/city-pack";
import type { StationBoard } from "../stations/board.ts";
import type { Handlers } from "./handlers.ts";
import { folded, pageOf } from "./page.ts";
import { notFound } from "./problem.ts";

export function stationHandlers(
  network: Network,
  board: StationBoard,
): Pick<Handlers, "listKinds" | "listStations" | "getStation" | "listDatastreams"> {
  const stations = new Map(network.stations.map((station) => [station.id, station]));
  const names = new Map(network.stations.map((one) => [one.id, folded(`${one.id} ${one.name.vi} ${one.name.en}`)]));
  const itemOf = (station: Station): StationItem => ({
    ...station,
    status: statusOf(board, station.id),
    datastreams: board.streamsOf(station.id).map((stream) => stream.id),
  });
  return {
    listKinds: ({ query, url }) => pageOf(network.kinds, query, url),
    listStations({ query, url }) {
      const scheme = query.scheme ?? network.scheme;
      const wanted = query.q === undefined ? "" : folded(query.q.trim());
      const found = network.stations.filter(
        (station) =>
          isSeenBy(station, scheme) &&
          (query.kind === undefined || station.kind === query.kind) &&
          (query.area === undefined || liesIn(network, station, scheme, query.area)) &&
          (query.state === undefined || statusOf(board, station.id).state === query.state) &&
          (names.get(station.id) ?? "").includes(wanted),
      );
      const { items, ...rest } = pageOf(found, query, url);
      return { items: items.map(itemOf), ...rest };
    },
    getStation({ params }) {
      const station = stations.get(params["id"] ?? "");
      if (!station) throw notFound(`There is no station ${params["id"]}.`);
      return { ...itemOf(station), streams: board.streamsOf(station.id) };
    },
    listDatastreams({ query, url }) {
      const found = [...board.datastreams()].filter(
        (stream) =>
          (query.station === undefined || stream.station === query.station) &&
          (query.property === undefined || stream.property.id === query.property) &&
          (query.kind === undefined || stations.get(stream.station)?.kind === query.kind),
      );
      return pageOf(found, query, url);
    },
  };
}

function statusOf(board: StationBoard, id: string): StationItem["status"] {
  const status = board.status(id);
  if (!status) throw new Error(`station ${id} is not on the board`);
  return status;
}

/** True when the station's unit, or a unit above it, is the area. */
export function liesIn(network: Network, station: Station, scheme: string, area: string): boolean {
  let unit: string | null | undefined = station.areas[scheme];
  while (unit) {
    if (unit === area) return true;
    const id: string = unit;
    unit = network.areas.find((one) => one.scheme === scheme && one.id === id)?.parent;
  }
  return false;
}
