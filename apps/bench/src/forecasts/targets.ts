import {
  forecasterOf,
  harmonicTide,
  lagReservoir,
  logged,
  nbClimate,
  scaledSeasonalNaive,
  standardForecasters,
} from "@ioc/forecasting";
import type { Forecaster, Regressor, Series } from "@ioc/forecasting";
import { readSharedTable } from "../shared-table.ts";

/** Something of a city that is forecast from recorded series. */
export interface Target {
  /** Folder of the shared test data. */
  folder: string;
  name: string;
  /** What a step and the horizon are, in words. */
  ahead: string;
  /** Whole records; regressors known ahead are as long as the record, and so are the others. */
  records: Series[];
  /** Steps to forecast. */
  horizon: number;
  /** Most steps that a forecast may learn from. */
  history: number;
  /** Origins a record. */
  origins: number;
  /** Season of the naive method it is compared with, steps: that of the catalogue's warning on it. */
  naive: number;
  forecasters: readonly Forecaster[];
}

type Rows = readonly Record<string, string>[];

const number = (cell: string | undefined): number | null =>
  cell === undefined || cell === "" || cell === "NA" ? null : Number(cell);
const column = (rows: Rows, name: string) => rows.map((row) => number(row[name]));

/** Mean of each `size` values; null where one is missing. */
function means(values: readonly (number | null)[], size: number): (number | null)[] {
  return Array.from({ length: Math.floor(values.length / size) }, (_, i) =>
    values
      .slice(i * size, (i + 1) * size)
      .reduce((sum, value) => (sum === null || value === null ? null : sum + value / size), 0),
  );
}

const day = [24, 168];
const [eightWeeks, year] = [8 * 168, 8760];

/** What competes with the tide: over a year of hours the others take long, and know nothing that these do not. */
const plain = new Set(["seasonal-naive", "seasonal-average", "harmonic-regression", "lag-regression"]);

function tide(): Target {
  const records = ["CapeFerguson", "Darwin", "Portland"].map((gauge) => ({
    values: column(readSharedTable("tide-australia-hourly", `${gauge}.csv.gz`), "sea_level_m"),
    periods: [25],
  }));
  return {
    folder: "tide-australia-hourly",
    name: "level of the sea, 3 gauges",
    ahead: "48 h by the hour",
    records,
    horizon: 48,
    history: year,
    origins: 8,
    naive: 25,
    forecasters: [harmonicTide(1), ...standardForecasters.filter(({ id }) => plain.has(id))],
  };
}

function riverHours(): Target {
  const rows = readSharedTable("river-uk-33029", "flow_15min.csv.gz");
  return {
    folder: "river-uk-33029",
    name: "flow of a river, itself alone",
    ahead: "48 h by the hour",
    records: [{ values: means(column(rows, "q_mm_per_15min"), 4), periods: [] }],
    horizon: 48,
    history: eightWeeks,
    origins: 40,
    naive: 1,
    forecasters: standardForecasters,
  };
}

function riverDays(): Target {
  const rows = readSharedTable("river-uk-33029", "daily_catchment.csv");
  const regressors = [{ name: "rain", values: column(rows, "P") }];
  return {
    folder: "river-uk-33029",
    name: "flow of a river with rain until now",
    ahead: "5 days by the day",
    records: [{ values: column(rows, "Q"), periods: [], regressors }],
    horizon: 5,
    history: 1461,
    origins: 60,
    naive: 1,
    forecasters: [...standardForecasters, forecasterOf(lagReservoir), forecasterOf(logged(lagReservoir))],
  };
}

function traffic(): Target {
  const rows = readSharedTable("traffic-i94", "traffic_hourly.csv.gz");
  const regressors = ["temp", "rain_1h", "snow_1h"].map((name) => ({ name, values: column(rows, name) }));
  return {
    folder: "traffic-i94",
    name: "traffic with weather until now",
    ahead: "24 h by the hour",
    records: [{ values: column(rows, "traffic_volume"), periods: day, regressors }],
    horizon: 24,
    history: eightWeeks,
    origins: 40,
    naive: 168,
    forecasters: standardForecasters,
  };
}

