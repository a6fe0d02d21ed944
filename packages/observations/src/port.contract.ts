import { expect, test } from "vitest";
import type { Change, ChangeLog, ObservationReader, ObservationWriter } from "./port.ts";
import { StoreBusy } from "./port.ts";
import { DAY, HOUR, MINUTE, observation, specOf, T0 } from "./test-store.ts";

export interface OpenStore extends AsyncDisposable {
  writer: ObservationWriter;
  reader: ObservationReader;
  changes: ChangeLog;
  /** Closes it and opens what it has stored again. */
  reopen(): Promise<OpenStore>;
}
export type StoreOpener = (options?: { maxQueued?: number }) => Promise<OpenStore>;

const A = "wx-1:temp";
const B = "wx-2:temp";
const RAIN = "rg-1:rain";
const SPECS = [specOf(A), specOf(B), specOf(RAIN, { kind: "total", unit: "mm", periodSeconds: 600 })];

async function filled(open: StoreOpener, options?: { maxQueued?: number }): Promise<OpenStore> {
  const store = await open(options);
  await store.writer.register(SPECS);
  return store;
}

function listenTo(store: OpenStore): Change[] {
  const heard: Change[] = [];
  store.changes.subscribe((change) => heard.push(change));
  return heard;
}

/** What every adapter of the time-series port must do. `open` opens a new empty store. */
export function observationStoreContract(open: StoreOpener): void {
  writing(open);
  announcing(open);
  grouping(open);
  reading(open);
  rollingUp(open);
  histories(open);
}

function writing(open: StoreOpener): void {
  test("tells new, repeated and corrected readings apart, within a call and across calls", async () => {
    await using store = await filled(open);
    const first = [observation(A, T0, 20), observation(A, T0, 20), observation(A, T0, 21), observation(B, T0, null)];
    expect((await store.writer.record(first)).outcomes).toEqual(["stored", "duplicate", "corrected", "stored"]);
    const second = [observation(A, T0, 21), observation(B, T0, null), observation(B, T0, 5), observation(A, T0, null)];
    expect((await store.writer.record(second)).outcomes).toEqual(["duplicate", "duplicate", "corrected", "corrected"]);
    const raw = await store.reader.raw({ datastreams: [A, B], from: T0 - 1, to: T0, validOnly: false });
    expect(raw).toEqual({ datastream: [A, B], time: [T0, T0], result: [null, 5], quality: [1, 1] });
    expect(await store.reader.counts()).toEqual({ observations: 2, datastreams: 3, quarantined: 0 });
  });

  test("keeps everything over a reopening", async () => {
    const store = await filled(open);
    await store.writer.record([observation(A, T0, 20.5, 3, ["spike"]), observation(B, T0 - DAY, 7)]);
    await store.writer.quarantine([{ time: T0, source: "http", reason: "bad-unit", message: "no", sample: "{}" }]);
    await using again = await store.reopen();
    expect(await again.reader.counts()).toEqual({ observations: 2, datastreams: 3, quarantined: 1 });
    expect(await again.reader.span()).toEqual({ from: T0 - DAY, to: T0 });
    expect(await again.reader.latest([A])).toEqual([
      { datastream: A, phenomenonTime: T0, result: 20.5, quality: 3, reasons: ["spike"] },
    ]);
    expect(again.changes.head()).toBe(store.changes.head());
    expect((await again.writer.record([observation(A, T0, 20.5)])).outcomes).toEqual(["duplicate"]);
  });

  test("an unknown datastream rejects the whole call and stores nothing", async () => {
    await using store = await filled(open);
    const batch = [observation(A, T0, 1), observation("nobody:temp", T0, 1)];
    await expect(store.writer.record(batch)).rejects.toThrow("nobody:temp is not registered");
    expect((await store.reader.counts()).observations).toBe(0);
    expect(await store.reader.span()).toBeNull();
    expect(store.changes.head()).toBe(0);
  });

  test("registering again keeps what is stored, and refuses another unit", async () => {
    await using store = await filled(open);
    await store.writer.record([observation(A, T0, 20)]);
    await store.writer.register([specOf(A), specOf("wx-3:temp")]);
    expect((await store.reader.counts()).datastreams).toBe(4);
    expect(await store.reader.latest([A])).toHaveLength(1);
    await expect(store.writer.register([specOf(A, { unit: "K" })])).rejects.toThrow(/stored in Cel .* declared in K/);
  });

  test("close waits for what was accepted, and then nothing is accepted", async () => {
    const store = await filled(open);
    const recorded = store.writer.record([observation(A, T0, 20)]);
    await store.writer.close();
    expect((await recorded).outcomes).toEqual(["stored"]);
    await expect(store.writer.record([observation(A, T0 + 1, 20)])).rejects.toThrow("closed");
    await store[Symbol.asyncDispose]();
  });
}

