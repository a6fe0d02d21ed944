import { afterEach, expect, test, vi } from "vitest";
import { observationText, prefixOf } from "../emission/text.ts";
import { startIntake } from "../testing/intake.ts";
import { Gateway } from "./gateway.ts";

const lines = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => observationText(prefixOf("a:x"), (from + i) * 1000, from + i, 0));
const results = (intake: Awaited<ReturnType<typeof startIntake>>): number[] =>
  intake.deliveries.flatMap(({ observations }) => observations.map(({ result }) => result));
const count = (length: number): number[] => Array.from({ length }, (_, i) => i);

const toClose: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(toClose.splice(0).map((close) => close()));
});
function open(url: string, options: { maxBuffered?: number; batch?: number } = {}): Gateway {
  const gateway = new Gateway({ url, apiKey: "secret", ...options });
  toClose.push(() => gateway.close(0));
  return gateway;
}

test("sends batches with the key to the public intake, in order", async () => {
  const intake = await startIntake();
  toClose.push(intake.stop);
  const gateway = open(intake.url, { batch: 40 });
  gateway.send(lines(0, 100));
  gateway.send(lines(100, 20));
  await vi.waitFor(() => expect(results(intake)).toEqual(count(120)), { timeout: 5000 });
  expect(intake.deliveries.length).toBeGreaterThanOrEqual(3);
  expect(intake.deliveries[0]?.headers.authorization).toBe("Bearer secret");
  expect(intake.deliveries[0]?.url).toBe("/api/v1/observations");
  expect(gateway.counts).toEqual({ accepted: 120, refused: 0, dropped: 0 });
});

test("waits as long as a 429 asks and sends the same batch again", async () => {
  const asked: number[] = [];
  const intake = await startIntake((_, n) => {
    asked.push(performance.now());
    return n < 2 ? { status: 429, retryAfter: "0.05" } : undefined;
  });
  toClose.push(intake.stop);
  const gateway = open(intake.url);
  gateway.send(lines(0, 10));
  await vi.waitFor(() => expect(results(intake)).toEqual(count(10)), { timeout: 5000 });
  expect(asked).toHaveLength(3);
  expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(49);
});

test("loses nothing while the server is away", async () => {
  const first = await startIntake();
  const gateway = open(first.url, { batch: 10 });
  gateway.send(lines(0, 10));
  await vi.waitFor(() => expect(results(first)).toHaveLength(10), { timeout: 5000 });
  await first.stop();
  gateway.send(lines(10, 30));
  const second = await startIntake(undefined, first.port);
  toClose.push(second.stop);
  await vi.waitFor(() => expect(results(second)).toEqual(count(40).slice(10)), { timeout: 10_000 });
  expect(gateway.counts.dropped).toBe(0);
});

test("keeps a bounded buffer: the oldest readings go", async () => {
  const intake = await startIntake(() => ({ status: 503, retryAfter: "0.01" }));
  toClose.push(intake.stop);
  const gateway = open(intake.url, { maxBuffered: 50, batch: 10 });
  for (let i = 0; i < 10; i += 1) gateway.send(lines(i * 20, 20));
  expect(gateway.backlog).toBeLessThanOrEqual(50);
  expect(gateway.counts.dropped).toBeGreaterThan(100);
});

test("a batch that the server calls wrong is counted and does not stop the next one", async () => {
  const intake = await startIntake((_, n) => (n === 0 ? { status: 400 } : undefined));
  toClose.push(intake.stop);
  const gateway = open(intake.url, { batch: 10 });
  gateway.send(lines(0, 20));
  await vi.waitFor(() => expect(results(intake)).toEqual(count(20).slice(10)), { timeout: 5000 });
  expect(gateway.counts.refused).toBe(10);
});

test("rows of a dataset go to its own address, and the receipt comes back", async () => {
  const intake = await startIntake((_, n) => (n === 0 ? { status: 503, retryAfter: "0.01" } : undefined));
  toClose.push(intake.stop);
  const gateway = open(intake.url);
  expect(await gateway.postRows("bus-trips", [{ trip_id: "a" }])).toEqual({ kind: "taken", receipt: null });
  expect(intake.deliveries).toHaveLength(1);
  expect(intake.deliveries[0]).toMatchObject({
    url: "/api/v1/datasets/bus-trips/rows",
    rows: [{ trip_id: "a" }],
    synthetic: true,
    headers: { authorization: "Bearer secret" },
  });
  expect(gateway.counts.accepted).toBe(0);
});

test.each([
  [404, "unknown"],
  [403, "unknown"],
  [422, "refused"],
])("a server that answers %s to rows is asked once: %s", async (status, kind) => {
  let asked = 0;
  const intake = await startIntake(() => {
    asked += 1;
    return { status };
  });
  toClose.push(intake.stop);
  expect(await open(intake.url).postRows("bus-trips", [{}])).toMatchObject({ kind, status });
  expect(asked).toBe(1);
});
