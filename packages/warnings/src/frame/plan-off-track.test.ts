import { describe, expect, test } from "vitest";
import { definition } from "../engine/test-city.ts";
import { cityOf, day, hour, now } from "./rows-city.ts";

const budget = "budget-revenue-monthly";
const month = (index: number) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;

/** Shares of the year's revenue by month; 45 % are reached by June. */
const usual = [0.1, 0.06, 0.07, 0.08, 0.06, 0.08, 0.1, 0.07, 0.08, 0.1, 0.08, 0.12];

/** Months of the budget: three years as usual, then months of this year with amounts of their own, all of one source. */
const revenue = (amounts: readonly (number | null)[], plan = 36_198, source = "domestic") => [
  ...[2023, 2024, 2025].flatMap((year) =>
    usual.map((share, m) => ({
      month: month(year * 12 + m),
      source,
      plan_year_vnd_bn: 30_000,
      actual_vnd_bn: 30_000 * share,
    })),
  ),
  ...amounts.flatMap((amount, m) =>
    amount === null ? [] : [{ month: month(2026 * 12 + m), source, plan_year_vnd_bn: plan, actual_vnd_bn: amount }],
  ),
];
const first = (upTo: number, total: number) => usual.slice(0, upTo).map((share) => total * share);
/** 14,500 by mid-year. */
const half = first(6, 14_500 / 0.45);
const target = (id: string, year: number, actual: number | null, plan: number, direction = "at-least") => ({
  year,
  target_id: id,
  pillar: "digital-government",
  name_vi: `Chỉ tiêu ${id}`,
  unit: "%",
  plan_value: plan,
  actual_value: actual,
  direction,
});

describe("w-plan-off-track", () => {
  const rule = definition("w-plan-off-track");

  test("14,500 of 36,198 by mid-year, of which usually 45 % are reached, is heading for 89.0 %", async () => {
    await using city = await cityOf(rule, { [budget]: revenue(half) });
    expect(await city.settle(now)).toMatchObject([
      {
        subject: { type: "item", id: "budget-revenue" },
        level: 2,
        value: expect.closeTo(89.0, 1),
        headline: {
          vi: "Thu ngân sách: ước đạt 89,0% kế hoạch năm",
          en: "Budget revenue: heading for 89.0% of the year's plan",
        },
        evidence: { signals: { mth: 6 } },
      },
    ]);
    expect(city.list()).toMatchObject({ subjects: 1, error: null });
  });

  test("history that is on its way raises nothing: the projection must hold for an hour", async () => {
    const whole = revenue(first(5, 36_198));
    // Without the earlier years 39 % in five months are taken for little.
    await using city = await cityOf(rule, { [budget]: whole.filter(({ month: of }) => of >= "2026") });
    expect(await city.review(now)).toEqual([]);
    city.rows[budget] = whole;
    city.changed(budget);
    expect(await city.settle(now + hour / 2)).toEqual([]);
  });

  test("97 % are a near miss, and three months say nothing, however bad", async () => {
    await using city = await cityOf(rule, { [budget]: revenue(first(8, 0.971 * 36_198)) });
    expect(await city.settle(now)).toEqual([]);
    await using early = await cityOf(rule, { [budget]: revenue(first(3, 20_000)) });
    expect(await early.settle(now)).toEqual([]);
    expect(early.list()).toMatchObject({ subjects: 1, openAlerts: 0 });
  });

  test("each plan of its own kind: by month for the whole year, by quarter, and levels in both directions", async () => {
    const tourism = Array.from({ length: 12 }, (_, m) => ({
      month: month(2026 * 12 + m),
      service: "food",
      plan_vnd_bn: 100,
      revenue_vnd_bn: m < 6 ? 80 : null,
    }));
    const quarters = [1, 2, 3].map((q) => ({
      quarter: `2026-Q${q}`,
      revenue_vnd_bn: 95,
      revenue_plan_vnd_bn: 100,
      software_export_usd_m: 30,
      software_export_plan_usd_m: 30,
    }));
    const targets = [
      // Ten months of twelve took it from 60 to 65: heading for 66.
      target("t-1", 2025, 60, 60),
      target("t-1", 2026, 65, 80),
      // Down from 30 to 20 minutes, heading for 18 of at most 15.
      target("t-2", 2025, 30, 30, "at-most"),
      target("t-2", 2026, 20, 15, "at-most"),
      target("t-3", 2026, null, 50),
    ];
    await using city = await cityOf(rule, {
      "tourism-revenue-monthly": tourism,
      "ict-industry-quarterly": quarters,
      "digital-targets": targets,
    });
    const fired = await city.settle(now);
    expect(Object.fromEntries(fired.map(({ subject, level, value }) => [subject.id, [level, value]]))).toEqual({
      "ict-revenue": [1, expect.closeTo(95, 6)],
      "t-1": [2, expect.closeTo(82.5, 6)],
      "t-2": [2, expect.closeTo(83.333, 3)],
      "tourism-revenue": [2, expect.closeTo(80, 6)],
    });
    expect(fired.find(({ subject }) => subject.id === "t-1")?.headline.vi).toBe(
      "Chỉ tiêu t-1: ước đạt 82,5% kế hoạch năm",
    );
    // Exports are on plan, and the target without a figure is no subject.
    expect(city.list()).toMatchObject({ subjects: 5, openAlerts: 4 });
  });

  test("goes down when the year recovers by two points for thirty days", async () => {
    await using city = await cityOf(rule, { [budget]: revenue(half) });
    await city.settle(now);
    city.rows[budget] = revenue([...half.slice(0, 5), (half[5] ?? 0) + 0.45 * (0.915 - 0.8902) * 36_198]);
    for (let d = 7; d <= 42; d += 7) await city.review(now + d * day);
    expect(await city.open()).toMatchObject([{ level: 2, condition: "firing" }]);
    city.rows[budget] = revenue([...half.slice(0, 5), (half[5] ?? 0) + 0.45 * (0.995 - 0.8902) * 36_198]);
    for (let d = 49; d <= 98; d += 7) await city.review(now + d * day);
    expect((await city.log()).map((line) => line.replace(/^\S+ /, ""))).toEqual([
      "fired 2",
      "recovering 2",
      "lowered 1",
      "cleared 0",
    ]);
  });

  test("a month or a source that is missing makes the year unknown, not worse; it is counted when it comes late", async () => {
    const domestic = revenue(first(8, 36_198));
    const customs = revenue(first(8, 36_198), 36_198, "customs");
    const gap = revenue(first(8, 36_198).map((amount, m) => (m === 4 ? null : amount)));
    await using city = await cityOf(rule, { [budget]: gap });
    expect(await city.settle(now)).toEqual([]);
    city.rows[budget] = [...domestic, ...customs.filter(({ month: of }) => of !== "2026-08")];
    city.changed(budget);
    expect(await city.settle(now + 2 * hour)).toEqual([]);
    city.rows[budget] = revenue(first(8, 30_000));
    city.changed(budget);
    expect(await city.settle(now + 4 * hour)).toMatchObject([{ level: 2 }]);
    city.changed(budget);
    expect(await city.settle(now + 6 * hour)).toEqual([]);
  });

  test("figures that stop leave it open and stale", async () => {
    await using city = await cityOf(rule, { [budget]: revenue(half) });
    await city.settle(now);
    city.rows[budget] = [];
    for (let d = 7; d <= 140; d += 7) await city.review(now + d * day);
    expect(await city.open()).toMatchObject([{ level: 2, condition: "firing", stale: true }]);
  });
});