function load(): Target {
  const rows = readSharedTable("energy-victoria", "vic_electricity.csv.gz");
  const holiday = rows.filter((_, i) => i % 2 === 0).map((row) => Number(row["Holiday"] === "True"));
  const regressors: Regressor[] = [
    { name: "holiday", values: holiday, ahead: true },
    { name: "temperature", values: means(column(rows, "Temperature"), 2) },
  ];
  return {
    folder: "energy-victoria",
    name: "electricity with holidays, temperature until now",
    ahead: "24 h by the hour",
    records: [{ values: means(column(rows, "Demand"), 2), periods: day, regressors }],
    horizon: 24,
    history: eightWeeks,
    origins: 40,
    naive: 168,
    forecasters: standardForecasters,
  };
}

function air(): Target {
  const rows = readSharedTable("air-valencia", "air_quality_valencia.csv.gz");
  const regressors = ["veloc.", "no2", "o3"].map((name) => ({ name, values: column(rows, name) }));
  return {
    folder: "air-valencia",
    name: "PM2.5 with wind and gases until now",
    ahead: "24 h by the hour",
    records: [{ values: column(rows, "pm2.5"), periods: day, regressors }],
    horizon: 24,
    history: eightWeeks,
    origins: 24,
    naive: 24,
    forecasters: standardForecasters,
  };
}

/** Months from the first of a province to its last; those that are not in the file are missing. */
function monthly(rows: Rows): (number | null)[] {
  const monthOf = (date: string) => 12 * Number(date.slice(0, 4)) + Number(date.slice(5, 7));
  const cases = new Map(rows.map((row) => [monthOf(row["calendar_start_date"]!), number(row["dengue_total"])]));
  const first = Math.min(...cases.keys());
  return Array.from({ length: Math.max(...cases.keys()) - first + 1 }, (_, i) => cases.get(first + i) ?? null);
}

function dengueMonths(): Target {
  const rows = readSharedTable("dengue-vietnam", "vietnam_provinces_monthly.csv.gz");
  const provinces = Map.groupBy(rows, (row) => row["adm_1_name"]!);
  const records = [...provinces.values()]
    .map((rows) => ({ values: monthly(rows), periods: [12] }))
    .filter(({ values }) => values.length >= 120);
  return {
    folder: "dengue-vietnam",
    name: `dengue cases, ${records.length} provinces`,
    ahead: "3 months by the month",
    records,
    horizon: 3,
    history: 240,
    origins: 6,
    naive: 12,
    forecasters: standardForecasters,
  };
}

/** National weeks; neither the weather nor larvae came with them, so that `nb-climate` knows cases and season only. */
function dengueWeeks(name: string, forecasters: readonly Forecaster[]): Target {
  const rows = readSharedTable("dengue-vietnam", "vietnam_national.csv").filter((row) => row["T_res"] === "Week");
  return {
    folder: "dengue-vietnam",
    name: `dengue cases, Vietnam${name}`,
    ahead: "4 weeks by the week",
    records: [{ values: column(rows, "dengue_total"), periods: [52] }],
    horizon: 4,
    history: 260,
    origins: 40,
    naive: 52,
    forecasters,
  };
}

const scaledNaive = forecasterOf(scaledSeasonalNaive(52, 4));

function beds(): Target {
  const rows = readSharedTable("hospital-icu-germany", "icu_beds_by_state.csv.gz");
  const states = Map.groupBy(rows, (row) => row["bundesland_id"]!);
  return {
    folder: "hospital-icu-germany",
    name: `intensive-care beds in use, ${states.size} states`,
    ahead: "14 days by the day",
    records: [...states.values()].map((rows) => ({ values: column(rows, "intensivbetten_belegt"), periods: [7] })),
    horizon: 14,
    history: 730,
    origins: 12,
    naive: 7,
    forecasters: standardForecasters,
  };
}

export const targets: readonly (() => Target)[] = [
  tide,
  riverHours,
  riverDays,
  traffic,
  load,
  air,
  dengueMonths,
  () => dengueWeeks("", standardForecasters),
  () => dengueWeeks(", nb-climate alone", [nbClimate]),
  () => dengueWeeks(", scaled seasonal naive alone", [scaledNaive]),
  () => dengueWeeks(", nb-climate among all", [nbClimate, scaledNaive, ...standardForecasters]),
  beds,
];