function announcing(open: StoreOpener): void {
  test("announces new and corrected readings before the call resolves, and no repeated ones", async () => {
    await using store = await filled(open);
    const heard = listenTo(store);
    const one = observation(A, T0, 20);
    const corrected = observation(A, T0, 22);
    const receipt = await store.writer.record([one]);
    expect(heard).toEqual([{ sequence: receipt.sequence, observations: [one] }]);
    expect((await store.writer.record([one])).sequence).toBeNull();
    await store.writer.record([corrected, observation(A, T0, 22)]);
    expect(heard.slice(1)).toEqual([{ sequence: 2, observations: [corrected] }]);
    expect(store.changes.head()).toBe(2);
  });

  test("what was announced can be read at once", async () => {
    await using store = await filled(open);
    const seen: Promise<unknown>[] = [];
    store.changes.subscribe(() => seen.push(store.reader.raw({ datastreams: [A], from: T0 - 1, to: T0 })));
    await store.writer.record([observation(A, T0, 20)]);
    expect(await seen[0]).toMatchObject({ result: [20] });
  });

  test("an unsubscribed listener hears nothing more", async () => {
    await using store = await filled(open);
    let calls = 0;
    const stop = store.changes.subscribe(() => calls++);
    await store.writer.record([observation(A, T0, 1)]);
    stop();
    await store.writer.record([observation(A, T0 + 1, 1)]);
    expect(calls).toBe(1);
  });
}

function grouping(open: StoreOpener): void {
  test("calls of one turn share a commit; receipts and announcements keep the order of the calls", async () => {
    await using store = await filled(open);
    const heard = listenTo(store);
    const calls = Array.from({ length: 50 }, (_, i) => [observation(A, T0 + i, i), observation(B, T0 - i, i)]);
    const receipts = await Promise.all(calls.map((call) => store.writer.record(call)));
    expect(new Set(receipts.map((r) => r.sequence)).size).toBeLessThan(5);
    expect(heard.flatMap((change) => change.observations)).toEqual(calls.flat());
    expect(heard.map((change) => change.sequence)).toEqual(heard.map((_, i) => i + 1));
  });

  test("the later of two calls in one turn corrects the earlier", async () => {
    await using store = await filled(open);
    const [first, second, third] = await Promise.all([
      store.writer.record([observation(A, T0, 1)]),
      store.writer.record([observation(A, T0, 2)]),
      store.writer.record([observation(A, T0, 2)]),
    ]);
    expect([first, second, third].map((r) => r.outcomes)).toEqual([["stored"], ["corrected"], ["duplicate"]]);
    expect(third.sequence).toBeNull();
    expect((await store.reader.latest([A]))[0]?.result).toBe(2);
    const rollups = await store.reader.rollups({ datastreams: [A], from: T0 - HOUR, to: T0, width: "1h" });
    expect(rollups).toMatchObject({ count: [1], sum: [2] });
  });

  test("a full queue refuses with a time to wait, keeps what it accepted, and recovers", async () => {
    await using store = await filled(open, { maxQueued: 10 });
    const batch = (n: number, from: number) => Array.from({ length: n }, (_, i) => observation(A, T0 + from + i, i));
    const accepted = store.writer.record(batch(8, 0));
    const refused = store.writer.record(batch(3, 100));
    await expect(refused).rejects.toBeInstanceOf(StoreBusy);
    await expect(refused).rejects.toMatchObject({ retryAfterSeconds: expect.any(Number) });
    expect((await accepted).outcomes).toHaveLength(8);
    await store.writer.record(batch(3, 100));
    expect((await store.reader.counts()).observations).toBe(11);
  });

  test("a batch larger than the queue is taken when nothing waits", async () => {
    await using store = await filled(open, { maxQueued: 10 });
    await store.writer.record(Array.from({ length: 25 }, (_, i) => observation(A, T0 + i, i)));
    expect((await store.reader.counts()).observations).toBe(25);
  });
}

