import { join } from "node:path";
import { expect, test } from "vitest";
import { migrate, openDatabase } from "@ioc/database";
import { seededRandom, temporaryFolder } from "@ioc/testkit";
import { DAY, observation, specOf, T0 } from "../test-store.ts";
import { openObservations } from "./index.ts";
import { migrations } from "./schema.ts";

const SPECS = [specOf("a:x", { periodSeconds: 60 }), specOf("b:x"), specOf("c:x")];

/** A file as version 0.1 left it: rows, latest values, rollups, change log, quarantine. */
function fileOfRows(file: string, rows: readonly (readonly (number | null)[])[]): void {
  const db = openDatabase(file);
  migrate(db, "observations", migrations(0, () => undefined).slice(0, 1));
  const series = db.prepare("INSERT INTO series (datastream, unit, kind, period_seconds) VALUES (?, 'Cel', 'mean', ?)");
  for (const { id, periodSeconds } of SPECS) series.run(id, periodSeconds);
  db.exec(`
    INSERT INTO reason_set VALUES (1, 'spike'), (2, 'skew,late');
    INSERT INTO change VALUES (41, 5, 10), (42, 6, 10);
    INSERT INTO quarantine (time, source, reason, message, sample) VALUES (1, 'http', 'bad-unit', 'no', '{}');
    INSERT INTO total VALUES ('observations', ${rows.length}), ('quarantined', 7), ('oldest', 0), ('newest', 9);
    INSERT INTO latest VALUES (1, 5, 5, 1, 0);
    INSERT INTO rollup_1h VALUES (1, 3600000, 1, 1, 1, 1, 1, 5);
  `);
  const insert = db.prepare("INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?)");
  db.transaction(() => rows.forEach((row) => insert.run(...row)))();
  db.close();
}

test("a file of rows becomes one of blocks: every reading, quarantine and change log go on", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const random = seededRandom(5);
  const rows = Array.from({ length: 60_000 }, (_, i) => {
    const value = i % 97 === 0 ? null : Math.round(random() * 300) / 10;
    const [quality, reasons, delay] = i % 50 === 0 ? [3, 1 + (i % 2), 5000] : [1, 0, 0];
    return [1 + (i % 2), T0 + Math.floor(i / 2) * 60_000, value, quality, reasons, delay] as const;
  });
  fileOfRows(file, rows);
  const heard: string[] = [];
  const store = await openObservations({ file, onProgress: (message) => heard.push(message) });
  await store.writer.register(SPECS);
  const query = { datastreams: SPECS.map(({ id }) => id), from: T0 - 1, to: T0 + 900 * DAY };
  const sorted = rows.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  expect(await store.reader.raw({ ...query, validOnly: false })).toEqual({
    datastream: sorted.map(([series]) => SPECS[series - 1]!.id),
    time: sorted.map(([, time]) => time),
    result: sorted.map(([, , value]) => value),
    quality: sorted.map(([, , , quality]) => quality),
  });
  expect(await store.reader.counts()).toEqual({ observations: 60_000, datastreams: 3, quarantined: 7 });
  expect(await store.reader.span()).toEqual({ from: T0, to: T0 + 29_999 * 60_000 });
  expect((await store.reader.quarantined({ limit: 5, offset: 0 })).items).toHaveLength(1);
  const [doubtful] = await store.reader.page({ ...query, datastreams: ["a:x"], order: "asc", limit: 1 });
  expect(doubtful).toMatchObject({ quality: 3, reasons: ["spike"], resultTime: T0 + 5000 });
  expect(store.changes.head()).toBe(42);
  expect((await store.writer.record([observation("c:x", T0, 1), observation("a:x", T0, null)])).sequence).toBe(43);
  expect(heard).toEqual(["observations: 60000 readings were put into blocks"]);
  while (await store.maintain(T0 + 900 * DAY, 50));
  await store.close();
  const db = openDatabase(file, { readonly: true });
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE name IN ('observation', 'latest', 'change')").all();
  expect(tables).toEqual([]);
  expect(db.prepare("SELECT count(*) AS n FROM dirty").get()).toEqual({ n: 0 });
  expect(db.pragma("auto_vacuum", { simple: true })).toBe(2);
  db.close();
});

test("a conversion that was interrupted begins anew", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  fileOfRows(file, [[1, T0, 1, 1, 0, 0]]);
  const db = openDatabase(file);
  // The step meets this table after it has changed others.
  db.exec("CREATE TABLE chunk (x)");
  db.close();
  await expect(openObservations({ file })).rejects.toThrow(
    /step 2 "blocks in the place of rows" .* chunk already exists/,
  );
  const again = openDatabase(file);
  expect(again.prepare("SELECT count(*) AS n FROM observation").get()).toEqual({ n: 1 });
  again.exec("DROP TABLE chunk");
  again.close();
  const store = await openObservations({ file });
  expect((await store.reader.counts()).observations).toBe(1);
  await store.close();
});
