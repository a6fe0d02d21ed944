import { resolve } from "node:path";
import { expect } from "vitest";
import { createCityIso } from "@ioc/contracts";
import { emptyStore } from "@ioc/observations/testing";
import { createStatisticsEngine } from "@ioc/statistics";
import { testStore } from "../datasets/test-store.ts";
import { loadPack } from "../load-pack.ts";
import { createCityForecasts } from "./city-forecasts.ts";
import { createForecastMaker } from "./maker.ts";

const danang = resolve(import.meta.dirname, "../../../../fixtures/danang");
const { pack, network: whole } = await loadPack(danang, "");
const read = [
  "forecasts",
  "city-load-hourly",
  "hospital-beds-daily",
  "notifiable-disease-weekly",
  "vector-survey",
  "weather-forecast",
];
const datasets = whole.datasets.filter(({ id }) => read.includes(id));
/** The model city with the datasets that its tests of forecasts read. */
export const network = { ...whole, datasets };
export const definitionsOf = (...ids: string[]) => ids.map((id) => pack.forecasts.find((one) => one.id === id)!);

export const hour = 3_600_000;
export const day = 24 * hour;
/** Thursday. */
export const start = Date.parse("2026-10-22T06:00:10+07:00");
export const iso = createCityIso(network.timezone);
/** One for all tests of a process, with which it goes. */
const maker = createForecastMaker();
/** No station has ever been heard. */
const observations = await emptyStore();

/** MW by the hour: a day and a slow wave. */
export const loadAt = (time: number) =>
  700 + 200 * Math.cos((2 * Math.PI * time) / day) + 6 * Math.sin(time / (5 * hour));

/** A city whose rows and time a test sets, with the real engine, store and thread. */
export function city(definitions = definitionsOf("city-load", "bed-occupancy")) {
  const store = testStore(datasets);
  const statistics = createStatisticsEngine({
    definitions: [],
    network,
    reader: observations.reader,
    datasets: store.datasets,
  });
  const abort = new AbortController();
  const open = () =>
    createCityForecasts({
      definitions,
      network,
      datasets: store.datasets,
      frames: (definition, at) => statistics.preview(definition, {}, at),
      maker,
      iso,
      signal: abort.signal,
    });
  const put = async (id: string, rows: readonly Record<string, unknown>[], now: number) => {
    const receipt = await store.datasets.put(id, rows, { synthetic: false, now });
    expect(receipt.problems).toEqual([]);
  };
  return Object.assign(store, {
    open,
    put,
    abort,
    /** Loads of the hours in (from, to]. */
    async loads(from: number, to: number) {
      const first = Math.floor(from / hour) * hour + hour;
      const rows = Array.from({ length: Math.floor((to - first) / hour) + 1 }, (_, i) => {
        const time = first + i * hour;
        return { time: iso(time), load_mw: loadAt(time), available_mw: 900, solar_mw: 0 };
      });
      await put("city-load-hourly", rows, to);
    },
    beds: (facility: string, days: number) =>
      put(
        "hospital-beds-daily",
        Array.from({ length: days }, (_, i) => ({
          facility_id: facility,
          date: iso(start - (i + 1) * day).slice(0, 10),
          beds_staffed: 100,
          beds_occupied: 80 + (i % 7),
        })),
        start,
      ),
    rows: () => store.datasets.page("forecasts", { limit: 5000 }).items,
  });
}
