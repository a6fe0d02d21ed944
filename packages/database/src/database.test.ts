import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "@ioc/testkit";
import { DatabaseError, kyselyOf, migrate, openDatabase } from "./index.ts";
import type { Migration } from "./index.ts";

const first: Migration = {
  id: 1,
  name: "create",
  up: "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
};
const second: Migration = {
  id: 2,
  name: "fill",
  up: (db) => {
    db.prepare("INSERT INTO thing (name) VALUES (?)").run("mast");
  },
};

test("opens with a write-ahead log and enforced foreign keys, and creates the folder", () => {
  using folder = temporaryFolder();
  const db = openDatabase(join(folder.path, "new", "city.db"));
  expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
  expect(db.pragma("foreign_keys", { simple: true })).toBe(1);
  expect(db.pragma("synchronous", { simple: true })).toBe(1);
  db.close();
  const durable = openDatabase(join(folder.path, "new", "city.db"), { synchronous: "full" });
  expect(durable.pragma("synchronous", { simple: true })).toBe(2);
  durable.close();
});

test("a migration runs once, and what it made is there after reopening", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "city.db");
  for (let start = 0; start < 3; start++) {
    const db = openDatabase(file);
    migrate(db, "things", [first, second]);
    const rows = await kyselyOf<{ thing: { id: number; name: string } }>(db)
      .selectFrom("thing")
      .select("name")
      .execute();
    expect(rows).toEqual([{ name: "mast" }]);
    db.close();
  }
});

test("transactions of two stores in one file wait for each other", async () => {
  using folder = temporaryFolder();
  const db = openDatabase(join(folder.path, "city.db"));
  migrate(db, "things", [first]);
  interface Things {
    thing: { id: number; name: string };
  }
  const insert = async (name: string) =>
    await kyselyOf<Things>(db)
      .transaction()
      .execute(async (trx) => {
        await trx.insertInto("thing").values({ id: name.length, name }).execute();
        if (name === "bad") throw new Error("not this one");
        return name;
      });
  const outcomes = await Promise.allSettled(["bad", "good"].map(insert));
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(db.prepare("SELECT name FROM thing").all()).toEqual([{ name: "good" }]);
  db.close();
});

test("components are counted apart", () => {
  using folder = temporaryFolder();
  const db = openDatabase(join(folder.path, "city.db"));
  migrate(db, "things", [first]);
  migrate(db, "others", [{ id: 1, name: "create", up: "CREATE TABLE other (id INTEGER)" }]);
  expect(db.prepare("SELECT component, id, name FROM migration ORDER BY component").all()).toEqual([
    { component: "others", id: 1, name: "create" },
    { component: "things", id: 1, name: "create" },
  ]);
  db.close();
});

test("a failing step leaves nothing of itself and says which", () => {
  using folder = temporaryFolder();
  const db = openDatabase(join(folder.path, "city.db"));
  const broken: Migration = {
    id: 2,
    name: "broken",
    up: "INSERT INTO thing (name) VALUES ('a'); SELECT * FROM nowhere",
  };
  expect(() => migrate(db, "things", [first, broken])).toThrow(
    /step 2 "broken" of things failed: no such table: nowhere/,
  );
  expect(db.prepare("SELECT count(*) AS n FROM thing").get()).toEqual({ n: 0 });
  migrate(db, "things", [first, second]);
  expect(db.prepare("SELECT count(*) AS n FROM thing").get()).toEqual({ n: 1 });
  db.close();
});

test("refuses a file of a newer program", () => {
  using folder = temporaryFolder();
  const db = openDatabase(join(folder.path, "city.db"));
  migrate(db, "things", [first, second]);
  expect(() => migrate(db, "things", [first])).toThrow(
    /written by a newer program: things has step 2 "fill", .* up to step 1/,
  );
  db.close();
});

test("refuses steps out of order", () => {
  using folder = temporaryFolder();
  const db = openDatabase(join(folder.path, "city.db"));
  expect(() => migrate(db, "things", [second, first])).toThrow(/step 1 "create" does not follow step 2/);
  db.close();
});

test("says what is wrong with a file", () => {
  using folder = temporaryFolder();
  const text = join(folder.path, "text.db");
  writeFileSync(text, "this is no database, only a long enough text to be taken for one".repeat(40));
  expect(() => openDatabase(text)).toThrow(/text\.db is not a SQLite database/);
  expect(() => openDatabase(folder.path)).toThrow(/cannot be opened; check that it is a file/);
  const missing = join(folder.path, "missing.db");
  expect(() => openDatabase(missing, { readonly: true })).toThrow(/missing\.db does not exist/);
  expect(existsSync(missing)).toBe(false);
});

test("a read-only opening writes nothing", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "city.db");
  const db = openDatabase(file);
  migrate(db, "things", [first]);
  const reader = openDatabase(file, { readonly: true });
  expect(() => reader.exec("INSERT INTO thing (name) VALUES ('x')")).toThrow(/readonly/);
  reader.close();
  db.close();
});

test.skipIf(process.getuid?.() === 0)("says when a file may not be written", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "city.db");
  openDatabase(file).close();
  chmodSync(file, 0o444);
  chmodSync(folder.path, 0o555);
  try {
    expect(() => openDatabase(file)).toThrow(DatabaseError);
  } finally {
    chmodSync(folder.path, 0o755);
  }
});
