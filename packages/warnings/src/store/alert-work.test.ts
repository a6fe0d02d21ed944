import type { Alert } from "@ioc/contracts";
import { describe, expect, test } from "vitest";
import type { AlertStore } from "./alert-store.ts";
import { alertAt, withStore } from "./test-store.ts";

const page = { limit: 100, offset: 0 };
const by = { actor: "an-operator", now: 1_000 };
const acknowledge = (id: string, sequence: number | null) => ({ id, sequence, deed: { type: "acknowledge" as const } });

const doing = async (store: AlertStore, ...given: Parameters<AlertStore["writer"]["work"]>) =>
  (await store.writer.work(...given)).outcomes;

describe("what people do", () => {
  test("is in the log with who did it, and leaves the condition alone", async () => {
    await withStore(async (store) => {
      await store.writer.append([alertAt({ id: "a.1", level: 2 })]);
      const [done] = await doing(
        store,
        [{ ...acknowledge("a.1", 1), deed: { type: "acknowledge", comment: "seen" } }],
        by,
      );
      expect(done).toMatchObject({
        outcome: "done",
        alert: { work: "acknowledged", condition: "firing", sequence: 2 },
      });
      const { items } = await store.events("a.1", page);
      expect(items[1]).toMatchObject({
        type: "acknowledged",
        actor: "an-operator",
        work: { from: "new", to: "acknowledged" },
        detail: { comment: "seen", level: 2 },
        from: { condition: "firing", level: 2 },
        to: { condition: "firing", level: 2 },
      });
      expect(await store.get("a.1")).toMatchObject({ handling: { acknowledgedLevel: 2, comments: 1 } });
      expect((await store.list({ ...page, work: "new" })).total).toBe(0);
      expect((await store.list({ ...page, work: "acknowledged" })).total).toBe(1);
    });
  });

  test("is decided on one state of the alert: another one is a conflict", async () => {
    await withStore(async (store) => {
      await store.writer.append([alertAt({ id: "a.1", level: 1 })]);
      await store.writer.append([alertAt({ id: "a.1", level: 3, type: "raised" })]);
      const requests = [acknowledge("a.1", 1), acknowledge("none", 1), acknowledge("a.1", 2), acknowledge("a.1", 2)];
      const { outcomes } = await store.writer.work(requests, by);
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(["conflict", "missing", "done", "conflict"]);
      expect(await store.get("a.1")).toMatchObject({ work: "acknowledged", sequence: 3 });
      const [late] = await doing(store, [{ id: "a.1", sequence: null, deed: { type: "close" } }], by);
      expect(late?.outcome).toBe("refused");
      expect((await store.events("a.1", page)).total).toBe(3);
    });
  });

  test("is not overwritten by what the rule tells next, and a rise opens it again", async () => {
    await withStore(async (store) => {
      await store.writer.append([alertAt({ id: "a.1", level: 2 })]);
      await store.writer.work([acknowledge("a.1", 1)], by);
      const [lower] = await store.writer.append([alertAt({ id: "a.1", level: 1, type: "lowered", from: 2 })]);
      expect(lower).toMatchObject({ work: "acknowledged", handling: { acknowledgedLevel: 2 } });
      const [higher] = await store.writer.append([alertAt({ id: "a.1", level: 3, type: "raised", from: 1 })]);
      expect(higher).toMatchObject({ work: "new", level: 3, sequence: 5 });
      const { items } = await store.events("a.1", page);
      expect(items.map(({ type, actor }) => `${type} ${actor}`)).toEqual([
        "fired rule",
        "acknowledged an-operator",
        "lowered rule",
        "raised rule",
        "reopened rule",
      ]);
    });
  });

  test("goes on when the condition is over, beside the next episode", async () => {
    await withStore(async (store) => {
      await store.writer.append([alertAt({ id: "a.1" })]);
      await store.writer.append([alertAt({ id: "a.1", condition: "cleared", level: 0, from: 1 })]);
      await store.writer.append([alertAt({ id: "a.2" })]);
      await store.writer.work([{ id: "a.1", sequence: 2, deed: { type: "resolve", reason: "sensor-fault" } }], by);
      const [closed] = await doing(store, [{ id: "a.1", sequence: 4, deed: { type: "close" } }], by);
      expect(closed).toMatchObject({ alert: { work: "closed", handling: { resolution: "sensor-fault" } } });
      expect(await store.get("a.2")).toMatchObject({ work: "new", condition: "firing" });
    });
  });

  test("is there after the projection was made anew from the log", async () => {
    await withStore(async (store, db) => {
      const deeds = [
        { type: "assign" as const, assignee: "centre-north", dueAt: 5_000 },
        { type: "start" as const },
        { type: "shelve" as const, until: 9_000 },
        { type: "resolve" as const, reason: "test" as const },
      ];
      for (let i = 0; i < 50; i++) {
        await store.writer.append([alertAt({ id: `a.${i}`, subject: `s${i}`, level: 2 })]);
        for (const deed of deeds.slice(0, i % 5)) await store.writer.work([{ id: `a.${i}`, sequence: null, deed }], by);
        if (i % 7 === 0)
          await store.writer.append([alertAt({ id: `a.${i}`, subject: `s${i}`, level: 3, type: "raised" })]);
      }
      const rows = () => db.prepare("SELECT * FROM alert ORDER BY id").all();
      const before = rows();
      db.exec("UPDATE alert SET work = 'closed', suppressed = 1, alert = '{}'");
      await store.writer.rebuild();
      expect(rows()).toEqual(before);
    });
  });
});

test("an alert written by a program without a human side is a new one", async () => {
  await withStore(async (store, db) => {
    await store.writer.append([alertAt({ id: "a.1" })]);
    db.exec("DROP TRIGGER alert_event_fixed");
    db.exec(
      `UPDATE alert_event SET detail = '{}', after = json_remove(after, '$.alert.handling', '$.alert.suppressedBy')`,
    );
    db.exec(`UPDATE alert SET alert = json_remove(alert, '$.handling', '$.suppressedBy')`);
    const expected: Partial<Alert> = { work: "new", suppressedBy: [] };
    expect(await store.get("a.1")).toMatchObject({ ...expected, handling: { acknowledgedLevel: null, comments: 0 } });
    const [done] = await doing(store, [acknowledge("a.1", 1)], by);
    expect(done).toMatchObject({ outcome: "done", alert: { handling: { acknowledgedLevel: 1 } } });
    await store.writer.rebuild();
    expect(await store.get("a.1")).toMatchObject({ work: "acknowledged" });
  });
});
