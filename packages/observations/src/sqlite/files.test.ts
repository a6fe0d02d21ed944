import { chmodSync, existsSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import { observation, specOf, T0 } from "../test-store.ts";
import { openObservations } from "./index.ts";

const SPEC = specOf("a:x");

test("a file that is no database is refused with its name, and left as it is", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  writeFileSync(file, "time,value\n".repeat(500));
  await expect(openObservations({ file })).rejects.toThrow(/observations\.db is not a SQLite database/);
});

test("a damaged file is refused", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const store = await openObservations({ file });
  await store.writer.register([SPEC]);
  await store.writer.record(Array.from({ length: 5000 }, (_, i) => observation(SPEC.id, T0 + i, i)));
  await store.close();
  truncateSync(file, 20_000);
  await expect(openObservations({ file })).rejects.toThrow(/observations\.db .*(damaged|malformed)/);
});

test("a path that cannot be a file is refused", async () => {
  using folder = temporaryFolder();
  await expect(openObservations({ file: folder.path })).rejects.toThrow(/cannot be opened; check that it is a file/);
});

test("a missing folder is created", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "data", "deep", "observations.db");
  await (await openObservations({ file })).close();
  expect(existsSync(file)).toBe(true);
});

test.skipIf(process.getuid?.() === 0)("a read-only file is refused", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  await (await openObservations({ file })).close();
  chmodSync(file, 0o444);
  await expect(openObservations({ file })).rejects.toThrow(/read-only|cannot be opened/);
});

test("closing twice leaves one whole file, without its log", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const store = await openObservations({ file });
  await store.writer.register([SPEC]);
  const recorded = store.writer.record([observation(SPEC.id, T0, 1)]);
  await Promise.all([store.close(), store.close()]);
  expect((await recorded).outcomes).toEqual(["stored"]);
  expect(readdirSync(folder.path)).toEqual(["observations.db"]);
});

test("a file of a newer program is refused", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  await (await openObservations({ file })).close();
  const db = openDatabase(file);
  db.exec("INSERT INTO migration VALUES ('observations', 999, 'something new', '2030-01-01T00:00:00Z')");
  db.close();
  await expect(openObservations({ file })).rejects.toThrow(/written by a newer program: .*step 999 "something new"/);
});

test("a failed commit rejects its calls, keeps nothing of them, and the next one works", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const store = await openObservations({ file });
  await store.writer.register([SPEC]);
  await store.writer.record([observation(SPEC.id, T0, 1)]);
  // Another connection makes the writer's inserts fail, as a full disk would.
  const other = openDatabase(file);
  other.exec("CREATE TRIGGER refuse BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'no room'); END");
  const spiked = observation(SPEC.id, T0 + 1, 2, 3, ["spike"]);
  await expect(store.writer.record([spiked])).rejects.toThrow("no room");
  expect(await store.reader.latest()).toMatchObject([{ phenomenonTime: T0 }]);
  expect((await store.reader.counts()).observations).toBe(1);
  other.exec("DROP TRIGGER refuse");
  other.close();
  expect(await store.writer.record([spiked])).toMatchObject({ sequence: 2, outcomes: ["stored"] });
  await store.close();
  const again = await openObservations({ file });
  expect(await again.reader.latest()).toMatchObject([{ phenomenonTime: T0 + 1, reasons: ["spike"] }]);
  await again.close();
});
