import { resolve } from "node:path";
import { expect, test } from "vitest";
import { createCityIso, regressionDefinition } from "@ioc/contracts";
import { createStatisticsEngine } from "@ioc/statistics";
import { testStore } from "../datasets/test-store.ts";
import { loadPack } from "../load-pack.ts";
import { createRegressions } from "./regressions.ts";

const danang = resolve(import.meta.dirname, "../../../../fixtures/danang");
const { network: whole } = await loadPack(danang, "");
const datasets = whole.datasets.filter(({ id }) => id === "regressions" || id === "city-load-hourly");
const network = { ...whole, datasets };
const iso = createCityIso(network.timezone);

const hour = 3_600_000;
const day = 24 * hour;
/** In the middle of a month, in the morning. */
const start = Date.parse("2026-10-22T06:00:10+07:00");
const text = { vi: "Một", en: "One" };

/** The probability of a load above 700 MW from the sun. */
const definition = regressionDefinition.parse({
  id: "high-load",
  domain: "energy",
  name: text,
  measures: text,
  method: text,
  source: text,
  input: [{ dataset: "city-load-hourly", columns: ["time", "load_mw", "solar_mw"] }],
  pipeline: [
    { op: "rows", dataset: "city-load-hourly", where: "time <= now()" },
    { op: "derive", columns: { high: "load_mw > 700" } },
    { op: "logistic-regression", outcome: "high", terms: ["solar_mw"], ridge: 1, least: 10 },
  ],
});

function city() {
  const store = testStore(datasets);
  const sources = { network, reader: {} as never, datasets: store.datasets };
  const statistics = createStatisticsEngine({ definitions: [], ...sources });
  const abort = new AbortController();
  const open = (one = definition) =>
    createRegressions({
      definitions: [one],
      network,
      datasets: store.datasets,
      iso,
      signal: abort.signal,
      frames: (asked, at) => statistics.preview(asked, {}, at),
    });
  return Object.assign(store, {
    open,
    abort,
    /** Hours up to a time; every second one has a high load. */
    async loads(count: number, to: number) {
      const last = Math.floor(to / hour);
      const rows = Array.from({ length: count }, (_, i) => ({
        time: iso((last - i) * hour),
        load_mw: 600 + 200 * (i % 2),
        available_mw: 900,
        solar_mw: i % 7,
      }));
      await store.datasets.put("city-load-hourly", rows, { synthetic: true, now: to });
    },
    fits: () => store.datasets.page("regressions", { limit: 100 }).items,
  });
}

test("fits once a month of the city's calendar, also after a restart, and keeps what was learned before", async () => {
  await using own = city();
  await own.loads(60, start - day);
  const regressions = own.open();
  // History is on its way in the first hour.
  expect(await regressions.step(start)).toEqual(new Map());
  expect(own.fits()).toEqual([]);
  await regressions.step(start + hour);
  expect(own.fits()).toMatchObject([
    { regression: "high-load", term: "intercept", subject: "all", cases: 60, events: 30 },
    { regression: "high-load", term: "solar_mw", subject: "all", cases: 60, events: 30 },
  ]);
  expect(Date.parse(String(own.fits()[0]?.["fitted_at"]))).toBe(Date.parse("2026-10-22T00:00:00+07:00"));

  await own.loads(80, start + 8 * day);
  const again = own.open();
  for (const time of [start + 2 * day, start + 9 * day]) await again.step(time);
  expect(own.fits()).toHaveLength(2);
  await again.step(Date.parse("2026-11-01T00:00:01+07:00"));
  expect(own.fits()).toHaveLength(4);
  expect(own.fits()[2]).toMatchObject({ term: "intercept", cases: 140 });
});

test("with too little to learn from nothing is kept; it is tried again the next day", async () => {
  await using own = city();
  await own.loads(12, start - day);
  const regressions = own.open();
  await regressions.step(start);
  expect(await regressions.step(start + hour)).toEqual(new Map());
  await own.loads(40, start);
  await regressions.step(start + 2 * hour);
  expect(own.fits()).toEqual([]);
  await regressions.step(start + day);
  expect(own.fits()).toHaveLength(2);
});

test("what cannot be fitted or stored is told, and nothing is begun when the program ends", async () => {
  await using own = city();
  await own.loads(60, start - day);
  const broken = own.open({ ...definition, pipeline: definition.pipeline.slice(0, 2) });
  expect((await broken.step(start)).get("high-load")).toContain("must end in logistic-regression");
  const { put } = own.datasets;
  own.datasets.put = async () => await Promise.reject(new Error("disk full"));
  const regressions = own.open();
  await regressions.step(start);
  expect(await regressions.step(start + hour)).toEqual(new Map([["high-load", "disk full"]]));
  own.datasets.put = put;
  own.abort.abort();
  await regressions.step(start + day);
  expect(own.fits()).toEqual([]);
});
