import type { ForecastDefinition, Network } from "@ioc/contracts";
import { datasetDefinition, forecastDefinition } from "@ioc/contracts";
import { forecastColumns } from "./rows.ts";

const text = (words: string) => ({ vi: words, en: words });

/** Instant in the zone of the test city. */
export const at = (local: string) => Date.parse(`${local}+07:00`);

const dataset = (id: string, origin: "sent" | "system", columns: object[]) =>
  datasetDefinition.parse({
    id,
    name: text(id),
    group: "tests",
    publisher: "ioc",
    frequency: "PT1H",
    classification: "open",
    licence: "CC-BY-4.0",
    origin,
    source: text(id),
    columns,
  });

/** A city with one dataset of hourly loads, and one that forecasts are kept in. */
export const network: Network = {
  scheme: "s",
  schemes: [{ id: "s", name: text("s"), levels: ["city"], validFrom: null, validTo: null }],
  timezone: "Asia/Ho_Chi_Minh",
  areas: [
    {
      id: "48",
      scheme: "s",
      level: "city",
      name: text("City"),
      type: text("city"),
      parent: null,
      areaKm2: null,
      population: null,
      center: null,
      box: null,
      offshore: false,
      successor: null,
    },
  ],
  kinds: [],
  stations: [],
  agencies: [],
  datasets: [
    dataset("load", "sent", [
      { id: "time", type: "datetime", key: true },
      {
        id: "zone",
        type: "category",
        key: true,
        values: [
          { id: "a", name: text("Zone A") },
          { id: "b", name: text("Zone B") },
        ],
      },
      { id: "load_mw", type: "number" },
    ]),
    dataset(
      "forecasts",
      "system",
      forecastColumns.map((id) => ({ id, type: id.endsWith("_at") ? "datetime" : "number" })),
    ),
  ],
  reference: {},
};

/** Hourly load by zone, two days ahead, every six hours. */
export function definitionWith(more: Partial<ForecastDefinition> = {}): ForecastDefinition {
  return forecastDefinition.parse({
    id: "load",
    domain: "energy",
    name: text("Load"),
    measures: text("Load by hour"),
    input: [{ dataset: "load", columns: ["time", "zone", "load_mw"] }],
    pipeline: [
      { op: "rows", dataset: "load" },
      { op: "tally", time: "time", period: "PT1H", shown: 400, measures: { load: "sum(load_mw)" } },
      { op: "table", layout: "series", value: { measure: "load", name: text("Load") } },
    ],
    group: "zone",
    unit: "MW",
    decimals: 0,
    step: "PT1H",
    stamp: "end",
    seasons: ["P1D"],
    baseline: "P1D",
    history: "P10D",
    horizon: "PT48H",
    every: "PT6H",
    method: text("m"),
    source: text("s"),
    ...more,
  });
}
