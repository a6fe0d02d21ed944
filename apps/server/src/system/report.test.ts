import { systemDetail, systemReport, type SystemReport } from "@ioc/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
const datastream = "sf-duong-tran-quy-cap-dong-da:depth";

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => server[Symbol.asyncDispose]());

async function report(): Promise<SystemReport> {
  const answer = await server.call("/api/v1/system");
  expect(answer.status).toBe(200);
  return systemReport.parse(answer.json());
}

test("an empty system says that it knows nothing yet, never zero for unknown", async () => {
  const empty = await report();
  expect(empty.health.status).toMatch(/ok|degraded/);
  expect(empty.intake).toMatchObject({ perSecond: 0, acknowledgeMs: null, lagSeconds: null, pending: 0 });
  expect(empty.intake.lastHour).toHaveLength(60);
  expect(empty.intake.lastHour.every((one) => one.perSecond === null)).toBe(true);
  expect(empty.quarantine).toEqual({ total: 0, byReason: {} });
  expect(empty.storage.properties.every((one) => one.readings === 0 && one.from === null)).toBe(true);
  expect(empty.process.mqttClients).toBe(0);
});

test("what comes in is told by outcome and by property, in both languages, and no sender is named", async () => {
  const phenomenonTime = new Date(Date.now() - 60_000).toISOString();
  await server.call("/api/v1/observations", {
    observations: [
      { datastream, phenomenonTime, result: 0.2 },
      { datastream: "secret-station-name:depth", phenomenonTime, result: 1 },
    ],
  });
  const told = await report();
  expect(told.intake.outcomes).toEqual({ stored: 1, duplicate: 0, corrected: 0, quarantined: 1 });
  expect(told.intake.lagSeconds).toBeGreaterThanOrEqual(59);
  expect(told.intake.acknowledgeMs?.p99).toBeGreaterThan(0);
  expect(told.quarantine).toEqual({ total: 1, byReason: { "unknown-station": 1 } });
  const { disk, files } = told.storage;
  expect(disk?.totalBytes).toBeGreaterThan(disk?.freeBytes ?? Number.POSITIVE_INFINITY);
  expect(files["observations.db"]).toBeGreaterThan(0);
  const depth = told.storage.properties.find((one) => one.kind === "street-flood" && one.property === "depth");
  expect(depth?.kindName.vi).not.toBe(depth?.kindName.en);
  expect(JSON.stringify(told)).not.toContain("secret");
});

test("who sends what ends in quarantine needs a key", async () => {
  expect((await server.call("/api/v1/system/detail")).status).toBe(401);
  const answer = await server.call("/api/v1/system/detail", undefined, { Authorization: `Bearer ${testKey}` });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(systemDetail.parse(answer.json()).quarantineSources).toEqual([{ source: "http", entries: 1 }]);
});
