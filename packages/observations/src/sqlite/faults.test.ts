import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "@ioc/database";
import type { Database } from "@ioc/database";
import { seededRandom, temporaryFolder } from "@ioc/testkit";
import { StoreUnavailable } from "../port.ts";
import { DAY, observation, specOf, T0 } from "../test-store.ts";
import { openObservations } from "./index.ts";
import { openWithThreads } from "./open.ts";
import type { CommitGroup, WriterOptions } from "./messages.ts";
import { ObservationStore } from "./store.ts";
import { storeError } from "./store-error.ts";

const SPECS = ["a:x", "b:x", "c:x"].map((id) => specOf(id));
const all = { datastreams: SPECS.map(({ id }) => id), from: T0 - 1, to: T0 + 900 * DAY };
const OPTIONS = { synchronous: "normal", dayOffset: 0, tailLimit: 1e6, busyTimeout: 50 } as const;

function groupOf(series: number, readings: readonly (readonly [time: number, value: number])[]): CommitGroup {
  return {
    series: new Int32Array(readings.length).fill(series),
    time: Float64Array.from(readings, ([time]) => time),
    delay: new Float64Array(readings.length),
    value: Float64Array.from(readings, ([, value]) => value),
    quality: new Uint8Array(readings.length).fill(1),
    reasons: new Uint16Array(readings.length),
    senders: [{ end: readings.length, by: "test" }],
    reasonSets: [],
    quarantine: [],
  };
}

/** Random floats, which do not compress: a day of 1,000 of them takes 8 KB. */
function noise(count: number, seed = 3): [number, number][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => [T0 + (i + 1) * 60_000, random()]);
}

function opened(file: string, options: Partial<WriterOptions> = {}): { store: ObservationStore; db: Database } {
  const store = new ObservationStore({ file, ...OPTIONS, ...options });
  store.register(SPECS);
  return { store, db: store.connection };
}

function failure(file: string, work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return storeError(error, file);
  }
}

test("a full disk rejects commits, bulk commits and flushes with what to do; nothing of them stays; then all goes on", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const { store, db } = opened(file);
  store.commit(groupOf(1, noise(40)));
  const before = JSON.stringify(store.state());
  db.pragma(`max_page_count = ${String(db.pragma("page_count", { simple: true }))}`);
  const late = noise(20_000, 4).map(([time, value]) => [time + DAY, value] as const);
  const error = failure(file, () => store.commit(groupOf(1, late)));
  expect(error).toBeInstanceOf(StoreUnavailable);
  expect((error as Error).message).toMatch(/the disk that holds .*observations\.db is full; free space on it/);
  expect(failure(file, () => store.commit(groupOf(2, late)))).toBeInstanceOf(StoreUnavailable);
  expect(JSON.stringify(store.state())).toBe(before);
  expect(store.figures().tail).toBe(40);
  db.pragma("max_page_count = 1000000");
  expect(store.commit(groupOf(1, late))).toMatchObject({ sequence: 2, outcomes: null });
  store.close();
  const again = opened(file).store;
  expect(again.state().totals.observations).toBe(20_040);
  again.close();
});

test("a flush that finds the disk full keeps its readings in the tail and works once there is room", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const { store, db } = opened(file);
  for (const [i, one] of noise(400).entries()) {
    store.commit(groupOf(1, [one]));
    if (i === 0) db.pragma(`max_page_count = ${Number(db.pragma("page_count", { simple: true })) + 9}`);
  }
  expect(store.waiting).toBe(true);
  const full = Number(db.pragma("page_count", { simple: true }));
  db.pragma(`max_page_count = ${full}`);
  const error = failure(file, () => store.flushSome(10));
  db.pragma("max_page_count = 1000000");
  if (error !== undefined) expect(error).toBeInstanceOf(StoreUnavailable);
  store.flushSome(10);
  expect(store.figures().tail).toBe(0);
  expect(store.state().totals.observations).toBe(400);
  store.close();
});

test("another program that holds the file: the commit is refused with that, and the next one works", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const store = await openObservations({ file, busyTimeout: 50 });
  await store.writer.register(SPECS);
  const other = openDatabase(file);
  other.exec("BEGIN IMMEDIATE");
  const refused = store.writer.record([observation("a:x", T0, 1)]);
  await expect(refused).rejects.toBeInstanceOf(StoreUnavailable);
  await expect(refused).rejects.toThrow(/another program holds .*observations\.db/);
  expect((await store.reader.counts()).observations).toBe(0);
  other.exec("ROLLBACK");
  other.close();
  expect((await store.writer.record([observation("a:x", T0, 1)])).outcomes).toEqual(["stored"]);
  await store.close();
});

