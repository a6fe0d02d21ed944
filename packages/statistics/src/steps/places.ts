import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import type { Rows } from "../grid.ts";
import { defineStep } from "../step.ts";

/**
 * Where rows are, from the stations of the network: columns `lat` and `lon` of the station whose id a column holds, or whose id is
 * `prefix` followed by what the column holds. Null where there is no such station.
 */
export const places = defineStep({
  op: "places",
  doc: {
    vi: "Thêm vị trí (`lat`, `lon`) của trạm có mã trong một cột, để vẽ bản đồ điểm",
    en: "Adds the place (`lat`, `lon`) of the station whose id is in a column, for a map of points",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({ of: z.string(), prefix: z.string().default("") }),
  run: (input, { of, prefix }, { network }): Rows => {
    const ids = input.columns.get(of);
    if (!ids) throw new Error(`there is no column "${of}"`);
    const stations = new Map(network.stations.map((station) => [station.id, station]));
    const found = ids.map((id) => (id === null ? undefined : stations.get(prefix + String(id))));
    const column = (name: "lat" | "lon") => found.map((station): RowValue => station?.[name] ?? null);
    return { ...input, columns: new Map([...input.columns, ["lat", column("lat")], ["lon", column("lon")]]) };
  },
});
