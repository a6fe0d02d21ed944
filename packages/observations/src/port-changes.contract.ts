import { expect, test } from "vitest";
import { DAY, HOUR, MINUTE, observation, T0 } from "./test-store.ts";
import { A, B, filled, listenTo, RAIN } from "./contract-store.ts";
import type { OpenStore, StoreOpener } from "./contract-store.ts";

const all = { datastreams: [A, B], from: T0 - DAY, to: T0 + 30 * DAY };
const everyMinute = (id: string, count: number, first = 1) =>
  Array.from({ length: count }, (_, i) => observation(id, T0 + (first + i) * MINUTE, (i % 50) / 10));

/** Removals, corrections, pages, profiles and aggregates. */
export function changesContract(open: StoreOpener): void {
  removing(open);
  correcting(open);
  paging(open);
  profiling(open);
  aggregating(open);
}

function removing(open: StoreOpener): void {
  test("removed readings are gone from every answer, and the same reading again changes nothing", async () => {
    await using store = await filled(open);
    const heard = listenTo(store);
    await store.writer.record([...everyMinute(A, 5), ...everyMinute(B, 200)]);
    const spans = [
      { datastream: A, from: T0 + 3 * MINUTE, to: T0 + 10 * MINUTE },
      { datastream: B, from: T0, to: T0 + 150 * MINUTE },
    ];
    expect(await store.writer.remove(spans, "http:ann", "calibration")).toEqual({ sequence: 2, removed: 152 });
    expect(heard.at(-1)).toEqual({ sequence: 2, observations: [], removed: spans });
    expect(store.changes.head()).toBe(2);
    const left = await store.reader.raw({ ...all, validOnly: false });
    expect(left.time.map((t) => (t - T0) / MINUTE)).toEqual([
      1,
      2,
      3,
      ...Array.from({ length: 50 }, (_, i) => 151 + i),
    ]);
    expect((await store.reader.counts()).observations).toBe(53);
    expect((await store.reader.latest([A])).map((one) => one.phenomenonTime)).toEqual([T0 + 3 * MINUTE]);
    expect(await store.reader.span()).toEqual({ from: T0 + MINUTE, to: T0 + 200 * MINUTE });
    const hour = await store.reader.rollups({ datastreams: [A, B], from: T0, to: T0 + 4 * HOUR, width: "1h" });
    expect(hour).toMatchObject({ datastream: [A, B, B], count: [3, 30, 20] });
    const again = await store.writer.record([...everyMinute(A, 5), ...everyMinute(B, 200)]);
    expect(new Set(again.outcomes)).toEqual(new Set(["duplicate"]));
    expect((await store.reader.counts()).observations).toBe(53);
    expect(await store.writer.remove(spans, "http:ann", "again")).toEqual({ sequence: null, removed: 0 });
  });

  test("a new value makes a removed reading valid again; it counts once", async () => {
    await using store = await filled(open);
    await store.writer.record(everyMinute(A, 3));
    await store.writer.remove([{ datastream: A, from: T0, to: T0 + DAY }], "ann", "wrong sensor");
    expect(await store.reader.latest([A])).toEqual([]);
    expect(await store.reader.span()).toBeNull();
    expect((await store.writer.record([observation(A, T0 + MINUTE, 99)])).outcomes).toEqual(["corrected"]);
    expect((await store.reader.raw(all)).result).toEqual([99]);
    expect((await store.reader.latest([A])).map(({ result }) => result)).toEqual([99]);
    expect((await store.reader.counts()).observations).toBe(1);
  });

  test("what was removed stays so over a reopening", async () => {
    const store = await filled(open);
    await store.writer.record(everyMinute(A, 300));
    await store.writer.remove([{ datastream: A, from: T0 + 100 * MINUTE, to: T0 + DAY }], "ann", "ice");
    await using again = await store.reopen();
    expect((await again.reader.raw(all)).time).toHaveLength(100);
    expect((await again.reader.counts()).observations).toBe(100);
    expect((await again.reader.latest([A]))[0]?.phenomenonTime).toBe(T0 + 100 * MINUTE);
    expect(again.changes.head()).toBe(2);
    expect((await again.writer.record([observation(A, T0 + 300 * MINUTE, (299 % 50) / 10)])).outcomes).toEqual([
      "duplicate",
    ]);
    expect((await again.writer.record([observation(A, T0 + 301 * MINUTE, 1)])).outcomes).toEqual(["stored"]);
  });

  test("removing in a datastream that is not registered removes nothing at all", async () => {
    await using store = await filled(open);
    await store.writer.record(everyMinute(A, 3));
    const spans = [A, "nobody:temp"].map((datastream) => ({ datastream, from: T0, to: T0 + DAY }));
    await expect(store.writer.remove(spans, "ann", "x")).rejects.toThrow("nobody:temp is not registered");
    expect((await store.reader.counts()).observations).toBe(3);
  });
}