test("the codes of SQLite become what to do", () => {
  const named = (code: string) => storeError(Object.assign(new Error("why"), { code }), "/data/observations.db");
  for (const [code, advice] of [
    ["SQLITE_READONLY_DBMOVED", "is read-only; check the permissions"],
    ["SQLITE_IOERR_WRITE", "cannot be read or written; check the disk"],
    ["SQLITE_CORRUPT_INDEX", "is damaged; check it, and restore it from a backup"],
    ["SQLITE_NOTADB", "no longer a SQLite database"],
    ["SQLITE_LOCKED", "another program holds"],
  ] as const) {
    expect(named(code)).toBeInstanceOf(StoreUnavailable);
    expect((named(code) as Error).message).toContain(advice);
  }
  expect(named("SQLITE_CONSTRAINT")).not.toBeInstanceOf(StoreUnavailable);
});

/** Three series with two days each in blocks of several pages; returns the pages of each series' blocks. */
async function filled(file: string): Promise<void> {
  const store = await openObservations({ file, utcOffsetMinutes: 0 });
  await store.writer.register(SPECS);
  for (const { id } of SPECS) {
    await store.writer.record(noise(2000).map(([time, value]) => observation(id, time, value)));
  }
  await store.close();
}

test("a block whose bytes are wrong: that day of that series is an error, all else works, and new readings of it are taken", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  await filled(file);
  const db = openDatabase(file);
  db.exec(
    "UPDATE chunk SET readings = zeroblob(length(readings)) WHERE series = 2 AND day = (SELECT min(day) FROM chunk)",
  );
  db.close();
  const store = await openObservations({ file, utcOffsetMinutes: 0 });
  await store.writer.register(SPECS);
  await expect(store.reader.raw({ ...all, datastreams: ["b:x"] })).rejects.toThrow(
    /series 2, day 20728: the block is damaged/,
  );
  expect((await store.reader.raw({ ...all, datastreams: ["a:x", "c:x"] })).time).toHaveLength(4000);
  expect((await store.reader.raw({ ...all, datastreams: ["b:x"], from: T0 + DAY })).time).toHaveLength(560);
  const again = noise(100).map(([time]) => observation("b:x", time, 5));
  expect((await store.writer.record(again)).outcomes).toEqual(again.map(() => "stored"));
  expect((await store.reader.raw({ ...all, datastreams: ["b:x"] })).time).toHaveLength(660);
  await store.close();
  const after = openDatabase(file, { readonly: true });
  expect(after.prepare("SELECT series, day, length(readings) > 1000 AS whole FROM damaged_chunk").all()).toEqual([
    { series: 2, day: 20_728, whole: 1 },
  ]);
  after.close();
});

test("a damaged page: what does not lie on it can be read and written", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  await filled(file);
  const db = openDatabase(file, { readonly: true });
  const leaf = db
    .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'chunk' AND pagetype = 'leaf' ORDER BY pageno LIMIT 1")
    .pluck()
    .get()!;
  const size = Number(db.pragma("page_size", { simple: true }));
  db.close();
  const bytes = readFileSync(file);
  bytes.fill(0xff, (leaf - 1) * size, leaf * size);
  writeFileSync(file, bytes);
  const store = await openObservations({ file, utcOffsetMinutes: 0 });
  await store.writer.register(SPECS);
  const answers = await Promise.allSettled(SPECS.map(({ id }) => store.reader.raw({ ...all, datastreams: [id] })));
  const failed = answers.filter((answer) => answer.status === "rejected");
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.length).toBeLessThan(SPECS.length);
  for (const { reason } of failed) expect(String(reason)).toMatch(/observations\.db is damaged; check it/);
  const later = SPECS.map(({ id }) => observation(id, T0 + 10 * DAY, 1));
  expect((await store.writer.record(later)).outcomes).toEqual(["stored", "stored", "stored"]);
  const sound = SPECS[answers.findIndex((answer) => answer.status === "fulfilled")]!;
  expect((await store.reader.raw({ ...all, datastreams: [sound.id] })).time).toHaveLength(2001);
  await store.close();
});

