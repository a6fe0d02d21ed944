import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "@ioc/testkit";
import { rollUp, ROLLUP_WIDTHS } from "../buckets.ts";
import type { RollupWidth } from "../buckets.ts";
import { createReceiver } from "../receive.ts";
import { DAY, HOUR, MINUTE, observation, specOf, T0 } from "../test-store.ts";
import { openObservations } from "./index.ts";

const SPEC = specOf("a:x", { periodSeconds: 600, retention: { rawDays: 3, rollupDays: null } });
const END = T0 + 20 * DAY;
/** Whole numbers, so that sums are the same in any order. */
const READINGS = Array.from({ length: 20 * 144 }, (_, i) =>
  observation(SPEC.id, T0 + (i + 1) * 10 * MINUTE, (i * 7) % 100),
);
const query = { datastreams: [SPEC.id], from: T0, to: END };

function expected(width: RollupWidth, dayOffset: number) {
  const offset = width === "1d" ? dayOffset : 0;
  const end = Math.floor((END + offset) / ROLLUP_WIDTHS[width]) * ROLLUP_WIDTHS[width] - offset;
  const rows = READINGS.map((o) => [o.phenomenonTime, o.result!] as const);
  const buckets = rollUp(rows, ROLLUP_WIDTHS[width], offset).filter(({ time }) => time <= end);
  return { time: buckets.map((b) => b.time), count: buckets.map((b) => b.count), sum: buckets.map((b) => b.sum) };
}

test.each([420, 330, 345, -210, 0])(
  "rollups outlive their readings, in days that begin %i minutes before UTC",
  async (minutes) => {
    using folder = temporaryFolder();
    const file = join(folder.path, "observations.db");
    // The last file is made for days of another zone than those that are asked of it.
    const made = await openObservations({ file, utcOffsetMinutes: minutes === 0 ? 330 : minutes });
    await made.writer.register([SPEC]);
    await made.writer.record(READINGS);
    while (await made.maintain(END, 50));
    await made.close();
    await using store = await open(file, minutes);
    const raw = await store.reader.raw(query);
    expect(raw.time.length).toBeLessThan(5 * 144);
    for (const width of ["15min", "1h", "1d"] as const) {
      expect(await store.reader.rollups({ ...query, width })).toMatchObject(expected(width, minutes * MINUTE));
    }
    expect((await store.reader.counts()).observations).toBe(raw.time.length);
    expect(await store.reader.span()).toEqual({ from: raw.time[0], to: END });
    const [profile] = await store.reader.profile();
    expect(profile).toMatchObject({ count: raw.time.length, from: raw.time[0], to: END });
  },
);

test("a reading of a day that is no longer kept is refused, quarantined with since when, and changes nothing", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  await using store = await open(file, 420);
  await store.writer.register([SPEC]);
  await store.writer.record(READINGS);
  while (await store.maintain(END, 50));
  const [since] = (await store.reader.raw(query)).time;
  const keptSince = since! - 10 * MINUTE;
  const late = [
    observation(SPEC.id, T0 + HOUR, 1),
    observation(SPEC.id, keptSince, 1),
    observation(SPEC.id, keptSince + 1, 5),
  ];
  expect(await store.writer.record(late)).toEqual({
    sequence: 2,
    outcomes: ["expired", "expired", "stored"],
    expired: [
      { index: 0, keptSince },
      { index: 1, keptSince },
    ],
  });
  const { writer, reader } = store;
  const receiver = createReceiver({ specs: [SPEC], writer, reader, now: () => END });
  const inputs = [T0 + HOUR, keptSince + 2].map((phenomenonTime, index) => ({
    index,
    datastream: SPEC.id,
    phenomenonTime,
    result: 9,
  }));
  const receipt = await receiver.receive(inputs, "test");
  expect(receipt).toMatchObject({ received: 2, stored: 1, quarantined: 1, duplicate: 0, corrected: 0 });
  expect(receipt.items[0]).toMatchObject({ index: 0, outcome: "quarantined", reason: "beyond-retention" });
  const [kept] = (await reader.quarantined({ limit: 1, offset: 0 })).items;
  expect(kept?.message).toContain(`readings of a:x are kept since ${new Date(keptSince).toISOString()}`);
  expect(JSON.parse(kept!.sample)).toMatchObject({ datastream: SPEC.id, result: 9 });
  expect((await reader.rollups({ ...query, width: "1h" })).count[0]).toBe(6);
});

async function open(file: string, utcOffsetMinutes: number) {
  const store = await openObservations({ file, utcOffsetMinutes });
  return { ...store, [Symbol.asyncDispose]: () => store.close() };
}
