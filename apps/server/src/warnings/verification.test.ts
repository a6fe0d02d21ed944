import { tableOfRows } from "@ioc/catalogue";
import { networkOf, readPack } from "@ioc/city-pack";
import type { Alert } from "@ioc/contracts";
import { root } from "@ioc/testkit";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { createVerification } from "./verification.ts";

const { pack } = await readPack(resolve(root, "fixtures/danang"));
if (!pack) throw new Error("the city pack cannot be read");
const network = networkOf(pack);
const day = 86_400_000;
const minute = 60_000;
const now = Date.UTC(2026, 10, 20);
const street = network.stations.find(({ kind }) => kind === "street-flood")!;
const area = street.areas[network.scheme]!;
const datasetOf = (id: string) => network.datasets.find((dataset) => dataset.id === id)!;
const definition = datasetOf("observed-events");

/** As the store keeps it, as far as verification reads it. */
function alert(n: number, firedAt: number, minutes: number | null, more: Partial<Alert> = {}): Alert {
  const clearedAt = minutes === null ? null : firedAt + minutes * minute;
  return {
    id: `w-street-flood.${street.id}.${String(n).padStart(5, "0")}`,
    definition: "w-street-flood",
    areas: { [network.scheme]: [area] },
    firedAt,
    clearedAt,
    condition: clearedAt === null ? "firing" : "cleared",
    exercise: false,
    handling: { resolution: null },
    ...more,
  } as Alert;
}

function verificationOf(
  alerts: readonly Alert[],
  starts: readonly number[],
  begunAt: number | null,
  issued: readonly Record<string, unknown>[] = [],
) {
  const rows = starts.map((start, i) => ({
    event_id: `e-${i}`,
    hazard: "urban-flood",
    area_code: area,
    started_at: new Date(start).toISOString(),
    ended_at: new Date(start + 30 * minute).toISOString(),
    magnitude: 0.3,
    source: "test",
  }));
  const table = tableOfRows(definition, rows, { timeZone: network.timezone, updatedAt: now, synthetic: true });
  const forecasts = tableOfRows(datasetOf("forecasts"), issued, {
    timeZone: network.timezone,
    updatedAt: now,
    synthetic: true,
  });
  let read = 0;
  let wall = 0;
  const sorted = alerts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const verification = createVerification({
    definitions: () => pack!.warnings,
    network,
    alerts: {
      after: (id, limit) => {
        read++;
        return Promise.resolve(sorted.filter((one) => id === null || one.id > id).slice(0, limit));
      },
      begunAt: () => Promise.resolve(begunAt),
    },
    datasets: { definition: datasetOf, table: (id) => Promise.resolve(id === "forecasts" ? forecasts : table) },
    wallNow: () => wall,
  });
  return {
    answer: () => verification(now),
    pass: (ms: number) => (wall += ms),
    reads: () => read,
  };
}
const floodIn = ({ items }: { items: readonly { id: string }[] }) => items.find(({ id }) => id === "w-street-flood");

test("hits, misses, false alarms, brief and open alerts, a week's count", async () => {
  const hits = [1, 2, 3, 4].map((i) => now - i * 2 * day);
  const alerts = [
    ...hits.map((at, i) => alert(i, at - 20 * minute, 60)),
    alert(10, now - 15 * day, 5, { handling: { resolution: "false-alarm" } as Alert["handling"] }),
    alert(11, now - 10 * minute, null),
    alert(12, now - 11 * day, 60, { exercise: true }),
  ];
  const { answer } = verificationOf(alerts, [...hits, now - 13 * day], now - 28 * day);
  const found = await answer();
  expect([found.from, found.to]).toEqual([now - 28 * day, now]);
  expect(floodIn(found)).toMatchObject({
    alerts: 6,
    open: 1,
    perWeek: 1.5,
    brief: 1,
    lastFiredAt: now - 10 * minute,
    reasons: { "false-alarm": 1 },
    scores: { events: 5, hits: 4, misses: 1, falseAlarms: 1, undecided: 1, pod: 0.8, far: 0.2, leadMs: 20 * minute },
  });
});

test("events before the first alert of the installation are not missed; of a year only the last 12 months count", async () => {
  const starts = [1, 2, 3, 4, 5].map((i) => now - i * 40 * day);
  const late = await verificationOf([alert(1, starts[0]!, 60)], starts, now - 41 * day).answer();
  expect(floodIn(late)).toMatchObject({ scores: { events: 1, hits: 1, misses: 0, pod: null } });
  const old = await verificationOf([alert(1, now - 500 * day, 60)], starts, now - 500 * day).answer();
  expect(old.from).toBe(now - 365 * day);
  expect(floodIn(old)).toMatchObject({ alerts: 0, scores: { events: 5, misses: 5, pod: 0, far: null } });
});

test("is worked out at most once a minute, from thousands of alerts in pieces", async () => {
  const alerts = Array.from({ length: 1200 }, (_, i) => alert(i, now - (i + 1) * 60 * minute, 5));
  const { answer, pass, reads } = verificationOf(alerts, [], now - 100 * day);
  expect(floodIn(await answer())).toMatchObject({ alerts: 1200, brief: 1200, scores: null });
  expect(reads()).toBe(3);
  await answer();
  expect(reads()).toBe(3);
  pass(61_000);
  await answer();
  expect(reads()).toBe(6);
});

test("stated probabilities are held against what came, with the threshold of each subject", async () => {
  const step = (subject: string, i: number, actual: number) => ({
    forecast: "river-level",
    subject,
    issued_at: new Date(now - 5 * day).toISOString(),
    valid_at: new Date(now - 5 * day + (i + 1) * minute).toISOString(),
    lead_h: i < 35 ? 6 : 13,
    median: 1.8,
    lo80: 1.4,
    hi80: 2.2,
    lo95: 1,
    hi95: 2.6,
    method: "last-value",
    actual,
  });
  // Alarm II is 1.8 m at Cẩm Lệ, 3 m at Câu Lâu: an even chance there, hardly any here.
  const issued = [
    ...Array.from({ length: 40 }, (_, i) => step("rl-cam-le", i, i < 7 ? 1.9 : 1.5)),
    ...Array.from({ length: 40 }, (_, i) => step("rl-cau-lau", i, 1.9)),
  ];
  const { items } = await verificationOf([], [], now - 28 * day, issued).answer();
  const river = items.find(({ id }) => id === "w-river-forecast")?.probability;
  expect(river).toMatchObject({ cases: 70, happened: 7 });
  expect(river?.brier).toBeCloseTo((35 * 0.25) / 70, 3);
  expect(river?.reference).toBeCloseTo(0.09, 9);
  expect(items.find(({ id }) => id === "w-salinity-forecast")?.probability).toEqual({
    cases: 0,
    happened: 0,
    brier: null,
    reference: null,
  });
  expect(floodIn({ items })).toMatchObject({ probability: null });
});
