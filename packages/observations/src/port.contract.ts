import { expect, test } from "vitest";
import { changesContract } from "./port-changes.contract.ts";
import { A, B, filled, listenTo } from "./contract-store.ts";
import type { StoreOpener } from "./contract-store.ts";
import { rollupsContract } from "./port-rollups.contract.ts";
import { StoreBusy } from "./port.ts";
import { DAY, HOUR, MINUTE, observation, specOf, T0 } from "./test-store.ts";

/** What every adapter of the time-series port must do. `open` opens a new empty store. */
export function observationStoreContract(open: StoreOpener): void {
  writing(open);
  announcing(open);
  grouping(open);
  reading(open);
  rollupsContract(open);
  changesContract(open);
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

  test("flagged readings are the doubtful and the bad ones, with their reasons", async () => {
    await using store = await filled(open);
    const flags = [1, 3, 2, 4, 9] as const;
    const marked = flags.map((quality, i) => ({
      ...observation(A, T0 + (i + 1) * MINUTE, quality === 9 ? null : i, quality),
      reasons: quality === 3 ? ["gap", "spike"] : quality === 4 ? ["range"] : [],
    }));
    await store.writer.record([...marked, observation(B, T0 + MINUTE, 7, 1)]);
    const span = { datastreams: [B, A, "nobody:temp"], from: T0, to: T0 + 5 * MINUTE };
    expect(await store.reader.flagged(span)).toEqual({
      datastream: [A, A],
      time: [T0 + 2 * MINUTE, T0 + 4 * MINUTE],
      result: [1, 3],
      quality: [3, 4],
      reasons: [["gap", "spike"], ["range"]],
    });
    expect((await store.reader.flagged({ ...span, to: T0 + 2 * MINUTE - 1 })).time).toEqual([]);
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
