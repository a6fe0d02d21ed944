import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Network } from "@ioc/contracts";
import type { DatastreamProfile, DatastreamSpec } from "@ioc/observations";
import { temporaryFolder } from "@ioc/testkit";
import { expect, test } from "vitest";
import { watchStorage } from "./storage.ts";

const network = {
  stations: [
    { id: "a", kind: "rain-gauge" },
    { id: "b", kind: "rain-gauge" },
  ],
} as unknown as Network;
const specs = [
  { id: "a:rain", station: "a", property: "rain" },
  { id: "b:rain", station: "b", property: "rain" },
] as unknown as DatastreamSpec[];

function profileOf(datastream: string, count: number, from: number | null, to: number | null): DatastreamProfile {
  return { datastream, count, from, to, bytes: count * 2 };
}

test("sums up by kind and property, also those without a reading; a datastream that the pack no longer has is counted as other", async () => {
  using folder = temporaryFolder();
  const reader = {
    profile: async () => [profileOf("a:rain", 10, 100, 500), profileOf("gone:rain", 3, 7, 8)],
  };
  const storage = watchStorage({ reader, network, specs, dataDir: folder.path, wallNow: () => 42 });
  expect(await storage.figures()).toEqual({
    countedAt: 42,
    properties: [
      { kind: "rain-gauge", property: "rain", datastreams: 2, readings: 10, from: 100, to: 500, bytes: 20 },
      { kind: "other", property: "other", datastreams: 1, readings: 3, from: 7, to: 8, bytes: 6 },
    ],
  });
});

test("counts once a minute: meanwhile the last count is given, and a count that fails keeps it", async () => {
  using folder = temporaryFolder();
  let wall = 0;
  let counts = 0;
  const reader = {
    profile: async () => {
      counts += 1;
      if (counts === 3) throw new Error("the disk is gone");
      return [profileOf("a:rain", counts, 1, 1)];
    },
  };
  const storage = watchStorage({ reader, network, specs, dataDir: folder.path, wallNow: () => wall });
  const readings = async () => (await storage.figures()).properties[0]?.readings;
  expect(await Promise.all([readings(), readings()])).toEqual([1, 1]);
  wall = 60_001;
  expect(await readings(), "the older count, while a new one is made").toBe(1);
  await new Promise((done) => setImmediate(done));
  expect(await readings()).toBe(2);
  wall = 130_000;
  expect(await readings()).toBe(2);
  await new Promise((done) => setImmediate(done));
  expect(await readings()).toBe(2);
  expect(counts).toBe(4);
});

test("a first count that fails is told, and made again by the next question", async () => {
  using folder = temporaryFolder();
  let broken = true;
  const profile = async () => {
    if (broken) throw new Error("the file cannot be read");
    return [];
  };
  const storage = watchStorage({ reader: { profile }, network, specs, dataDir: folder.path, wallNow: () => 0 });
  await expect(storage.figures()).rejects.toThrow("the file cannot be read");
  broken = false;
  expect((await storage.figures()).properties).toMatchObject([{ readings: 0, from: null }]);
});

test("sizes of the database files that are there, and of the disk", async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, "observations.db"), "12345");
  writeFileSync(join(folder.path, "unrelated"), "1");
  const reader = { profile: async () => [] };
  const storage = watchStorage({ reader, network, specs, dataDir: folder.path, wallNow: () => 0 });
  expect(await storage.files()).toEqual({ "observations.db": 5 });
  const disk = await storage.disk();
  expect(disk?.totalBytes).toBeGreaterThan(disk?.freeBytes ?? Number.POSITIVE_INFINITY);
  const nowhere = watchStorage({ reader, network, specs, dataDir: join(folder.path, "no"), wallNow: () => 0 });
  expect(await nowhere.disk()).toBeNull();
  expect(await nowhere.files()).toEqual({});
});
