import type { WholeRow } from "@ioc/catalogue";
import type { DatasetDefinition, Network, StationStatus } from "@ioc/contracts";
import { systemRow } from "./system-row.ts";

/** The stations of the city as they are now. Those whose place is made up are told as such. */
export function registryRows(
  network: Network,
  statusOf: (station: string) => StationStatus | undefined,
  definition: Pick<DatasetDefinition, "columns">,
): WholeRow[] {
  const kinds = new Map(network.kinds.map((kind) => [kind.id, kind]));
  return network.stations.map((station) => {
    const kind = kinds.get(station.kind);
    const primary = kind?.properties.find(({ id }) => id === kind.primary);
    const row = {
      station_id: station.id,
      kind: station.kind,
      name_vi: station.name.vi,
      name_en: station.name.en,
      location: [station.lon, station.lat],
      area_code: station.areas[network.scheme] ?? null,
      owner: kind?.owner ?? null,
      status: statusOf(station.id)?.state === "maintenance" ? "maintenance" : "active",
      // No pack says when a station was installed.
      installed_on: null,
      period_s: primary?.periodSeconds ?? null,
    };
    return { row: systemRow(row, definition), synthetic: station.basis !== "real" };
  });
}
