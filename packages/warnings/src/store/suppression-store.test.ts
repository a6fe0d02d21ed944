import { calendarOf } from "@ioc/contracts";
import type { SuppressionRule } from "@ioc/contracts";
import { expect, test } from "vitest";
import type { AlertStore } from "./alert-store.ts";
import { stateOf } from "./suppression-store.ts";
import { alertAt, withStore } from "./test-store.ts";

const page = { limit: 100, offset: 0 };
const calendar = calendarOf("Asia/Ho_Chi_Minh");
const city = { scheme: "dn-2025", calendar, outages: new Set(["w-out"]), gateways: new Map<string, string>() };
const by = (now: number) => ({ actor: "an-operator", now });
const silence: SuppressionRule = {
  kind: "silence",
  note: "works",
  emergencies: false,
  matcher: { definitions: ["w-street-flood"] },
  from: 100,
  until: 200,
};

async function withCity(run: (store: AlertStore) => Promise<void>) {
  await withStore(async (store) => {
    store.writer.suppressIn(city);
    await run(store);
  });
}
const typesOf = async (store: AlertStore, id: string) =>
  (await store.events(id, page)).items.map(({ type, actor }) => `${type} ${actor}`);

test("a suppressed alert is recorded, counted and found, and the log says by what and until when", async () => {
  await withCity(async (store) => {
    await store.suppressions.add("s1", silence, by(100));
    const [alert] = await store.writer.append([alertAt({ id: "a.1", firedAt: 150 })]);
    expect(alert).toMatchObject({ suppressedBy: [{ kind: "silence", id: "s1", until: 200 }] });
    expect((await store.list({ ...page, suppressed: true })).total).toBe(1);
    expect((await store.list({ ...page, suppressed: false })).total).toBe(0);
    expect((await store.open()).bySeverity.Minor).toBe(1);
    expect(await typesOf(store, "a.1")).toEqual(["fired rule", "suppressed suppression"]);
    // Nothing is written as long as nothing changes.
    expect(await store.writer.review(199)).toEqual([]);
    const [after] = await store.writer.review(200);
    expect(after).toMatchObject({ id: "a.1", suppressedBy: [] });
    expect(await typesOf(store, "a.1")).toEqual(["fired rule", "suppressed suppression", "unsuppressed suppression"]);
  });
});

test("what is made, ended, risen above or over takes effect on alerts that are open", async () => {
  await withCity(async (store) => {
    await store.writer.append([
      alertAt({ id: "a.1", level: 3, firedAt: 110 }),
      alertAt({ id: "b.1", subject: "two", firedAt: 110 }),
    ]);
    await store.suppressions.add("s1", silence, by(110));
    expect((await store.writer.review(110)).map(({ id }) => id)).toEqual(["a.1", "b.1"]);
    // An emergency passes it.
    const [risen] = await store.writer.append([
      alertAt({ id: "a.1", level: 4, type: "raised", from: 3, firedAt: 120 }),
    ]);
    expect(risen).toMatchObject({ level: 4, suppressedBy: [] });
    // One that is over stays what it was: nobody is told of its end either.
    const [over] = await store.writer.append([
      alertAt({ id: "b.1", subject: "two", condition: "cleared", level: 0, firedAt: 130 }),
    ]);
    expect(over?.suppressedBy).toHaveLength(1);
    expect(await store.suppressions.end("s1", by(140))).toMatchObject({ endedBy: "an-operator" });
    expect(await store.suppressions.end("s1", by(140))).toBeNull();
    expect(await store.writer.review(140)).toEqual([]);
  });
});

test("an outage and a shelf begin and end with their alert and their time", async () => {
  await withCity(async (store) => {
    await store.writer.append([alertAt({ id: "a.1", firedAt: 1 })]);
    const changed = await store.writer.append([alertAt({ id: "out.1", definition: "w-out", firedAt: 2 })]);
    expect(changed.map(({ id, suppressedBy }) => [id, suppressedBy.map(({ alert }) => alert)])).toEqual([
      ["out.1", []],
      ["a.1", ["out.1"]],
    ]);
    const back = await store.writer.append([
      alertAt({ id: "out.1", definition: "w-out", condition: "cleared", level: 0, firedAt: 3 }),
    ]);
    expect(back.find(({ id }) => id === "a.1")?.suppressedBy).toEqual([]);
    const shelve = { id: "a.1", sequence: null, deed: { type: "shelve" as const, until: 50 } };
    const { outcomes } = await store.writer.work([shelve], by(4));
    expect(outcomes[0]).toMatchObject({ alert: { suppressedBy: [{ kind: "shelved", until: 50 }] } });
    const [unshelved] = await store.writer.review(50);
    expect(unshelved).toMatchObject({ suppressedBy: [], handling: { shelvedUntil: null } });
    expect((await typesOf(store, "a.1")).slice(-2)).toEqual(["unshelved clock", "unsuppressed suppression"]);
  });
});

test("after a failed commit and after a restart the open alerts are those of the file", async () => {
  await withStore(async (store) => {
    await store.writer.append([alertAt({ id: "a.1", firedAt: 1 })]);
    store.writer.suppressIn(city);
    const twice = [alertAt({ id: "out.1", definition: "w-out", firedAt: 2 }), alertAt({ id: "a.2", firedAt: 2 })];
    await expect(store.writer.append(twice)).rejects.toThrow(/UNIQUE/);
    expect(await store.writer.review(3)).toEqual([]);
    expect(await store.get("a.1")).toMatchObject({ suppressedBy: [] });
    const [, told] = await store.writer.append([alertAt({ id: "out.1", definition: "w-out", firedAt: 4 })]);
    expect(told).toMatchObject({ id: "a.1", suppressedBy: [{ kind: "outage", id: "w-out", alert: "out.1" }] });
  });
});

test.each<[SuppressionRule, number, string]>([
  [silence, 99, "waiting"],
  [silence, 100, "active"],
  [silence, 200, "over"],
  [{ ...silence, kind: "maintenance", repeat: null }, 99, "waiting"],
  [{ ...silence, kind: "maintenance", repeat: { every: "day", until: null } }, 300, "waiting"],
  [{ ...silence, kind: "maintenance", repeat: { every: "day", until: 100 } }, 86_400_150, "over"],
])("%o at %d is %s", (rule, at, state) => {
  const kept = { id: "s", rule, createdAt: 0, createdBy: "", endedAt: null, endedBy: null };
  expect(stateOf(kept, at, calendar)).toBe(state);
  expect(stateOf({ ...kept, endedAt: 1 }, at, calendar)).toBe("over");
});