function reading(open: StoreOpener): void {
  test("raw readings are those in (from, to], by datastream as asked, then by time", async () => {
    await using store = await filled(open);
    const times = [3, 1, 2, 0].map((i) => T0 + i * MINUTE);
    await store.writer.record(times.flatMap((t, i) => [observation(A, t, i), observation(B, t, -i, i === 1 ? 4 : 2)]));
    const span = { datastreams: [B, A, B, "nobody:temp"], from: T0, to: T0 + 2 * MINUTE };
    expect(await store.reader.raw(span)).toEqual({
      datastream: [B, A, A],
      time: [T0 + 2 * MINUTE, T0 + MINUTE, T0 + 2 * MINUTE],
      result: [-2, 1, 2],
      quality: [2, 1, 1],
    });
    expect((await store.reader.raw({ ...span, validOnly: false })).quality).toEqual([4, 2, 1, 1]);
  });

  test("the latest value is the newest by phenomenonTime, whatever came last", async () => {
    const store = await filled(open);
    await store.writer.record([observation(A, T0 + HOUR, 5, 4, ["range"]), observation(A, T0, 4)]);
    await store.writer.record([observation(A, T0 + MINUTE, 3)]);
    expect(await store.reader.latest()).toMatchObject([{ datastream: A, phenomenonTime: T0 + HOUR, result: 5 }]);
    await store.writer.record([observation(A, T0 + HOUR, 6)]);
    expect(await store.reader.latest([B, A])).toMatchObject([{ result: 6, quality: 1, reasons: [] }]);
    await store.writer.record([observation(A, T0 + 2 * MINUTE, 7)]);
    await using again = await store.reopen();
    expect(await again.reader.latest()).toMatchObject([{ phenomenonTime: T0 + HOUR, result: 6, quality: 1 }]);
  });

  test("the latest valid value is good or unchecked, and not after the time asked", async () => {
    await using store = await filled(open);
    await store.writer.record([
      observation(A, T0, 1, 2, ["skew", "late"]),
      observation(A, T0 + MINUTE, 2, 3, ["flat"]),
      observation(A, T0 + HOUR, 3),
      observation(B, T0 + HOUR, 9, 4),
    ]);
    const at = async (time: number) => (await store.reader.latestValid([B, A], time)).map((v) => [v.result, v.reasons]);
    expect(await at(T0 + 2 * HOUR)).toEqual([[3, []]]);
    expect(await at(T0 + HOUR - 1)).toEqual([[1, ["skew", "late"]]]);
    expect(await at(T0 - 1)).toEqual([]);
  });

  test("the quarantine is listed newest first, by reason and page, with samples cut", async () => {
    await using store = await filled(open);
    const entry = { time: T0, source: "mqtt", message: "m", sample: "x".repeat(900) };
    await store.writer.quarantine([
      { ...entry, reason: "bad-json" },
      { ...entry, reason: "bad-unit", message: "first" },
      { ...entry, reason: "bad-unit", message: "second" },
    ]);
    const all = await store.reader.quarantined({ limit: 2, offset: 1 });
    expect(all.items.map((e) => e.message)).toEqual(["first", "m"]);
    expect(all).toMatchObject({ total: 3, byReason: { "bad-json": 1, "bad-unit": 2 } });
    expect(all.items[0]?.sample).toHaveLength(500);
    const units = await store.reader.quarantined({ reason: "bad-unit", limit: 1, offset: 0 });
    expect(units).toMatchObject({ total: 2, items: [{ message: "second", time: T0, source: "mqtt" }] });
    expect((await store.reader.counts()).quarantined).toBe(3);
  });
}

