import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { seededRandom, temporaryFolder } from "@ioc/testkit";
import { DAY, MINUTE, observation, specOf, T0 } from "../test-store.ts";
import { openObservations } from "./index.ts";

const SPEC = specOf("a:x", { periodSeconds: 60 });
const FAR = T0 + 400 * DAY;
const readings = (first: number, step: number, count: number) =>
  Array.from({ length: count }, (_, i) => observation(SPEC.id, T0 + (first + i * step) * MINUTE, 1));

test.each([90, 20])(
  "%i readings that come after maintenance are in every answer, before and after the next",
  async (count) => {
    using folder = temporaryFolder();
    const store = await openObservations({ file: join(folder.path, "observations.db") });
    await store.writer.register([SPEC]);
    const span = { datastreams: [SPEC.id], from: T0, to: T0 + 12 * 60 * MINUTE, width: "1h" } as const;
    const counted = async () => (await store.reader.rollups(span)).count.reduce((sum, one) => sum + one, 0);
    for (const [round, first] of [1, 2, 3].entries()) {
      await store.writer.record(readings(first, 3, count));
      expect(await counted()).toBe(count * (round + 1));
      while (await store.maintain(FAR, 50));
      expect(await counted()).toBe(count * (round + 1));
    }
    const { tail, journalRows } = await store.storage();
    expect({ tail, journalRows }).toEqual({ tail: 0, journalRows: 1 });
    await store.close();
  },
);

test("the journal keeps to its limit, however slowly a series fills", async () => {
  using folder = temporaryFolder();
  const slow = specOf("slow:x", { periodSeconds: 3600 });
  const store = await openObservations({ file: join(folder.path, "observations.db"), tailLimit: 2000 });
  await store.writer.register([SPEC, slow]);
  await store.writer.record([observation(slow.id, T0, 7)]);
  for (let i = 0; i < 300; i++) await store.writer.record(readings(1 + 30 * i, 1, 30));
  const { journalRows, tail, queue, commits, flushes, commitSeconds } = await store.storage();
  expect(journalRows).toBeLessThan(2000 / 30 + 40);
  expect(tail).toBeLessThanOrEqual(2000);
  expect(queue).toEqual({ readings: 0, limit: 500_000 });
  expect(commits).toBe(301);
  expect(commitSeconds.counts.reduce((sum, one) => sum + one)).toBe(301);
  expect(flushes).toBeGreaterThan(10);
  const all = { datastreams: [SPEC.id, slow.id], from: T0 - 1, to: FAR };
  expect((await store.reader.raw(all)).time).toHaveLength(9001);
  await store.close();
});

test("room that became free is given back to the disk", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const store = await openObservations({ file });
  await store.writer.register([{ ...SPEC, retention: { rawDays: 1, rollupDays: 1 } }]);
  const random = seededRandom(8);
  const noise = Array.from({ length: 500_000 }, (_, i) => observation(SPEC.id, T0 + i * 6000, random() * Math.PI));
  for (let at = 0; at < noise.length; at += 50_000) await store.writer.record(noise.slice(at, at + 50_000));
  await store.close();
  const before = statSync(file).size;
  const again = await openObservations({ file });
  while (await again.maintain(FAR, 50));
  await again.close();
  expect(statSync(file).size).toBeLessThan(before / 2);
});
