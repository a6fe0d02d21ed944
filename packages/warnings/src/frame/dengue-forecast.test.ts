import { describe, expect, test } from "vitest";
import { cityOf, day, hour, iso, now, wards, weekBefore, type Row } from "./rows-city.ts";

const rule = "w-dengue-forecast";
const week = 7 * day;
/** Monday of the week that runs at `now`, 2026-W48. */
const monday = Date.parse("2026-11-23T00:00:00+07:00");
const [one = "", two = ""] = wards;

/** Six years of weeks up to 2026-W47 around ten cases: the third quartile of any week is 11 or 12. */
const cases = (ward: string): Row[] =>
  Array.from({ length: 312 }, (_, i) => ({
    isoweek: weekBefore(i),
    area_code: ward,
    disease: "dengue",
    cases: 8 + ((i * 7) % 5),
  }));

interface Ahead {
  medians: readonly number[];
  /** Half of the 95 % band. */
  half?: number;
  issuedAt?: number;
}

/** One issue of a ward: weeks from the one that runs on. */
const issue = (ward: string, { medians, half = 4, issuedAt = now - 2 * hour }: Ahead): Row[] =>
  medians.map((median, i) => ({
    forecast: "dengue-week",
    subject: ward,
    issued_at: iso(issuedAt),
    valid_at: iso(monday + i * week),
    lead_h: (monday + (i + 1) * week - issuedAt) / hour,
    median,
    lo80: median - half * 0.654,
    hi80: median + half * 0.654,
    lo95: median - half,
    hi95: median + half,
    naive: null,
    actual: null,
    method: "nb-climate",
    backtest_mase: null,
  }));

const city = (...forecasts: Row[][]) =>
  cityOf(rule, { "notifiable-disease-weekly": [...cases(one), ...cases(two)], forecasts: forecasts.flat() });

describe("w-dengue-forecast", () => {
  test("the likeliest of the four weeks counts; a ward below its quartile says nothing", async () => {
    await using own = await city(issue(one, { medians: [9, 12, 13, 12.4] }), issue(two, { medians: [8, 8, 8, 8] }));
    const told = await own.review(now);
    expect(told).toMatchObject([{ level: 2, subject: { id: one } }]);
    const { p, f } = told[0]!.evidence.signals;
    expect(p).toBeGreaterThan(0.6);
    expect(p).toBeLessThan(0.8);
    expect(f).toBeCloseTo(13 / 11, 1);
    expect(own.list()).toMatchObject({ subjects: 2, error: null });
  });

  test("more than the quartile is from the next whole number of cases on: a median just there is an even chance", async () => {
    await using own = await city(issue(one, { medians: [9, 9, 9, 11.5] }));
    const [alert] = await own.review(now);
    expect(alert).toMatchObject({ level: 1 });
    expect(alert?.evidence.signals["p"]).toBeCloseTo(0.5, 2);
  });

  test("38 % is a near miss; twice the quartile and likely is a large wave", async () => {
    await using calm = await city(issue(one, { medians: [9, 9, 9, 10.85] }));
    expect(await calm.review(now)).toEqual([]);
    await using wave = await city(issue(one, { medians: [15, 20, 24, 23] }));
    expect(await wave.review(now)).toMatchObject([{ level: 3 }]);
  });

  test("a week that is over counts no more, and it goes down a level at a time", async () => {
    const first = issue(one, { medians: [30, 9, 9, 9] });
    await using own = await city(first);
    expect(await own.review(now)).toMatchObject([{ level: 3 }]);
    // The next issue is late: of the old one the week that was likely is over.
    for (let days = 6; days <= 15; days += 1) {
      own.changed("forecasts");
      await own.review(now + days * day);
    }
    expect(await own.log()).toEqual([
      "0 fired 3",
      "144 recovering 3",
      "312 lowered 2",
      "336 lowered 1",
      "360 cleared 0",
    ]);
  });

  test("the newest issue counts", async () => {
    const older = issue(one, { medians: [30, 30, 30, 30], issuedAt: now - 50 * hour });
    await using own = await city(older, issue(one, { medians: [9, 9, 9, 9] }));
    expect(await own.review(now)).toEqual([]);
  });

  test("without five years of weeks or without bands nothing is known", async () => {
    await using young = await cityOf(rule, {
      "notifiable-disease-weekly": cases(one).slice(0, 100),
      forecasts: issue(one, { medians: [30, 30, 30, 30] }),
    });
    expect(await young.review(now)).toEqual([]);
    const bare = issue(one, { medians: [30, 30, 30, 30] }).map((row) => ({ ...row, lo80: null, hi80: null }));
    await using without = await city(bare);
    expect(await without.review(now)).toEqual([]);
    expect(without.list()).toMatchObject({ error: null, openAlerts: 0 });
  });
});
