import { describe, expect, test } from "vitest";
import { definition, network } from "../engine/test-city.ts";
import { cityOf, day, now } from "./rows-city.ts";

describe("w-dengue-ears", () => {
  const rule = definition("w-dengue-ears");
  const [ward = ""] = network.areas
    .filter(({ scheme, level }) => scheme === network.scheme && level === "ward")
    .map(({ id }) => id);
  const weeks = (cases: readonly number[], last: number) =>
    cases.map((count, i) => ({
      isoweek: `2026-W${String(last - cases.length + 1 + i).padStart(2, "0")}`,
      area_code: ward,
      disease: "dengue",
      cases: count,
    }));

  test("20 cases after 10 12 9 11 10 13 12 and two weeks left out are a cluster, a second such week a growing one", async () => {
    const cases = [10, 12, 9, 11, 10, 13, 12, 12, 13, 20];
    await using city = await cityOf(rule, { "notifiable-disease-weekly": weeks(cases, 46) });
    expect(await city.review(now)).toMatchObject([
      {
        level: 2,
        value: 20,
        subject: { type: "ward", id: ward },
        evidence: { signals: { c2: expect.closeTo(6.364, 3), k: 1 } },
      },
    ]);
    city.rows["notifiable-disease-weekly"] = weeks([...cases, 30], 47);
    expect(await city.review(now + day)).toMatchObject([{ level: 3, evidence: { signals: { k: 2 } } }]);
    expect((await city.open())[0]?.areas[network.scheme]?.[0]).toBe(ward);
  });

  test("few cases, or a short history, fire nothing", async () => {
    await using city = await cityOf(rule, { "notifiable-disease-weekly": weeks([0, 0, 0, 0, 0, 0, 0, 0, 0, 2], 46) });
    expect(await city.review(now)).toEqual([]);
    city.rows["notifiable-disease-weekly"] = weeks([1, 30], 47);
    expect(await city.review(now + day)).toEqual([]);
  });
});