function rollingUp(open: StoreOpener): void {
  test("a reading at exactly 01:00 belongs to the bucket labelled 01:00", async () => {
    await using store = await filled(open);
    const one = T0 + HOUR;
    await store.writer.record([observation(A, T0, 1), observation(A, T0 + 1, 2), observation(A, one, 4)]);
    await store.writer.record([observation(A, one + 1, 8)]);
    const hours = await store.reader.rollups({ datastreams: [A], from: T0 - HOUR, to: T0 + 2 * HOUR, width: "1h" });
    expect(hours.time).toEqual([T0, one, one + HOUR]);
    expect(hours.sum).toEqual([1, 6, 8]);
    expect(hours.last).toEqual([1, 4, 8]);
    const inside = await store.reader.rollups({ datastreams: [A], from: T0, to: one, width: "15min" });
    expect(inside).toMatchObject({ time: [T0 + 15 * MINUTE, one], sum: [2, 4] });
  });

  test("doubtful, bad and missing readings stay out, also when a correction makes them so", async () => {
    await using store = await filled(open);
    const time = (i: number) => T0 + i * MINUTE;
    await store.writer.record([
      observation(A, time(1), 10),
      observation(A, time(2), 1000, 3),
      observation(A, time(3), -999, 4),
      observation(A, time(4), null, 9),
      observation(A, time(5), 12, 2),
    ]);
    const query = { datastreams: [A], from: T0, to: T0 + HOUR, width: "1h" } as const;
    expect(await store.reader.rollups(query)).toMatchObject({
      count: [2],
      sum: [22],
      min: [10],
      max: [12],
      last: [12],
    });
    await store.writer.record([observation(A, time(5), 500, 4)]);
    expect(await store.reader.rollups(query)).toMatchObject({ count: [1], sum: [10], last: [10] });
    await store.writer.record([observation(A, time(1), null, 9)]);
    expect(await store.reader.rollups(query)).toMatchObject({ datastream: [], count: [] });
  });

  test("slow datastreams answer rollups like fast ones", async () => {
    await using store = await open();
    const periods = [60, 300, 600, 3600, 7200];
    const specs = periods.map((periodSeconds) => specOf(`s${periodSeconds}:level`, { periodSeconds }));
    await store.writer.register(specs);
    const times = [5, 20, 60, 61, 300].map((m) => T0 + m * MINUTE);
    await store.writer.record(specs.flatMap(({ id }) => times.map((t, i) => observation(id, t, i + 1))));
    for (const width of ["15min", "1h"] as const) {
      const answers = specs.map(async ({ id }) => {
        const rows = await store.reader.rollups({ datastreams: [id], from: T0, to: T0 + DAY, width });
        return { ...rows, datastream: rows.datastream.length };
      });
      const [first, ...others] = await Promise.all(answers);
      expect(first?.sum).toEqual(width === "1h" ? [6, 4, 5] : [1, 2, 3, 4, 5]);
      for (const other of others) expect(other).toEqual(first);
    }
  });

  test("a new period changes nothing that is answered", async () => {
    await using store = await open();
    const query = { datastreams: [A], from: T0 - HOUR, to: T0 + HOUR, width: "15min" } as const;
    await store.writer.register([specOf(A, { periodSeconds: 3600 })]);
    await store.writer.record([observation(A, T0, 1), observation(A, T0 + MINUTE, 2)]);
    const before = await store.reader.rollups(query);
    for (const periodSeconds of [60, 600, 7200, 300]) {
      await store.writer.register([specOf(A, { periodSeconds })]);
      expect(await store.reader.rollups(query)).toEqual(before);
    }
    await store.writer.record([observation(A, T0 + 2 * MINUTE, 3)]);
    expect((await store.reader.rollups(query)).sum).toEqual([1, 5]);
  });
}

