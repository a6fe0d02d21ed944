import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import { openApiKeys } from "./index.ts";

const T0 = Date.UTC(2026, 9, 1);

function setup() {
  const folder = temporaryFolder();
  const file = join(folder.path, "city.db");
  const db = openDatabase(file);
  const clock = { now: T0 };
  return {
    file,
    db,
    clock,
    keys: openApiKeys(db, { now: () => clock.now }),
    [Symbol.dispose]() {
      db.close();
      folder[Symbol.dispose]();
    },
  };
}

test("a created key is accepted, also after reopening", () => {
  using s = setup();
  const { key, record } = s.keys.create("Simulator", ["observations:write"]);
  expect(key).toMatch(/^ioc_[A-Za-z0-9_-]{43}$/);
  expect(record).toMatchObject({ name: "Simulator", prefix: key.slice(0, 12), scopes: ["observations:write"] });
  const again = openDatabase(s.file);
  expect(openApiKeys(again).verify(key)).toMatchObject({ id: record.id, name: "Simulator" });
  again.close();
});

test("the file never holds the key", () => {
  using s = setup();
  const { key } = s.keys.create("Gauge", []);
  s.db.pragma("wal_checkpoint(TRUNCATE)");
  const bytes = readFileSync(s.file);
  expect(bytes.includes(key.slice(0, 12))).toBe(true);
  expect(bytes.includes(key.slice(0, 20))).toBe(false);
});

test("refuses what is wrong, near or malformed", () => {
  using s = setup();
  const { key } = s.keys.create("Gauge", []);
  const last = key.at(-1) === "A" ? "B" : "A";
  for (const wrong of [
    "",
    "ioc_",
    key.slice(0, -1),
    `${key}A`,
    key.slice(0, -1) + last,
    key.toUpperCase(),
    `x${key}`,
  ]) {
    expect(s.keys.verify(wrong), wrong).toBeNull();
  }
  expect(s.keys.verify(key)).not.toBeNull();
});

test("an expired or revoked key is refused", () => {
  using s = setup();
  const expiring = s.keys.create("Visitor", [], { expiresAt: T0 + 1000 });
  const lasting = s.keys.create("Gauge", []);
  expect(s.keys.verify(expiring.key)).not.toBeNull();
  s.clock.now = T0 + 1000;
  expect(s.keys.verify(expiring.key)).toBeNull();
  expect(s.keys.revoke(lasting.record.id)).toBe(true);
  expect(s.keys.verify(lasting.key)).toBeNull();
  expect(s.keys.revoke(lasting.record.id)).toBe(false);
  expect(s.keys.revoke(99)).toBe(false);
  expect(s.keys.list().map((k) => [k.name, k.revokedAt])).toEqual([
    ["Gauge", T0 + 1000],
    ["Visitor", null],
  ]);
});

test("the time of last use is kept to the minute", () => {
  using s = setup();
  const { key } = s.keys.create("Gauge", []);
  expect(s.keys.list()[0]?.lastUsedAt).toBeNull();
  s.keys.verify(key);
  s.clock.now = T0 + 59_999;
  s.keys.verify(key);
  expect(s.keys.list()[0]?.lastUsedAt).toBe(T0);
  s.clock.now = T0 + 60_000;
  s.keys.verify(key);
  expect(s.keys.list()[0]?.lastUsedAt).toBe(T0 + 60_000);
});

test("says what is wrong with a new key", () => {
  using s = setup();
  expect(() => s.keys.create(" ", [])).toThrow("needs a name");
  expect(() => s.keys.create("x", ["Everything!"])).toThrow('"Everything!" is not a scope');
});

test("a file that cannot be written at the moment makes no key invalid", () => {
  using s = setup();
  const { key } = s.keys.create("Gauge", []);
  s.db.pragma("busy_timeout = 0");
  const other = openDatabase(s.file);
  other.exec("BEGIN IMMEDIATE");
  expect(s.keys.verify(key)).toMatchObject({ name: "Gauge", lastUsedAt: null });
  other.exec("ROLLBACK");
  other.close();
  s.clock.now = T0 + 60_000;
  expect(s.keys.verify(key)).toMatchObject({ lastUsedAt: T0 + 60_000 });
});
