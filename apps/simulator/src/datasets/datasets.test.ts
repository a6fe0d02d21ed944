import { tableOfRows } from "@ioc/catalogue";
import { beforeAll, describe, expect, test } from "vitest";
import { daNang } from "../testing/da-nang.ts";
import { playedCity, wholePast } from "../testing/played-city.ts";
import { dayMs, hourMs } from "../world/calendar.ts";
import { playedDatasets } from "./all.ts";
import type { PlayedCity } from "./city.ts";
import type { PlayedDataset, Row } from "./played.ts";

const now = Date.parse("2026-10-28T10:20:00+07:00");
const mostRows = 350_000;

let city: PlayedCity;
let datasets: PlayedDataset[];
const past = new Map<string, Row[]>();
let cpuMs = 0;

const keyOf = (dataset: string, row: Row): string =>
  (city.definition(dataset)?.columns ?? []).flatMap(({ key, id }) => (key ? [String(row[id])] : [])).join("|");
const byKey = (dataset: string, rows: Iterable<Row>): Map<string, Row> =>
  new Map([...rows].map((row) => [keyOf(dataset, row), row]));

/** Rows of the first that the second has otherwise or not at all; at most three. */
const differences = (wanted: ReadonlyMap<string, Row>, got: ReadonlyMap<string, Row>): unknown[] =>
  [...wanted]
    .filter(([key, row]) => JSON.stringify(row) !== JSON.stringify(got.get(key)))
    .slice(0, 3)
    .map(([key, row]) => [row, got.get(key)]);

beforeAll(async () => {
  city = await playedCity(now, { floods: true });
  const before = process.cpuUsage();
  const { datasets: made, problems } = playedDatasets(city);
  expect(problems).toEqual([]);
  datasets = made;
  for (const dataset of datasets) past.set(dataset.id, wholePast(dataset, now));
  const { user, system } = process.cpuUsage(before);
  cpuMs = (user + system) / 1000;
});

test("every dataset that is sent is played", async () => {
  const sent = (await daNang()).datasets.filter(({ origin }) => origin === "sent").map(({ id }) => id);
  expect(datasets.map(({ id }) => id).toSorted()).toEqual(sent.toSorted());
  expect(sent).toHaveLength(63);
});

test("the whole past is small and made quickly", () => {
  const counts = [...past].map(([id, rows]) => `${id} ${rows.length}`);
  const total = [...past.values()].reduce((sum, rows) => sum + rows.length, 0);
  expect(total).toBeLessThan(mostRows);
  expect(total).toBeGreaterThan(200_000);
  expect(counts.filter((text) => text.endsWith(" 0"))).toEqual([]);
  expect(cpuMs).toBeLessThan(10_000);
});

test.each(["dn-2025", "dn-2024"])(
  "rows keep to their definitions under %s: columns, types, values, keys",
  async (scheme) => {
    const own = scheme === "dn-2025" ? city : await playedCity(now, { scheme });
    const ids = new Set(own.world.network.areas.filter((area) => area.scheme === scheme).map(({ id }) => id));
    const agencies = new Set(own.world.network.agencies.map(({ id }) => id));
    for (const dataset of playedDatasets(own).datasets) {
      const rows = scheme === "dn-2025" ? (past.get(dataset.id) ?? []) : wholePast(dataset, now);
      const definition = own.definition(dataset.id);
      if (!definition) throw new Error(dataset.id);
      // Throws for the first row that the store would refuse.
      const table = tableOfRows(definition, rows, { timeZone: "Asia/Ho_Chi_Minh", updatedAt: now, synthetic: true });
      expect(table.length).toBe(rows.length);
      expect(byKey(dataset.id, rows).size, `${dataset.id}: keys`).toBe(rows.length);
      const columns = definition.columns.map(({ id }) => id).toSorted();
      for (const row of rows) {
        if (Object.keys(row).length !== columns.length)
          expect(Object.keys(row).toSorted(), dataset.id).toEqual(columns);
        if (row["area_code"] !== undefined && !ids.has(String(row["area_code"])))
          expect.fail(`${dataset.id}: ${String(row["area_code"])}`);
        for (const column of ["agency_id", "owner_agency", "provider"]) {
          if (row[column] !== undefined && !agencies.has(String(row[column])))
            expect.fail(`${dataset.id}: ${String(row[column])}`);
        }
      }
    }
  },
);

test("the same rows come from other pieces of time and from a restart", async () => {
  const again = await playedCity(now, { floods: true });
  for (const dataset of playedDatasets(again).datasets) {
    const start = Math.max(now - dataset.backMs, now - 45 * dayMs);
    const whole = byKey(dataset.id, dataset.rows(start, now, now));
    const pieces = new Map<string, Row>();
    // Newest first, in uneven pieces, all in the state of now.
    for (let end = now, length = 0.37; end > start; end -= length * dayMs, length = (length * 1.9) % 41) {
      for (const [key, row] of byKey(dataset.id, dataset.rows(Math.max(start, end - length * dayMs), end, now))) {
        if (pieces.has(key)) expect.fail(`${dataset.id}: ${key} came twice`);
        pieces.set(key, row);
      }
    }
    expect(pieces.size, dataset.id).toBe(whole.size);
    expect(differences(whole, pieces), dataset.id).toEqual([]);
    expect(differences(whole, byKey(dataset.id, past.get(dataset.id) ?? [])), `${dataset.id} after a restart`).toEqual(
      [],
    );
  }
});

describe("rows followed step by step end up as rows asked for at the end", () => {
  const changing = [
    "admin-files",
    "feedback-tickets",
    "fire-incidents",
    "security-events",
    "power-outages",
    "building-permits",
    "construction-inspections",
    "open-data-catalogue",
    "flood-reports",
    "public-services",
    "digital-targets",
    "tourism-revenue-monthly",
    "school-enrolment",
    "observed-events",
  ];
  test.each(changing)("%s", (id) => {
    const dataset = datasets.find((one) => one.id === id);
    if (!dataset) throw new Error(id);
    const start = now - 4 * dayMs;
    const since = start - dataset.backMs;
    const kept = byKey(id, dataset.rows(since, start, start));
    for (let from = start; from < now;) {
      const to = Math.min(now, from + Math.max(dataset.everyMs, 3.5 * hourMs));
      for (const [key, row] of byKey(id, dataset.changed(from, to))) {
        if (!kept.has(key)) expect.fail(`${id}: ${key} changed before it was there`);
        kept.set(key, row);
      }
      for (const [key, row] of byKey(id, dataset.rows(from, to, to))) kept.set(key, row);
      from = to;
    }
    const end = byKey(id, dataset.rows(since, now, now));
    expect(kept.size).toBe(end.size);
    expect(differences(end, kept)).toEqual([]);
  });
});

test("another seed gives another city", async () => {
  const other = await playedCity(now, { seed: 2 });
  const bus = playedDatasets(other).datasets.find(({ id }) => id === "bus-trips");
  expect([...(bus?.rows(now - 2 * dayMs, now, now) ?? [])]).not.toEqual(past.get("bus-trips")?.slice(-384));
});
