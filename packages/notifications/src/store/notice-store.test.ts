import { describe, expect, test } from "vitest";
import { change, hour, minute, monday8 } from "../testing.ts";
import { openTemporary, page } from "./test-city.ts";

test("an alert opens an incident of its rule and centre, told once it was held", async () => {
  using city = openTemporary();
  await city.append(change(7, "sf-1", monday8));
  expect(await city.incidents()).toMatchObject([
    { id: "w-flood.7", centre: "oc-east", state: "open", members: 1, openMembers: 1, newMembers: 1, route: "other" },
  ]);
  expect(await city.told()).toEqual(["opened in-app east waiting"]);
  expect(await city.send(monday8 + 29_999)).toEqual([]);
  expect(await city.send(monday8 + 30_000)).toEqual(["opened in-app east"]);
  const { items } = await city.outbox.list(page);
  expect(items[0]).toMatchObject({ key: "w-flood.sf-1.1/opened-7/in-app/east", alert: "w-flood.sf-1.1", attempts: 1 });
});

test("what has no place in the transaction of the events is not there afterwards either", async () => {
  using city = openTemporary();
  const failing = city.kysely.transaction().execute(async (trx) => {
    await city.alongside(trx, [change(1, "sf-1", monday8)]);
    throw new Error("the events could not be written");
  });
  await expect(failing).rejects.toThrow("could not be written");
  expect(await city.told()).toEqual([]);
  expect(await city.incidents()).toEqual([]);
});

test("nobody is told of an alert while it is suppressed; when it no longer is, it counts as new", async () => {
  using city = openTemporary();
  await city.append(change(1, "sf-1", monday8, { suppressed: true }));
  expect(await city.incidents()).toEqual([]);
  await city.append(change(2, "sf-1", monday8 + minute, { type: "unsuppressed" }));
  expect(await city.told()).toEqual(["opened in-app east waiting"]);
  await city.append(
    change(3, "sf-1", monday8 + hour, { suppressed: true, level: 3, severity: "Severe", type: "raised" }),
  );
  expect(await city.told()).toEqual(["opened in-app east waiting"]);
  expect(await city.incidents()).toMatchObject([{ state: "open", openMembers: 1, newMembers: 0, level: 1 }]);
  await city.append(change(4, "sf-1", monday8 + 2 * hour, { level: 3, severity: "Severe", type: "unsuppressed" }));
  expect((await city.incidents())[0]).toMatchObject({ newMembers: 1, level: 3 });
  expect(await city.told()).toContain("raised email east waiting");
});

test("pending, and what is over when it becomes known, tells nobody", async () => {
  using city = openTemporary();
  await city.append(change(1, "sf-1", monday8, { condition: "pending", type: "pending" }));
  await city.append(change(2, "sf-2", monday8), change(3, "sf-2", monday8, { condition: "cleared", level: 0 }));
  await city.append(change(4, "sf-3", monday8, { condition: "cleared", type: "amended", level: 0 }));
  expect(await city.incidents()).toEqual([]);
});

describe("of one centre", () => {
  test("more alerts join; what is still held tells of them, and growth no more often than agreed", async () => {
    using city = openTemporary();
    await city.append(change(1, "sf-1", monday8));
    await city.append(change(2, "sf-2", monday8 + 10_000));
    expect(await city.send(monday8 + minute)).toEqual(["opened in-app east"]);
    await city.append(change(3, "sf-3", monday8 + minute));
    await city.append(change(4, "sf-4", monday8 + 2 * minute));
    expect(await city.send(monday8 + 5 * minute)).toEqual([]);
    expect(await city.send(monday8 + 5 * minute + 30_000)).toEqual(["grown in-app east"]);
    expect((await city.members("w-flood.1")).map(({ subject }) => subject.id)).toEqual([
      "sf-1",
      "sf-2",
      "sf-3",
      "sf-4",
    ]);
  });

  test("an exercise, another centre, another rule and a later day have incidents of their own", async () => {
    using city = openTemporary();
    await city.append(change(1, "sf-1", monday8));
    await city.append(change(2, "sf-2", monday8, { exercise: true }));
    await city.append(change(3, "sf-3", monday8, { area: "w1" }));
    await city.append(change(4, "sf-4", monday8, { definition: "w-wind" }));
    await city.append(change(5, "sf-5", monday8 + 31 * minute));
    expect((await city.incidents()).map(({ id, exercise }) => [id, exercise])).toEqual([
      ["w-flood.5", false],
      ["w-flood.1", false],
      ["w-flood.2", true],
      ["w-flood.3", false],
      ["w-wind.4", false],
    ]);
  });

  test("a rise takes the route of the new severity and is told at once", async () => {
    using city = openTemporary();
    await city.append(change(1, "sf-1", monday8));
    await city.send(monday8 + minute);
    await city.append(change(2, "sf-1", monday8 + minute, { type: "raised", level: 4, severity: "Extreme" }));
    expect(await city.send(monday8 + minute + 5000)).toEqual(["raised in-app east", "raised email east"]);
    const [incident] = await city.incidents();
    expect(incident).toMatchObject({ route: "serious", level: 4, severity: "Extreme", stepAt: monday8 + 16 * minute });
  });

  test("the end is told to everybody who was told; what is held says it in one notice", async () => {
    using city = openTemporary();
    await city.append(change(1, "sf-1", monday8));
    await city.send(monday8 + minute);
    await city.append(change(2, "sf-1", monday8 + 2 * minute, { condition: "cleared", level: 0 }));
    expect(await city.send(monday8 + 2 * minute)).toEqual(["cleared in-app east"]);
    await city.append(change(3, "sf-2", monday8 + 3 * minute));
    await city.append(change(4, "sf-2", monday8 + 3 * minute + 1000, { condition: "cleared", level: 0 }));
    expect(await city.send(monday8 + hour)).toEqual(["opened in-app east"]);
    expect((await city.incidents()).map(({ state }) => state)).toEqual(["cleared", "cleared"]);
  });
});

