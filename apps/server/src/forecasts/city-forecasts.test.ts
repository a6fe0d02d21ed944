import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createCityIso } from "@ioc/contracts";
import { openObservations } from "@ioc/observations/sqlite";
import { createStatisticsEngine } from "@ioc/statistics";
import { temporaryFolder } from "@ioc/testkit";
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
const network = { ...whole, datasets };
const definitionsOf = (...ids: string[]) => ids.map((id) => pack.forecasts.find((one) => one.id === id)!);

const hour = 3_600_000;
const day = 24 * hour;
/** Thursday. */
const start = Date.parse("2026-10-22T06:00:10+07:00");
const iso = createCityIso(network.timezone);
const maker = createForecastMaker();
const folder = temporaryFolder();
/** No station has ever been heard. */
const observations = await openObservations({ file: join(folder.path, "observations.db") });
afterAll(async () => {
  await maker.close();
  await observations.close();
  folder[Symbol.dispose]();
});

const loadAt = (time: number) => 700 + 200 * Math.cos((2 * Math.PI * time) / day) + 6 * Math.sin(time / (5 * hour));

/** A city whose rows and time a test sets, with the real engine, store and thread. */
function city(definitions = definitionsOf("city-load", "bed-occupancy")) {
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

test(
  "issues follow each other, what came is put beside what was forecast, and skill is told from 30 cases on",
  { timeout: 60_000 },
  async () => {
    await using own = city();
    const forecasts = own.open();
    await own.loads(start - 34 * day, start);
    expect(await forecasts.step(start)).toEqual(new Map());
    expect(own.rows()).toHaveLength(48);
    expect(own.rows().every((row) => row["actual"] === null)).toBe(true);
    // Nothing is due before 12:00.
    await forecasts.step(start + 5 * hour);
    expect(own.rows()).toHaveLength(48);

    for (let hours = 6; hours <= 36; hours += 6) {
      await own.loads(start + (hours - 6) * hour, start + hours * hour);
      await forecasts.step(start + hours * hour);
    }
    const rows = own.rows();
    expect(rows).toHaveLength(7 * 48);
    const known = rows.filter((row) => row["actual"] !== null);
    // 36 hours of the first issue, 30 of the second, and so on.
    expect(known).toHaveLength(36 + 30 + 24 + 18 + 12 + 6);
    for (const row of known) expect(row["actual"]).toBeCloseTo(loadAt(Date.parse(String(row["valid_at"]))), 6);

    const [load] = await forecasts.list();
    const [all, quarter] = load!.skill;
    expect([all?.leadHours, all?.cases, quarter?.leadHours, quarter?.cases]).toEqual([
      null,
      126,
      12,
      12 + 12 + 12 + 12 + 12 + 6,
    ]);
    expect(all?.mase).toBeLessThan(1);
    expect(all?.coverage95).toBeGreaterThanOrEqual(all?.coverage80 ?? 1);

    // A correction of what was measured reaches the rows with the next issue.
    const corrected = Math.floor((start + 3 * hour) / hour) * hour;
    await own.datasets.put("city-load-hourly", [{ time: iso(corrected), load_mw: 5, available_mw: 900, solar_mw: 0 }], {
      synthetic: false,
      now: start,
    });
    await own.loads(start + 36 * hour, start + 42 * hour);
    await forecasts.step(start + 42 * hour);
    expect(own.rows().find((row) => row["valid_at"] === iso(corrected))?.["actual"]).toBe(5);

    const fan = await forecasts.fan("city-load", "48", start + 42 * hour);
    expect(fan?.subject).toMatchObject({
      id: "48",
      name: { en: "Da Nang" },
      issuedAt: Date.parse("2026-10-24T00:00:00+07:00"),
    });
  },
);

test("after a restart what was made is not made again", { timeout: 60_000 }, async () => {
  await using own = city();
  await own.loads(start - 34 * day, start);
  await own.open().step(start);
  const { version } = await own.datasets.table("forecasts");
  await own.open().step(start + hour);
  expect((await own.datasets.table("forecasts")).version).toBe(version);
});

test(
  "late data and short histories are caught up with; who has too few values says so",
  { timeout: 60_000 },
  async () => {
    await using own = city();
    const forecasts = own.open();
    await own.loads(start - 34 * day, start - 20 * hour);
    await own.beds("mat", 60);
    await own.beds("phoi", 10);
    await forecasts.step(start);
    const first = () => own.rows().filter((row) => row["forecast"] === "city-load");
    expect(first()).toHaveLength(48);
    const [before] = first();
    const [load, beds] = await forecasts.list();
    expect(load).toMatchObject({ error: null, failures: [] });
    expect(load?.notes.map(({ subject, message }) => [subject, message])).toEqual([
      ["48", "did not compete: arx, log-arx; heat: known at 0 of 792 steps of the history"],
    ]);
    expect(beds?.subjects.map(({ id, name }) => [id, name.en])).toEqual([["mat", "Eye hospital"]]);
    expect(beds?.failures).toEqual([
      {
        subject: "phoi",
        name: { vi: "Bệnh viện Phổi", en: "Lung hospital" },
        message: "there are 10 values; at least 14 are needed",
      },
    ]);

    await own.loads(start - 20 * hour, start);
    await forecasts.step(start + 31 * 60_000);
    expect(first()).toHaveLength(48);
    expect(first()[0]).toMatchObject({ issued_at: before?.["issued_at"] });
    expect(first()[0]?.["median"]).not.toBe(before?.["median"]);
  },
);

test("rows that cannot be stored are a fault that is told, and the rest goes on", { timeout: 60_000 }, async () => {
  await using own = city();
  await own.loads(start - 34 * day, start);
  await own.beds("mat", 60);
  const forecasts = own.open();
  const { put } = own.datasets;
  own.datasets.put = async (id, rows, options) => {
    if (rows.some((row) => (row as Record<string, unknown>)["forecast"] === "city-load")) throw new Error("disk full");
    return await put(id, rows, options);
  };
  expect(await forecasts.step(start)).toEqual(new Map([["city-load", "disk full"]]));
  const [load, beds] = await forecasts.list();
  expect([load?.error, load?.subjects.length, beds?.error, beds?.subjects.length]).toEqual(["disk full", 0, null, 1]);
  own.datasets.put = put;
  expect(await forecasts.step(start + 20_000)).toEqual(new Map());
  expect((await forecasts.list())[0]).toMatchObject({ error: null, subjects: [{ id: "48" }] });
});

test("what is being made is left when the program ends", async () => {
  await using own = city();
  await own.loads(start - 34 * day, start);
  const forecasts = own.open();
  own.abort.abort();
  await forecasts.step(start);
  expect(own.rows()).toEqual([]);
});

test("the load is forecast with the heat of the weather forecast where there is one", { timeout: 60_000 }, async () => {
  await using own = city(definitionsOf("city-load"));
  // A hot day raises the load by 30 MW for each degree above 28; tomorrow is hot, the days before were as it comes.
  const heatOf = (time: number) => Math.max(0, 6 * Math.sin(Math.floor((time + 7 * hour - 1) / day) * 2.4));
  const from = Math.floor(start / (6 * hour)) * 6 * hour - 34 * day;
  const hours = Array.from({ length: 34 * 24 + 6 }, (_, i) => from + (i + 1) * hour).filter((time) => time <= start);
  const load = hours.map((time) => ({
    time: iso(time),
    load_mw: loadAt(time) + 30 * heatOf(time),
    available_mw: 1200,
    solar_mw: 0,
  }));
  await own.datasets.put("city-load-hourly", load, { synthetic: false, now: start });
  const weather = Array.from({ length: 37 * 4 }, (_, i) => from + (i + 1) * 6 * hour).map((valid) => ({
    issued_at: iso(valid - 72 * hour),
    valid_at: iso(valid),
    area_code: "48",
    temp_max: 28 + heatOf(valid),
  }));
  await own.datasets.put("weather-forecast", weather, { synthetic: false, now: start });
  const forecasts = own.open();
  expect(await forecasts.step(start)).toEqual(new Map());
  const [item] = await forecasts.list();
  expect(item?.notes).toEqual([]);
  const rows = own.rows();
  expect(rows).toHaveLength(48);
  const off = rows.map((row) => {
    const time = Date.parse(String(row["valid_at"]));
    return Math.abs(Number(row["median"]) - loadAt(time) - 30 * heatOf(time));
  });
  const level = rows.map((row) => Math.abs(30 * heatOf(Date.parse(String(row["valid_at"])))));
  const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(meanOf(off)).toBeLessThan(meanOf(level) / 4);
});

test(
  "dengue goes without the weather that nobody has measured and says so, and without larvae where there is no survey",
  { timeout: 60_000 },
  async () => {
    await using own = city(definitionsOf("dengue-week"));
    const [surveyed = "", other = ""] = network.areas.flatMap(({ id, scheme, level }) =>
      scheme === network.scheme && level === "ward" ? [id] : [],
    );
    const monday = Date.parse("2026-10-19T00:00:00+07:00");
    const weeks = Array.from({ length: 230 }, (_, i) => {
      const thursday = new Date(monday - (229 - i) * 7 * day - 4 * day + 7 * hour);
      const year = thursday.getUTCFullYear();
      const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * day)) + 1;
      const cases = Math.round(12 + 9 * Math.sin((2 * Math.PI * i) / 52.18) + ((i * 7) % 5));
      return { isoweek: `${year}-W${String(week).padStart(2, "0")}`, disease: "dengue", cases };
    });
    const rows = [surveyed, other].flatMap((area_code) => weeks.map((row) => ({ ...row, area_code })));
    const { problems } = await own.datasets.put("notifiable-disease-weekly", rows, { synthetic: false, now: start });
    expect(problems).toEqual([]);
    const surveys = Array.from({ length: 56 }, (_, i) => ({
      month: new Date(Date.UTC(2022, 1 + i, 1)).toISOString().slice(0, 7),
      area_code: surveyed,
      houses_inspected: 100,
      houses_with_larvae: 8,
      containers_with_larvae: 10 + (i % 12),
      adult_mosquitoes: 20,
    }));
    await own.datasets.put("vector-survey", surveys, { synthetic: false, now: start });

    const forecasts = own.open();
    expect(await forecasts.step(start)).toEqual(new Map());
    const [item] = await forecasts.list();
    expect(item).toMatchObject({ error: null, failures: [] });
    expect(item?.subjects.map(({ id }) => id).toSorted()).toEqual([surveyed, other].toSorted());
    const weather = ["temperature", "rain"].map((name) => `${name}: known at 0 of 230 steps of the history`).join("; ");
    expect(item?.notes.map(({ subject, message }) => [subject, message])).toEqual([
      [surveyed, weather],
      [other, `${weather}; breteau: known at 0 of 230 steps of the history`],
    ]);
    // Four weeks, from the one that runs on.
    const first = own.rows().filter((row) => row["subject"] === surveyed);
    expect(first.map((row) => row["valid_at"])).toEqual([0, 1, 2, 3].map((weeks) => iso(monday + weeks * 7 * day)));
    expect(first.every((row) => Number(row["lo95"]) <= Number(row["median"]))).toBe(true);
  },
);
