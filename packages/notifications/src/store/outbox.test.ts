import { describe, expect, test } from "vitest";
import { change, minute, monday8 } from "../testing.ts";
import { openTemporary, page } from "./test-city.ts";

describe("the outbox", () => {
  test("a channel that is not configured has no rows", async () => {
    using city = openTemporary([]);
    await city.append(change(1, "sf-1", monday8));
    expect(await city.told()).toEqual([]);
    expect(await city.incidents()).toHaveLength(1);
  });

  test("what was taken and not reported is taken again, with the same key", async () => {
    using city = openTemporary();
    await city.append(change(1, "sf-1", monday8));
    const now = monday8 + minute;
    const take = (wall: number) => city.outbox.claim({ now, wall, limit: 10, claimMs: minute });
    const [first] = await take(1000);
    expect(await take(2000)).toEqual([]);
    await city.outbox.releaseClaims();
    const [again] = await take(2000);
    expect(again).toMatchObject({ key: first?.key, attempts: 2 });
    expect(await take(2000 + minute)).toMatchObject([{ key: first?.key, attempts: 3 }]);
  });

  test("what has failed for good stays, is counted with its error, and can be tried again", async () => {
    using city = openTemporary();
    await city.append(change(1, "sf-1", monday8));
    const claim = { now: monday8 + minute, limit: 10, claimMs: minute };
    const [notice] = await city.outbox.claim({ ...claim, wall: 1 });
    await city.outbox.failed(notice?.id ?? 0, "no route", 5000);
    expect(await city.outbox.counts("in-app")).toEqual({ waiting: 1, sent: 0, failed: 0, lastError: "no route" });
    expect(await city.outbox.claim({ ...claim, wall: 4999 })).toEqual([]);
    expect(await city.outbox.claim({ ...claim, wall: 5000 })).toHaveLength(1);
    await city.outbox.failed(notice?.id ?? 0, "gone", null);
    expect(await city.outbox.claim({ ...claim, wall: 1e15 })).toEqual([]);
    expect(await city.outbox.counts("in-app")).toEqual({ waiting: 0, sent: 0, failed: 1, lastError: "gone" });
    expect(await city.outbox.retry(notice?.id ?? 0)).toBe(true);
    expect(await city.outbox.retry(notice?.id ?? 0)).toBe(false);
    expect(await city.outbox.claim({ ...claim, wall: 5000 })).toHaveLength(1);
  });

  test("notices are found by any alert of their incident", async () => {
    using city = openTemporary();
    await city.append(change(1, "sf-1", monday8), change(2, "sf-2", monday8));
    const of = async (alert: string) => (await city.outbox.list({ alert, ...page })).total;
    expect([await of("w-flood.sf-1.1"), await of("w-flood.sf-2.1"), await of("w-flood.sf-3.1")]).toEqual([1, 1, 0]);
  });

  test("a contact has push messages when a browser has subscribed for it", async () => {
    using city = openTemporary(["push"]);
    const subscription = { endpoint: "https://push.example/1", keys: { p256dh: "k", auth: "a" } };
    await city.outbox.subscribe("east", subscription);
    expect(await city.outbox.subscriptions("east")).toEqual([subscription]);
    expect(await city.outbox.pushed()).toEqual(new Set(["east"]));
    await city.outbox.unsubscribe(subscription.endpoint);
    expect(await city.outbox.subscriptions("east")).toEqual([]);
  });
});