describe("the ladder", () => {
  const serious = { level: 3, severity: "Severe" } as const;

  test("goes from the unit to the city and its leader while nobody acknowledges", async () => {
    using city = openTemporary();
    await city.append(change(1, "sf-1", monday8, serious));
    expect(await city.send(monday8 + minute)).toEqual(["opened in-app east", "opened email east"]);
    await city.tick(monday8 + 15 * minute - 1);
    expect(await city.send(monday8 + 15 * minute)).toEqual([]);
    await city.tick(monday8 + 15 * minute);
    await city.tick(monday8 + 15 * minute);
    expect(await city.send(monday8 + 15 * minute)).toEqual(["escalated in-app day", "escalated email day"]);
    await city.tick(monday8 + hour);
    expect(await city.send(monday8 + hour)).toEqual(["escalated email leader-a"]);
    await city.tick(monday8 + 3 * hour);
    expect(await city.send(monday8 + 3 * hour)).toEqual([
      "repeated in-app east",
      "repeated email east",
      "repeated in-app day",
      "repeated email day",
      "repeated email leader-a",
    ]);
  });

  test("rests when all is acknowledged, and begins anew with what nobody has acknowledged", async () => {
    using city = openTemporary();
    await city.append(change(1, "sf-1", monday8, serious));
    await city.send(monday8 + minute);
    await city.append(change(2, "sf-1", monday8 + 5 * minute, { ...serious, work: "acknowledged", type: "amended" }));
    await city.tick(monday8 + 24 * hour);
    expect(await city.send(monday8 + 24 * hour)).toEqual([]);
    const later = monday8 + 20 * minute;
    await city.append(change(3, "sf-2", later, serious));
    expect(await city.incidents()).toMatchObject([
      { members: 2, newMembers: 1, steps: 1, stepAt: later + 15 * minute },
    ]);
    await city.tick(later + 15 * minute);
    expect(await city.send(later + 15 * minute)).toEqual([
      "grown in-app east",
      "grown email east",
      "escalated in-app day",
      "escalated email day",
    ]);
  });

  test("a program that was off for long takes each step once", async () => {
    using city = openTemporary();
    await city.append(change(1, "sf-1", monday8, serious));
    await city.tick(monday8 + 9 * hour);
    expect(await city.told()).toEqual([
      "opened in-app east waiting",
      "opened email east waiting",
      "escalated in-app day waiting",
      "escalated email day waiting",
      "escalated email leader-a waiting",
    ]);
  });
});

test("repeat notices come as the level says: daily, every 6 h, every 3 h, hourly", async () => {
  const hours = [24, 6, 3, 1, 1];
  for (const [at, pause] of hours.entries()) {
    using city = openTemporary(["in-app"]);
    await city.append(change(1, "sf-1", monday8, { level: at + 1 }));
    await city.send(monday8 + minute);
    for (const time of [1, 2]) {
      await city.tick(monday8 + time * pause * hour - 1);
      expect(await city.send(monday8 + time * pause * hour - 1)).toEqual([]);
      await city.tick(monday8 + time * pause * hour);
      expect(await city.send(monday8 + time * pause * hour)).toEqual(["repeated in-app east"]);
    }
  }
});

test("400 alerts of a rule within 10 s, all over the city, are one incident and one notice for each who is told", async () => {
  using city = openTemporary();
  for (let i = 0; i < 400; i++) {
    const area = ["e1", "w1", "elsewhere"][i % 3] ?? "";
    await city.append(change(i + 1, `st-${i}`, monday8 + i * 25, { area }));
  }
  const open = (await city.incidents()).filter(({ state }) => state === "open");
  expect(open).toMatchObject([{ storm: true, centre: "oc-city", members: 400, openMembers: 400, newMembers: 400 }]);
  expect(await city.send(monday8 + minute)).toEqual(["opened in-app day", "opened mqtt system"]);
  expect(new Set((await city.members(open[0]?.id ?? "")).map(({ alert }) => alert)).size).toBe(400);
  const merged = (await city.incidents()).filter(({ state }) => state === "merged");
  expect(merged.map(({ mergedInto }) => mergedInto)).toEqual(merged.map(() => open[0]?.id));
  expect(city.takeChanged()).toContain(merged[0]?.id);
});
