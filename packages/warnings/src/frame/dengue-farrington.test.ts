import { describe, expect, test } from "vitest";
import { definition, network } from "../engine/test-city.ts";
import { cityOf, day, hour, now, wards, weekBefore } from "./rows-city.ts";

const week = 7 * day;
const dataset = "notifiable-disease-weekly";
const [one = "", two = ""] = wards;

/** Weeks of the city, oldest first, told by two wards in halves; the last of them `last` weeks after 2026-W47. */
const weeks = (cases: readonly number[], last = 0) =>
  cases.flatMap((count, i) =>
    [one, two].map((area_code, half) => ({
      isoweek: weekBefore(cases.length - 1 - i - last),
      area_code,
      disease: "dengue",
      cases: half === 0 ? Math.floor(count / 2) : Math.ceil(count / 2),
    })),
  );

/** Six years around twenty cases a week. */
const history = Array.from({ length: 312 }, (_, i) => 20 + ((i * 7) % 5) - 2);

describe("w-dengue-farrington", () => {
  const rule = definition("w-dengue-farrington");

  test("50 cases where 20 are expected stand above the limit; a second such week is the epidemic zone", async () => {
    await using city = await cityOf(rule, { [dataset]: weeks([...history, 50]) });
    expect(await city.settle(now)).toMatchObject([
      {
        definition: "w-dengue-farrington",
        subject: { type: "city", id: network.areas.find(({ level }) => level === "city")?.id },
        level: 1,
        value: 50,
        evidence: { signals: { e: 1 } },
      },
    ]);
    city.rows[dataset] = weeks([...history, 50, 50], 1);
    expect(await city.settle(now + week)).toMatchObject([{ level: 2, evidence: { signals: { e: 2 } } }]);
    expect(city.list()).toMatchObject({ subjects: 1, error: null });
  });

  test("30 cases are within the limit, and so is anything in a city without years of history", async () => {
    await using city = await cityOf(rule, { [dataset]: weeks([...history, 30]) });
    expect(await city.settle(now)).toEqual([]);
    city.rows[dataset] = weeks([...history.slice(-100), 90]);
    city.changed(dataset);
    expect(await city.settle(now + 2 * hour)).toEqual([]);
  });

  test("goes down one level in two weeks each when the weeks are usual again", async () => {
    const cases = [...history, 50, 50];
    await using city = await cityOf(rule, { [dataset]: weeks(cases) });
    await city.settle(now);
    for (let at = 1; at <= 4; at++) {
      cases.push(20);
      city.rows[dataset] = weeks(cases, at);
      await city.review(now + at * week);
    }
    expect(await city.log()).toEqual(["1 fired 2", "168 recovering 2", "504 lowered 1", "672 cleared 0"]);
  });

  test("weeks that nobody reports leave it open and stale; the same rows again say nothing", async () => {
    await using city = await cityOf(rule, { [dataset]: weeks([...history, 50]) });
    await city.settle(now);
    city.changed(dataset);
    expect(await city.settle(now + 2 * hour)).toEqual([]);
    for (let at = 1; at <= 7; at++) await city.review(now + at * week);
    expect(await city.open()).toMatchObject([{ level: 1, condition: "firing", stale: true }]);
  });

  test("what a ward tells late is counted when it is there", async () => {
    const rows = weeks([...history, 50]);
    await using city = await cityOf(rule, { [dataset]: rows.slice(0, -1) });
    expect(await city.settle(now)).toEqual([]);
    city.rows[dataset] = rows;
    city.changed(dataset);
    expect(await city.settle(now + 2 * hour)).toMatchObject([{ level: 1 }]);
  });
});