test("a journal row whose bytes are wrong is put aside and the rest is there", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const store = await openObservations({ file });
  await store.writer.register(SPECS);
  for (const [i, { id }] of SPECS.entries()) await store.writer.record([observation(id, T0 + i, i)]);
  await store.close();
  const db = openDatabase(file);
  db.exec("UPDATE journal SET readings = zeroblob(length(readings)) WHERE sequence = 2");
  db.close();
  const again = await openObservations({ file });
  expect((await again.reader.raw(all)).datastream).toEqual(["a:x", "c:x"]);
  expect(again.changes.head()).toBe(3);
  expect((await again.reader.counts()).observations).toBe(2);
  await again.close();
  const after = openDatabase(file, { readonly: true });
  expect(after.prepare("SELECT sequence FROM damaged_journal").all()).toEqual([{ sequence: 2 }]);
  after.close();
});

test("a log that was cut anywhere leaves a prefix of the commits", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const store = await openObservations({ file });
  await store.writer.register(SPECS);
  for (let i = 0; i < 60; i++)
    await store.writer.record([observation("a:x", T0 + i, i), observation("b:x", T0 + i, i)]);
  const copy = join(folder.path, "copy.db");
  const random = seededRandom(11);
  const length = statSync(`${file}-wal`).size;
  for (let cut = 0; cut < 8; cut++) {
    copyFileSync(file, copy);
    copyFileSync(`${file}-wal`, `${copy}-wal`);
    truncateSync(`${copy}-wal`, Math.floor(length * (0.5 + 0.5 * random())));
    const found = new ObservationStore({ file: copy, ...OPTIONS });
    const { totals, head, latest } = found.state();
    expect(totals.observations).toBe(2 * head);
    expect(latest.every(({ value }) => value === head - 1)).toBe(true);
    found.close();
  }
  await store.close();
});

test("threads that die are started again: calls under way are refused, the next ones work", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const { store, threads } = await openWithThreads({ file });
  const heard: number[] = [];
  store.changes.subscribe(({ sequence }) => heard.push(sequence));
  await store.writer.register(SPECS);
  await store.writer.record([observation("a:x", T0, 1)]);
  const settled = Promise.allSettled([store.reader.raw(all), store.writer.record([observation("a:x", T0 + 1, 2)])]);
  // The commit is posted at the end of this turn.
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([threads.writing.crash(), threads.reading.crash()]);
  for (const one of await settled) {
    if (one.status === "rejected") expect(one.reason).toBeInstanceOf(StoreUnavailable);
  }
  const { outcomes } = await store.writer.record([observation("a:x", T0 + 1, 2), observation("b:x", T0, 3)]);
  expect(["stored", "duplicate"]).toContain(outcomes[0]);
  expect((await store.reader.raw(all)).result).toEqual([1, 2, 3]);
  expect((await store.reader.latest()).map(({ result }) => result)).toEqual([2, 3]);
  expect((await store.reader.counts()).observations).toBe(3);
  expect(heard).toEqual(heard.map((_, i) => i + 1));
  expect(heard.at(-1)).toBe(store.changes.head());
  await store.close();
});

test("a thread that is told to end answers what was asked of it before", async () => {
  using folder = temporaryFolder();
  const { store, threads } = await openWithThreads({ file: join(folder.path, "observations.db") });
  await store.writer.register(SPECS);
  await store.writer.record([observation("a:x", T0, 1)]);
  const asked = store.reader.raw(all);
  const [found] = await Promise.all([asked, threads.reading.end()]);
  expect(found.result).toEqual([1]);
  await expect(store.reader.raw(all)).rejects.toThrow("closed");
  await threads.writing.end();
});

test("a thread that cannot be started again says why, and works when the cause is gone", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const { store, threads } = await openWithThreads({ file });
  await store.writer.register(SPECS);
  await threads.writing.crash();
  const db = openDatabase(file);
  db.exec("INSERT INTO migration VALUES ('observations', 999, 'something new', '2030-01-01T00:00:00Z')");
  const refused = store.writer.record([observation("a:x", T0, 1)]);
  await expect(refused).rejects.toBeInstanceOf(StoreUnavailable);
  await expect(refused).rejects.toThrow(/writer cannot be started again: .*newer program/);
  db.exec("DELETE FROM migration WHERE id = 999");
  db.close();
  expect((await store.writer.record([observation("a:x", T0, 1)])).outcomes).toEqual(["stored"]);
  await store.close();
});