function correcting(open: StoreOpener): void {
  const listed = async (store: OpenStore, datastream?: string) =>
    (await store.reader.corrections({ datastream, limit: 100, offset: 0 })).items.map((one) => {
      const { id: _id, changedAt: _at, ...rest } = one;
      return rest;
    });

  test("who changed what is kept, newest first", async () => {
    await using store = await filled(open);
    await store.writer.record([observation(A, T0, 20), observation(B, T0, 1)], "mqtt");
    await Promise.all([
      store.writer.record([observation(A, T0, 21, 3, ["spike"])], "http:gateway-3"),
      store.writer.record(
        [observation(A, T0, 21), observation(A, T0, null, 9), observation(B, T0, 1)],
        "http:gateway-4",
      ),
    ]);
    await store.writer.remove([{ datastream: B, from: T0 - 1, to: T0 }], "http:ann", "frozen");
    await store.writer.record([observation(B, T0, 2)], "import");
    const place = (datastream: string) => ({ datastream, phenomenonTime: T0 });
    expect(await listed(store)).toEqual([
      {
        ...place(B),
        kind: "corrected",
        before: { result: null, quality: 9 },
        after: { result: 2, quality: 1 },
        by: "import",
        reason: "",
        sequence: 4,
      },
      {
        ...place(B),
        kind: "removed",
        before: { result: 1, quality: 1 },
        after: null,
        by: "http:ann",
        reason: "frozen",
        sequence: 3,
      },
      {
        ...place(A),
        kind: "corrected",
        before: { result: 21, quality: 3 },
        after: { result: null, quality: 9 },
        by: "http:gateway-4",
        reason: "",
        sequence: 2,
      },
      {
        ...place(A),
        kind: "corrected",
        before: { result: 20, quality: 1 },
        after: { result: 21, quality: 3 },
        by: "http:gateway-3",
        reason: "",
        sequence: 2,
      },
    ]);
    expect((await listed(store, A)).map(({ by }) => by)).toEqual(["http:gateway-4", "http:gateway-3"]);
    const second = await store.reader.corrections({ limit: 1, offset: 1 });
    expect(second).toMatchObject({ total: 4, items: [{ kind: "removed" }] });
    const [first] = (await store.reader.corrections({ limit: 1, offset: 0 })).items;
    expect(first!.changedAt).toBeGreaterThan(Date.UTC(2025, 0, 1));
  });

  test("a repeated value in another quality is no correction", async () => {
    await using store = await filled(open);
    await store.writer.record([observation(A, T0, 20)]);
    expect((await store.writer.record([observation(A, T0, 20, 3, ["flat"])])).outcomes).toEqual(["duplicate"]);
    expect(await listed(store)).toEqual([]);
    expect((await store.reader.raw(all)).quality).toEqual([1]);
  });
}

