import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "@ioc/testkit";
import { DAY, MINUTE, observation, specOf, T0 } from "../test-store.ts";
import { openObservations } from "./index.ts";
import { ReasonSets } from "./known-state.ts";

const SPECS = Array.from({ length: 300 }, (_, i) => specOf(`s${i}:x`));
const all = { datastreams: SPECS.map(({ id }) => id), from: T0, to: T0 + DAY };

test("both readers see every commit that was announced, and answer the same", async () => {
  using folder = temporaryFolder();
  const store = await openObservations({ file: join(folder.path, "observations.db"), readers: 2 });
  await store.writer.register(SPECS);
  for (let i = 1; i <= 20; i++) {
    await store.writer.record(SPECS.slice(0, 40).map(({ id }) => observation(id, T0 + i * MINUTE, i)));
    const [first, second, third] = await Promise.all([1, 2, 3].map(() => store.reader.raw(all)));
    expect(first!.time).toHaveLength(40 * i);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
  }
  await store.close();
});

test("readers that were asked nothing for long catch up, over what was written into blocks meanwhile", async () => {
  using folder = temporaryFolder();
  const store = await openObservations({ file: join(folder.path, "observations.db"), tailLimit: 40_000 });
  await store.writer.register(SPECS);
  const rounds = 400;
  for (let i = 1; i <= rounds; i++) {
    await store.writer.record(SPECS.map(({ id }) => observation(id, T0 + i * MINUTE, i)));
    if (i % 100 === 0) {
      const asked = Array.from({ length: 2 }, () => store.reader.raw({ ...all, datastreams: ["s7:x"] }));
      for (const { result } of await Promise.all(asked)) expect(result).toHaveLength(i);
    }
  }
  const [first, second] = await Promise.all([store.reader.raw(all), store.reader.raw(all)]);
  expect(first.time).toHaveLength(300 * rounds);
  expect(second).toEqual(first);
  expect((await store.storage()).flushes).toBeGreaterThan(300);
  await store.close();
});

test("more sets of reasons than can be kept are kept by their beginning", () => {
  const sets = new ReasonSets([]);
  const known = sets.id(["spike"]);
  for (let i = 2; i <= 65_535; i++) sets.id([`source:${i}`]);
  expect(sets.id(["source:99999"])).toBe(0);
  expect(sets.id(["spike", "source:99999"])).toBe(known);
  expect(sets.id(["source:65535"])).toBe(65_535);
});
