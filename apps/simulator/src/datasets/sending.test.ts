import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { Gateway } from "../gateway/gateway.ts";
import type { Delivery } from "../testing/intake.ts";
import { startIntake } from "../testing/intake.ts";
import { dayMs, hourMs } from "../world/calendar.ts";
import type { PlayedDataset } from "./played.ts";
import { DatasetSending } from "./sending.ts";

const start = Date.parse("2026-10-28T10:00:00+07:00");
const toClose: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
});

/** A row an hour, which changes once, an hour after it came. */
function hourly(id: string, backDays: number): PlayedDataset {
  const labels = (from: number, to: number): number[] => {
    const first = Math.floor(from / hourMs) + 1;
    return Array.from({ length: Math.max(0, Math.floor(to / hourMs) - first + 1) }, (_, i) => (first + i) * hourMs);
  };
  const row = (label: number, at: number) => ({ id: label, settled: at >= label + hourMs });
  return {
    id,
    everyMs: hourMs,
    backMs: backDays * dayMs,
    rows: (from, to, at) => labels(from, to).map((label) => row(label, at)),
    changed: (from, to) =>
      labels(from - hourMs, from)
        .filter((label) => label + hourMs > from && label + hourMs <= to)
        .map((label) => row(label, to)),
  };
}

interface Playing {
  deliveries: Delivery[];
  reports: string[];
  sending: DatasetSending;
  clock: { now: number };
  backlog: { waiting: number };
}

async function play(
  datasets: PlayedDataset[],
  answer: Parameters<typeof startIntake>[0] = () => undefined,
  history = true,
): Promise<Playing> {
  const intake = await startIntake(answer);
  toClose.push(intake.stop);
  const gateway = new Gateway({ url: intake.url, apiKey: "secret" });
  toClose.push(() => gateway.close(0));
  const [reports, clock, backlog]: [string[], { now: number }, { waiting: number }] = [
    [],
    { now: start },
    { waiting: 0 },
  ];
  const stop = new AbortController();
  const sending = new DatasetSending({
    datasets,
    gateway: {
      get backlog() {
        return backlog.waiting;
      },
      postRows: (dataset, rows) => gateway.postRows(dataset, rows),
    },
    start,
    now: () => clock.now,
    history,
    stopped: () => stop.signal.aborted,
    pause: (ms) => sleep(Math.min(ms, 5), undefined, { signal: stop.signal }).catch(() => {}),
    progress: (text) => reports.push(text),
    report: (text) => reports.push(text),
  });
  const work = sending.run();
  toClose.push(async () => {
    stop.abort();
    await work;
  });
  return { deliveries: intake.deliveries, reports, sending, clock, backlog };
}

const ids = (deliveries: readonly Delivery[], dataset: string): number[] =>
  deliveries.filter((one) => one.dataset === dataset).flatMap(({ rows }) => rows.map(({ id }) => Number(id)));

test("the newest sixty days of every dataset go first, then the rest backwards", async () => {
  const { deliveries, reports, sending } = await play([hourly("a", 300), hourly("b", 300)]);
  await vi.waitFor(() => expect(reports).toHaveLength(2), { timeout: 10_000 });
  expect(sending.sent).toBe(2 * 300 * 24);
  const order = deliveries.map(
    ({ dataset, rows }) => `${dataset} ${Number(rows[0]?.["id"]) > start - 60 * dayMs ? "new" : "old"}`,
  );
  expect([...new Set(order)]).toEqual(["a new", "b new", "a old", "b old"]);
  expect(new Set(ids(deliveries, "a")).size).toBe(300 * 24);
  expect(Math.max(...deliveries.map(({ rows }) => rows.length))).toBeLessThanOrEqual(2000);
  expect(deliveries.every(({ synthetic, headers }) => synthetic && headers.authorization === "Bearer secret")).toBe(
    true,
  );
  expect(deliveries[0]?.url).toBe("/api/v1/datasets/a/rows");
});

test("what is new and what has changed follows as city time passes", async () => {
  const { deliveries, reports, clock } = await play([hourly("a", 2)]);
  await vi.waitFor(() => expect(reports).toHaveLength(2), { timeout: 10_000 });
  deliveries.splice(0);
  clock.now = start + 0.9 * hourMs;
  await sleep(60);
  expect(deliveries).toEqual([]);
  clock.now = start + 2 * hourMs;
  await vi.waitFor(() => expect(ids(deliveries, "a")).toHaveLength(3), { timeout: 5000 });
  expect(deliveries.flatMap(({ rows }) => rows)).toEqual([
    { id: start, settled: true },
    { id: start + hourMs, settled: true },
    { id: start + 2 * hourMs, settled: false },
  ]);
});

test("without a past only what comes is sent", async () => {
  const { deliveries, clock, reports } = await play([hourly("a", 90)], undefined, false);
  clock.now = start + hourMs;
  await vi.waitFor(() => expect(ids(deliveries, "a")).toEqual([start, start + hourMs]), { timeout: 5000 });
  expect(reports).toEqual([]);
});

test("a dataset that the server does not take is said once and left; others go on", async () => {
  let asked = 0;
  const { deliveries, reports } = await play([hourly("a", 200), hourly("b", 200), hourly("c", 200)], ({ dataset }) => {
    if (dataset === "c") return undefined;
    asked += 1;
    return { status: dataset === "a" ? 404 : 403 };
  });
  await vi.waitFor(() => expect(reports.at(-1)).toContain("1 datasets"), { timeout: 10_000 });
  expect(asked).toBe(2);
  expect(ids(deliveries, "c")).toHaveLength(200 * 24);
  expect(reports.filter((text) => text.includes("does not take"))).toHaveLength(2);
});

test("a batch that is asked to wait is sent again; one that is called wrong is told once", async () => {
  const { deliveries, reports } = await play([hourly("a", 100)], (_, n) => {
    if (n === 0) return { status: 429, retryAfter: "0.02" };
    return n === 1 || n === 2 ? { status: 422 } : undefined;
  });
  await vi.waitFor(() => expect(reports.at(-1)).toContain("the past is sent"), { timeout: 10_000 });
  expect(ids(deliveries, "a")).toHaveLength(100 * 24 - 1440);
  expect(reports.filter((text) => text.includes("refused"))).toHaveLength(1);
});

test("rows wait while live readings pile up", async () => {
  const waiting: { backlog?: { waiting: number } } = {};
  const playing = play([hourly("a", 100)], () => {
    if (waiting.backlog) waiting.backlog.waiting = 50_000;
    return undefined;
  });
  const { deliveries, reports, backlog } = await playing;
  waiting.backlog = backlog;
  await vi.waitFor(() => expect(deliveries).toHaveLength(1), { timeout: 5000 });
  await sleep(80);
  expect(deliveries).toHaveLength(1);
  expect(reports).toEqual([]);
  backlog.waiting = 0;
  await vi.waitFor(() => expect(deliveries).toHaveLength(2), { timeout: 5000 });
});
