import { expect, test } from "vitest";
import { startTestServer } from "../testing/start-test-server.ts";

const batches = 20;
const batchLength = 1000;

test(
  "a store that cannot keep up asks to come back, and whoever does loses nothing",
  { timeout: 120_000 },
  async () => {
    await using server = await startTestServer({ IOC_MAX_QUEUED: String(batchLength) });
    const { items } = (await server.call("/api/v1/datastreams?kind=weather&limit=1")).json() as {
      items: { id: string }[];
    };
    let refusals = 0;
    const send = async (batch: number) => {
      const observations = Array.from({ length: batchLength }, (_, i) => ({
        datastream: items[0]?.id,
        phenomenonTime: new Date(Date.UTC(2026, 0, 1) + (batch * batchLength + i) * 1000).toISOString(),
        result: 20,
      }));
      for (;;) {
        const answer = await server.call("/api/v1/observations", { observations });
        if (answer.status === 202) return;
        expect(answer.status).toBe(429);
        expect(answer.json()).toMatchObject({ type: "/api/docs#busy" });
        const seconds = Number(answer.headers.get("retry-after"));
        expect(seconds).toBeGreaterThanOrEqual(1);
        refusals += 1;
        await new Promise((done) => setTimeout(done, seconds * 1000));
      }
    };
    await Promise.all(Array.from({ length: batches }, (_, batch) => send(batch)));
    expect(refusals).toBeGreaterThan(0);
    expect((await server.call("/api/v1/summary")).json()).toMatchObject({ observationsStored: batches * batchLength });
  },
);

test("a client without a key is held to its rate; one with a key is not", async () => {
  await using server = await startTestServer({ IOC_RATE_LIMIT: "1" });
  const asked = Array.from({ length: 15 }, () => server.call("/api/v1/health"));
  const answers = await Promise.all(asked);
  const refused = answers.filter((answer) => answer.status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(1);
  expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  const known = await server.call("/api/v1/quarantine", undefined, { Authorization: "Bearer a-key-for-tests-only" });
  expect(known.status).toBe(200);
});