function paging(open: StoreOpener): void {
  const names = (rows: readonly { datastream: string; phenomenonTime: number }[]) =>
    rows.map((row) => `${row.datastream} ${(row.phenomenonTime - T0) / MINUTE}`);

  test("pages go through several datastreams by time, then as they were named, each reading once", async () => {
    await using store = await filled(open);
    await store.writer.record([...everyMinute(A, 100), ...everyMinute(B, 1500, 50)]);
    await store.writer.record([observation(RAIN, T0 + 60 * MINUTE, 1), observation(A, T0 + DAY, 3, 4, ["range"])]);
    const query = { datastreams: [B, A, RAIN], from: T0, to: T0 + 2 * DAY };
    const expected = [
      ...everyMinute(A, 100),
      ...everyMinute(B, 1500, 50),
      observation(RAIN, T0 + 60 * MINUTE, 1),
      observation(A, T0 + DAY, 3),
    ];
    for (const order of ["asc", "desc"] as const) {
      const rank = (id: string) => query.datastreams.indexOf(id);
      const sorted = expected.toSorted((a, b) => {
        const byTime = a.phenomenonTime - b.phenomenonTime;
        return (order === "asc" ? byTime : -byTime) || rank(a.datastream) - rank(b.datastream);
      });
      for (const limit of [7, 400, 5000]) {
        const found: string[] = [];
        let after: { phenomenonTime: number; datastream: string } | undefined;
        for (;;) {
          const page = await store.reader.page({ ...query, order, after, limit });
          expect(page.length).toBeLessThanOrEqual(limit);
          found.push(...names(page));
          after = page.at(-1);
          if (!after || found.length > expected.length || (limit === 7 && found.length > 200)) break;
        }
        expect(found).toEqual(names(sorted).slice(0, found.length));
        if (limit > 7) expect(found).toHaveLength(expected.length);
      }
    }
  });

  test("a page says all that is known of a reading, and keeps to span and quality", async () => {
    await using store = await filled(open);
    const late = { ...observation(A, T0, 20.5, 3, ["spike", "late"]), resultTime: T0 + HOUR };
    await store.writer.record([late, observation(A, T0 + 1, null, 9), observation(A, T0 + 2, 7)]);
    const query = { datastreams: [A, "nobody:temp"], from: T0 - 1, to: T0 + 1, order: "asc", limit: 10 } as const;
    expect(await store.reader.page(query)).toEqual([late, observation(A, T0 + 1, null, 9)]);
    expect(await store.reader.page({ ...query, from: T0, to: T0 + 9, validOnly: true })).toEqual([
      observation(A, T0 + 2, 7),
    ]);
    expect(await store.reader.page({ ...query, datastreams: [] })).toEqual([]);
  });
}

function profiling(open: StoreOpener): void {
  test("a profile counts what can be read, through late, corrected and removed readings and a reopening", async () => {
    const store = await filled(open);
    const profileOf = async ({ reader }: OpenStore) =>
      (await reader.profile([A, RAIN])).map(({ count, from, to }) => [count, from, to]);
    await store.writer.record(everyMinute(A, 400));
    expect(await profileOf(store)).toEqual([
      [400, T0 + MINUTE, T0 + 400 * MINUTE],
      [0, null, null],
    ]);
    await store.writer.record([
      observation(A, T0 - DAY, 1),
      observation(A, T0 + MINUTE, 77),
      observation(A, T0 + 2 * DAY, 5),
    ]);
    expect((await profileOf(store))[0]).toEqual([402, T0 - DAY, T0 + 2 * DAY]);
    await store.writer.remove([{ datastream: A, from: T0 + 300 * MINUTE, to: T0 + 9 * DAY }], "ann", "x");
    expect((await profileOf(store))[0]).toEqual([301, T0 - DAY, T0 + 300 * MINUTE]);
    await using again = await store.reopen();
    expect((await profileOf(again))[0]).toEqual([301, T0 - DAY, T0 + 300 * MINUTE]);
    expect((await again.reader.profile()).map(({ datastream }) => datastream)).toEqual([A, B, RAIN]);
    expect((await again.reader.profile([A]))[0]!.bytes).toBeGreaterThan(0);
  });
}

function aggregating(open: StoreOpener): void {
  test("aggregates put several datastreams on one axis", async () => {
    await using store = await filled(open);
    await store.writer.record([...everyMinute(A, 100), ...everyMinute(B, 30)]);
    const table = await store.reader.aggregate({
      datastreams: [A, B, "nobody:temp"],
      from: T0,
      to: T0 + 3 * HOUR,
      bucket: { width: HOUR },
      functions: ["count", "max", "p50"],
      across: "each",
    });
    expect(table.time).toEqual([1, 2, 3].map((h) => T0 + h * HOUR));
    expect(table.exact).toBe(true);
    expect(table.series).toEqual([
      {
        datastream: A,
        values: { count: [60, 40, 0], max: [4.9, 4.9, null], p50: [expect.any(Number), expect.any(Number), null] },
      },
      { datastream: B, values: { count: [30, 0, 0], max: [2.9, null, null], p50: [expect.any(Number), null, null] } },
    ]);
  });
}
