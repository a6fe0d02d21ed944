import { Program, temporaryFolder, until } from "@ioc/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = temporaryFolder();
let program: Program;
let speed: number;

interface DatastreamItem {
  id: string;
  periodSeconds: number;
  property: { optional: boolean };
  latest: { phenomenonTime: number } | null;
}

beforeAll(async () => {
  program = await Program.start({
    dataDir: folder.path,
    env: { IOC_SIMULATE_SPEED: "60", IOC_SIMULATE_FAULTS: "off", IOC_HISTORY_DAYS: "2" },
  });
  speed = (await program.get<{ speed: number }>("/api/v1/simulation")).speed;
});
afterAll(async () => {
  await program.stop();
  folder[Symbol.dispose]();
});

test("the whole network is there: 524 stations, 405 of them in the scheme of 8 districts", async () => {
  expect(speed).toBe(60);
  expect((await program.get<{ total: number }>("/api/v1/stations?limit=1")).total).toBe(524);
  expect((await program.get<{ total: number }>("/api/v1/stations?limit=1&scheme=dn-2024")).total).toBe(405);
  expect((await program.get<{ total: number }>("/api/v1/datastreams?limit=1")).total).toBeGreaterThan(1_500);
});

test("two minutes at 60× later every datastream has a fresh value", async () => {
  const startedAt = performance.now();
  const fresh = await until("fresh values", 150_000, async () => {
    if (performance.now() - startedAt < 120_000) return false;
    const { now } = await program.get<{ now: number }>("/api/v1/summary");
    // A property that is optional for its kind (discharge of a river gauge) is not reported by every station.
    const all = await program.get<{ items: DatastreamItem[] }>("/api/v1/datastreams?limit=5000");
    const items = all.items.filter((item) => !item.property.optional || item.latest !== null);
    const stale = items.filter(
      (item) => item.latest === null || now - item.latest.phenomenonTime > 3 * item.periodSeconds * 1000,
    );
    return { total: items.length, stale: stale.length, never: stale.filter((item) => item.latest === null).length };
  });
  console.log(`${fresh.total} datastreams, ${fresh.stale} older than three periods, ${fresh.never} without any value`);
  expect(fresh).toMatchObject({ stale: 0, never: 0 });
});

test("statistics have values, coverage and times of the running city", async () => {
  const { items, total } = await program.get<{
    items: { id: string; status: string; error: string | null; asOf: number | null; value: number | null }[];
    total: number;
  }>("/api/v1/statistics?limit=500");
  expect(total).toBeGreaterThanOrEqual(12);
  for (const item of items) {
    expect(item.error, item.id).toBeNull();
    expect(item.asOf, item.id).not.toBeNull();
  }
  // With two days of history, so that yesterday is whole, the two that need weeks say so instead of guessing.
  for (const item of items) expect(item.value === null, item.id).toBe(item.status === "insufficient");
  expect(items.filter((item) => item.value !== null).length).toBeGreaterThanOrEqual(11);
  expect((await program.get<{ total: number }>("/api/v1/warnings")).total).toBeGreaterThanOrEqual(8);
});
