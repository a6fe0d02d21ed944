import { join } from "node:path";
import { openDatabase } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { openAlertStore } from "./alert-store.ts";
import { alertAt as event, withStore } from "./test-store.ts";

const page = { limit: 100, offset: 0 };
const ids = (list: { items: { id: string }[] }) => list.items.map(({ id }) => id);

test("a second open alert of a rule on a subject is refused, whoever writes it, and leaves nothing behind", async () => {
  await withStore(async (store, db) => {
    await store.writer.append([event({ id: "a.1" })]);
    await expect(store.writer.append([event({ id: "b.1", subject: "sf-two" }), event({ id: "a.2" })])).rejects.toThrow(
      /UNIQUE constraint failed/,
    );
    expect(ids(await store.list({ state: "all", ...page }))).toEqual(["a.1"]);
    expect((await store.events("b.1", page)).total).toBe(0);
    expect(() =>
      db.exec(
        "INSERT INTO alert SELECT 'a.3', definition, subject_type, subject, 'recovering', 1, 1, 0, 0, NULL, 9, '{}', '{}', 'new', 0 FROM alert",
      ),
    ).toThrow(/UNIQUE constraint failed/);
    await store.writer.append([event({ id: "a.1", condition: "cleared", level: 0 }), event({ id: "a.2" })]);
    expect(ids(await store.list(page))).toEqual(["a.2"]);
  });
});

test("what is written alongside events is there with them or not at all", async () => {
  using folder = temporaryFolder();
  const db = openDatabase(join(folder.path, "city.db"));
  db.exec("CREATE TABLE told (sequence INTEGER, alert TEXT)");
  let fails = false;
  const store = openAlertStore(db, {
    async alongside(trx, changes) {
      for (const { event, alert } of changes)
        await sql`INSERT INTO told VALUES (${event.sequence}, ${alert.id})`.execute(trx);
      if (fails) throw new Error("cannot be told");
    },
  });
  await store.writer.append([event({ id: "a.1" }), event({ id: "b.1", subject: "sf-two" })]);
  fails = true;
  await expect(store.writer.append([event({ id: "c.1", subject: "sf-three" })])).rejects.toThrow("cannot be told");
  expect(db.prepare("SELECT sequence, alert FROM told").raw().all()).toEqual([
    [1, "a.1"],
    [2, "b.1"],
  ]);
  expect(ids(await store.list({ state: "all", ...page }))).toEqual(["a.1", "b.1"]);
  db.close();
});

test("the log cannot be changed", async () => {
  await withStore(async (store, db) => {
    await store.writer.append([event({ id: "a.1" })]);
    expect(() => db.exec("UPDATE alert_event SET type = 'cleared'")).toThrow("append-only");
    expect(() => db.exec("DELETE FROM alert_event")).toThrow("append-only");
  });
});

test("the projection can be made anew from the log", async () => {
  await withStore(async (store, db) => {
    for (let i = 0; i < 1200; i++) {
      await store.writer.append([
        event({ id: `a.${i}`, firedAt: i }),
        event({ id: `a.${i}`, condition: "cleared", level: 0, firedAt: i }),
      ]);
    }
    await store.writer.append([event({ id: "open", severity: "Severe", level: 3 })]);
    const rows = () => db.prepare("SELECT * FROM alert ORDER BY id").all();
    const areas = () => db.prepare("SELECT * FROM alert_area ORDER BY alert, scheme, area").all();
    const before = [rows(), areas()];
    db.exec("UPDATE alert SET condition = 'cleared', level = 0, alert = '{}'");
    await store.writer.rebuild();
    expect([rows(), areas()]).toEqual(before);
  });
});

describe("lists", () => {
  const given = [
    event({ id: "minor-old", subject: "s1", firedAt: 100 }),
    event({ id: "minor-new", subject: "s2", firedAt: 200 }),
    event({ id: "minor-two", subject: "s3", level: 2, firedAt: 50 }),
    event({
      id: "extreme",
      subject: "s4",
      level: 4,
      severity: "Extreme",
      firedAt: 10,
      areas: { "dn-2025": ["20275", "48"], "dn-2024": ["20242"] },
    }),
    event({
      id: "over",
      subject: "s1",
      definition: "w-wind-gust",
      condition: "cleared",
      level: 0,
      firedAt: 20,
      clearedAt: 40,
    }),
  ];

  test("are sorted by severity, level and age, and paged with the whole total", async () => {
    await withStore(async (store) => {
      await store.writer.append(given);
      expect(ids(await store.list(page))).toEqual(["extreme", "minor-two", "minor-new", "minor-old"]);
      expect(await store.list({ limit: 1, offset: 1 })).toMatchObject({ items: [{ id: "minor-two" }], total: 4 });
    });
  });

  test.each([
    [{ state: "cleared" as const }, ["over"]],
    [{ state: "all" as const, station: "s1" }, ["minor-old", "over"]],
    [{ severity: "Extreme" as const }, ["extreme"]],
    [{ definition: "w-wind-gust", state: "all" as const }, ["over"]],
    [{ area: "48", scheme: "dn-2025" }, ["extreme", "minor-two", "minor-new", "minor-old"]],
    [{ area: "20242", scheme: "dn-2024" }, ["extreme"]],
    [{ area: "20275" }, ["extreme"]],
    [{ state: "all" as const, from: 45 }, ["extreme", "minor-two", "minor-new", "minor-old"]],
    [{ state: "all" as const, from: 30, to: 100 }, ["extreme", "minor-two", "over"]],
    [{ area: "' OR 1=1 --" }, []],
  ])("narrowed by %o", async (filter, expected) => {
    await withStore(async (store) => {
      await store.writer.append(given);
      const list = await store.list({ ...filter, ...page });
      expect(ids(list)).toEqual(expected);
      expect(list.total).toBe(expected.length);
    });
  });

  test("open ones are counted by severity and station", async () => {
    await withStore(async (store) => {
      await store.writer.append([
        ...given,
        event({ id: "more", subject: "s1", definition: "w-x", severity: "Severe" }),
      ]);
      const open = await store.open();
      expect(open.bySeverity).toEqual({ Minor: 3, Moderate: 0, Severe: 1, Extreme: 1 });
      expect(Object.fromEntries(open.byStation)).toEqual({
        s1: { count: 2, worst: "Severe" },
        s2: { count: 1, worst: "Minor" },
        s3: { count: 1, worst: "Minor" },
        s4: { count: 1, worst: "Extreme" },
      });
    });
  });

  test("one alert and its log", async () => {
    await withStore(async (store) => {
      await store.writer.append([event({ id: "a.1" })]);
      await store.writer.append([event({ id: "a.1", condition: "cleared", level: 0, firedAt: 9 })]);
      expect(await store.get("a.1")).toMatchObject({ id: "a.1", condition: "cleared", sequence: 2, clearedAt: 9 });
      expect(await store.get("nobody")).toBeNull();
      const log = await store.events("a.1", page);
      expect(log.items.map(({ sequence, type }) => [sequence, type])).toEqual([
        [1, "fired"],
        [2, "cleared"],
      ]);
    });
  });
});