function histories(open: StoreOpener): void {
  const day = { datastream: A, from: T0, to: T0 + DAY };
  const everyFive = (id: string, days = 1) =>
    Array.from({ length: days * 288 }, (_, i) => observation(id, T0 + (i + 1) * 5 * MINUTE, (i + 1) % 12));

  test("auto takes the finest resolution that keeps to the points", async () => {
    await using store = await filled(open);
    await store.writer.record(everyFive(A));
    const of = async (points: number) => {
      const { resolution, time } = await store.reader.history({ ...day, resolution: "auto", points });
      return [resolution, time.length];
    };
    expect(await of(288)).toEqual(["raw", 288]);
    expect(await of(287)).toEqual(["15min", 96]);
    expect(await of(96)).toEqual(["15min", 96]);
    expect(await of(95)).toEqual(["1h", 24]);
    expect(await of(23)).toEqual(["1d", 1]);
    const raw = await store.reader.history({ ...day, resolution: "raw", points: 2 });
    expect(raw).toMatchObject({ unit: "Cel", periodSeconds: 300, resolution: "raw" });
    expect(raw.time).toHaveLength(288);
    expect(raw.quality).toHaveLength(288);
  });

  test("a bucket holds the mean, of a total the sum; labelled by its end", async () => {
    await using store = await filled(open);
    await store.writer.record([...everyFive(A), ...everyFive(RAIN)]);
    const ask = { from: T0, to: T0 + HOUR, resolution: "1h", points: 10 } as const;
    const mean = await store.reader.history({ ...ask, datastream: A });
    expect(mean).toMatchObject({ time: [T0 + HOUR], value: [5.5], min: [0], max: [11], count: [12] });
    expect((await store.reader.history({ ...ask, datastream: RAIN })).value).toEqual([66]);
  });

  test("days are days of the city: they end at 17:00 UTC", async () => {
    await using store = await filled(open);
    const end = T0 + 17 * HOUR;
    await store.writer.record([observation(A, end, 1), observation(A, end + 1, 3), observation(A, end + DAY, 5)]);
    const days = await store.reader.history({ ...day, to: T0 + 3 * DAY, resolution: "1d", points: 10 });
    expect(days).toMatchObject({ time: [end, end + DAY], value: [1, 4], count: [1, 2] });
    const slow = specOf("slow:level", { periodSeconds: 7200 });
    await store.writer.register([slow]);
    await store.writer.record([observation(slow.id, end, 1), observation(slow.id, end + 1, 3)]);
    const asked = { ...day, datastream: slow.id, to: T0 + 3 * DAY, resolution: "1d", points: 10 } as const;
    expect(await store.reader.history(asked)).toMatchObject({ time: [end, end + DAY], value: [1, 3] });
  });

  test("gaps stay gaps and a reading without a result stays one", async () => {
    await using store = await filled(open);
    await store.writer.record([
      observation(A, T0 + 1, 1),
      observation(A, T0 + 2, null, 9),
      observation(A, T0 + 9 * HOUR, 2),
    ]);
    const raw = await store.reader.history({ ...day, resolution: "auto", points: 100 });
    expect(raw).toMatchObject({ value: [1, null, 2], quality: [1, 9, 1] });
    const hours = await store.reader.history({ ...day, resolution: "1h", points: 100 });
    expect(hours.time).toEqual([T0 + HOUR, T0 + 9 * HOUR]);
  });

  test("auto never answers more points than asked, and keeps the extremes of the days", async () => {
    await using store = await filled(open);
    const daily = Array.from({ length: 100 }, (_, i) =>
      observation(A, T0 + i * DAY, i === 37 ? 99 : i === 73 ? -99 : i % 7),
    );
    await store.writer.record(daily);
    const asked = { datastream: A, from: T0 - DAY, to: T0 + 200 * DAY, resolution: "auto", points: 20 } as const;
    const { resolution, time, max, min } = await store.reader.history(asked);
    expect(resolution).toBe("1d");
    expect(time.length).toBeLessThanOrEqual(20);
    expect(time).toEqual(time.toSorted((a, b) => a - b));
    expect(Math.max(...(max as number[]))).toBe(99);
    expect(Math.min(...(min as number[]))).toBe(-99);
  });

  test("an unknown datastream is an error, not an empty history", async () => {
    await using store = await filled(open);
    const asked = { ...day, datastream: "nobody:temp", resolution: "auto", points: 10 } as const;
    await expect(store.reader.history(asked)).rejects.toThrow("nobody:temp is not registered");
  });
}
