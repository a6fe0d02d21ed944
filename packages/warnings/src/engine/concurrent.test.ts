import { expect, test } from "vitest";
import { alertAt, withStore } from "../store/test-store.ts";
import { eight, minute, network, reading, TestCity } from "./test-city.ts";

const street = network.stations.find(({ kind }) => kind === "street-flood")!;
const dry = Number(street.attributes["dry_offset_m"] ?? 0);
const concurrent = 1_000;

test("1,000 concurrent triggers of one rule on one subject are one alert, told once", async () => {
  await using city = await TestCity.open(["w-street-flood"], eight);
  const now = eight + 60 * minute;
  const told = await Promise.all(
    Array.from({ length: concurrent }, (_, i) => {
      const time = eight + (i % 60) * minute;
      const observations = [reading(`${street.id}:depth`, time, 0.6 + dry)];
      return city.engine.observe({ sequence: i, observations }, now);
    }),
  );
  const all = await city.store.list({ state: "all", limit: 10, offset: 0 });
  expect(all.items.map(({ id, level }) => [id, level])).toEqual([[`w-street-flood.${street.id}.1`, 4]]);
  const { items } = await city.store.events(all.items[0]?.id ?? "", { limit: 5000, offset: 0 });
  expect(items.filter(({ type }) => type === "fired")).toHaveLength(1);
  expect(items.some(({ type }) => type === "refired" || type === "cleared" || type === "dropped")).toBe(false);
  expect(told.flat().every(({ id }) => id === all.items[0]?.id)).toBe(true);
});

test("of 1,000 writers that each open an alert of the same rule and subject one succeeds", async () => {
  await withStore(async (store) => {
    const results = await Promise.allSettled(
      Array.from({ length: concurrent }, (_, i) => store.writer.append([alertAt({ id: `a.${i}` })])),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await store.list({ state: "all", limit: 10, offset: 0 })).total).toBe(1);
  });
});
