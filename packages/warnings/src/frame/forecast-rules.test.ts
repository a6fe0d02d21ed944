import { describe, expect, test } from "vitest";
import { cityOf, day, hour, iso, now } from "./rows-city.ts";

const midnight = Date.parse("2026-11-26T00:00:00+07:00");

interface Step {
  validAt: number;
  median: number;
  /** Half of the 95 % band; 0 is a certain forecast. */
  half?: number;
}

/** One issue of a forecast as rows; the 80 % band is that of a normal distribution. */
function issue(forecast: string, subject: string, issuedAt: number, steps: readonly Step[]): Record<string, unknown>[] {
  return steps.map(({ validAt, median, half = 0 }) => ({
    forecast,
    subject,
    issued_at: iso(issuedAt),
    valid_at: iso(validAt),
    lead_h: (validAt - issuedAt) / hour,
    median,
    lo80: median - half * 0.654,
    hi80: median + half * 0.654,
    lo95: median - half,
    hi95: median + half,
    naive: null,
    actual: null,
    method: "combination",
    backtest_mase: null,
  }));
}

describe("w-load-forecast", () => {
  const rule = "w-load-forecast";
  /** The hours of today that are left and those of tomorrow, with a peak at 19:00 of each. */
  const load = (today: number, tomorrow: number, half = 0): Step[] =>
    Array.from({ length: 38 }, (_, i) => {
      const validAt = now + (i + 1) * hour;
      const peak = validAt === midnight - 5 * hour ? today : validAt === midnight + 19 * hour ? tomorrow : 500;
      return { validAt, median: peak, half };
    });
  const available = (mw: number, from = now - 10 * day, hours = 240) =>
    Array.from({ length: hours }, (_, i) => ({
      time: iso(from + (i + 1) * hour),
      load_mw: 500,
      available_mw: mw,
      solar_mw: 0,
    }));

  test("only tomorrow counts: 720 of 750 MW are 96 %, whatever today's peak is", async () => {
    await using city = await cityOf(rule, {
      forecasts: issue("city-load", "48", now - 4 * hour, load(900, 720)),
      "city-load-hourly": available(750),
    });
    expect(await city.review(now)).toMatchObject([{ level: 2, value: 96, subject: { type: "city" } }]);
  });

  test("89.9 % is a near miss", async () => {
    await using city = await cityOf(rule, {
      forecasts: issue("city-load", "48", now - 4 * hour, load(900, 674)),
      "city-load-hourly": available(750),
    });
    expect(await city.review(now)).toEqual([]);
  });

  test("power announced for tomorrow counts before what was there in the last days", async () => {
    await using city = await cityOf(rule, {
      forecasts: issue("city-load", "48", now - 4 * hour, load(500, 720)),
      "city-load-hourly": [...available(750), ...available(720, midnight, 24)],
    });
    expect(await city.review(now)).toMatchObject([{ level: 3, value: 100 }]);
  });

  test("a peak of 700 MW is below 95 % of 750, with a wide band it is likely above: the probability alone gives level 2", async () => {
    await using sure = await cityOf(rule, {
      forecasts: issue("city-load", "48", now - 4 * hour, load(500, 700, 20)),
      "city-load-hourly": available(750),
    });
    expect(await sure.review(now)).toMatchObject([{ level: 1 }]);
    await using unsure = await cityOf(rule, {
      forecasts: issue("city-load", "48", now - 4 * hour, load(500, 713, 60)),
      "city-load-hourly": available(750),
    });
    const [alert] = await unsure.review(now);
    expect(alert?.level).toBe(2);
    expect(alert?.evidence.signals["p95"]).toBeCloseTo(0.506, 2);
  });

  test("the newest issue replaces the one before: the alert goes down a level at a time; without tomorrow nothing is known", async () => {
    const first = issue("city-load", "48", now - 4 * hour, load(500, 760));
    await using city = await cityOf(rule, { forecasts: first, "city-load-hourly": available(750) });
    await city.review(now);
    const newer = issue("city-load", "48", now + 2 * hour, load(500, 600));
    city.rows["forecasts"] = [...first, ...newer];
    for (const minutes of [120, 122, 124, 126]) {
      city.changed("forecasts");
      await city.review(now + minutes * 60_000);
    }
    expect(await city.log()).toEqual([
      "0 fired 3",
      expect.stringMatching(/lowered 2$/),
      expect.stringMatching(/lowered 1$/),
      expect.stringMatching(/cleared 0$/),
    ]);
    await using short = await cityOf(rule, {
      forecasts: issue("city-load", "48", now - 4 * hour, load(500, 760).slice(0, 30)),
      "city-load-hourly": available(750),
    });
    expect(await short.review(now)).toEqual([]);
    expect(short.list()).toMatchObject({ error: null, openAlerts: 0 });
  });
});

describe("w-river-forecast", () => {
  const rule = "w-river-forecast";
  const levels = (peak: number, half = 0, from = now): Step[] =>
    Array.from({ length: 12 }, (_, i) => ({ validAt: from + (i + 1) * hour, median: i === 8 ? peak : 0.5, half }));
  const review = async (rows: Record<string, unknown>[]) => {
    await using city = await cityOf(rule, { forecasts: rows });
    return await city.review(now);
  };

  test("each gauge is held against its own alarms: 1.2 m is alarm I at Cẩm Lệ and Hội An and nothing at Câu Lâu", async () => {
    const rows = ["rl-cam-le", "rl-cau-lau", "rl-hoi-an"].flatMap((id) => issue("river-level", id, now, levels(1.2)));
    const told = await review(rows);
    expect(told.map(({ subject, level }) => [subject.id, level]).toSorted()).toEqual([
      ["rl-cam-le", 1],
      ["rl-hoi-an", 1],
    ]);
  });

  test("a median below alarm II with an even chance of passing it is level 2; 2.73 m is alarm III", async () => {
    expect(await review(issue("river-level", "rl-cam-le", now, levels(1.79, 0.4)))).toMatchObject([{ level: 1 }]);
    expect(await review(issue("river-level", "rl-cam-le", now, levels(1.8, 0.4)))).toMatchObject([{ level: 2 }]);
    expect(await review(issue("river-level", "rl-cam-le", now, levels(2.73)))).toMatchObject([
      { level: 3, value: 2.73, scale: "risk" },
    ]);
  });

  test("0.99 m is a near miss, and what was forecast for hours gone by counts no more", async () => {
    expect(await review(issue("river-level", "rl-cam-le", now, levels(0.99)))).toEqual([]);
    expect(await review(issue("river-level", "rl-cam-le", now - 10 * hour, levels(2.73, 0, now - 10 * hour)))).toEqual(
      [],
    );
  });
});

describe("w-salinity-forecast", () => {
  const rule = "w-salinity-forecast";
  const review = async (median: number, half: number, issuedAt = now) => {
    await using city = await cityOf(rule, {
      forecasts: issue("intake-salinity", "sa-cau-do-cua-thu-nuoc-tho", issuedAt, [
        { validAt: issuedAt + hour, median: 300, half },
        { validAt: issuedAt + 9 * hour, median, half },
      ]),
    });
    return (await city.review(now)).map(({ level }) => level);
  };

  test("levels by the probability of 1,000 mg/L and by the median", async () => {
    // 1.96 deviations are half of the band: 30 % above lie 0.524 of them over the median.
    expect(await review(700, 1000)).toEqual([]);
    expect(await review(750, 1000)).toEqual([1]);
    expect(await review(1200, 1000)).toEqual([2]);
    expect(await review(2000, 100)).toEqual([3]);
    expect(await review(999, 0)).toEqual([]);
  });

  test("an issue that has run out says nothing", async () => {
    expect(await review(2000, 100, now - 30 * hour)).toEqual([]);
  });
});

describe("w-aqi-forecast", () => {
  const rule = "w-aqi-forecast";
  const today = midnight - day;
  const issuedAt = now - 18 * hour;
  const review = async (tomorrow: number, half = 0) => {
    await using city = await cityOf(rule, {
      forecasts: issue("pm25-day", "aq-khu-cong-nghiep-hoa-khanh", issuedAt, [
        { validAt: today - day, median: 200 },
        { validAt: today, median: tomorrow, half },
      ]),
    });
    return (await city.review(now)).map(({ level, value }) => [level, value]);
  };

  test("the median of the day after the issue as an index: 50 µg/m³ are 100, 80 are 150, 115 are 175", async () => {
    expect(await review(50)).toEqual([]);
    expect(await review(56)).toEqual([[1, 110]]);
    expect(await review(80)).toEqual([[1, 150]]);
    expect(await review(115)).toEqual([[2, 175]]);
    expect(await review(260)).toEqual([[2, 310]]);
    expect(await review(600)).toEqual([[2, 500]]);
  });

  test("a chance of 40 % of passing 100 is told at a median below it", async () => {
    expect(await review(45, 20)).toEqual([]);
    expect(await review(48, 20)).toEqual([[1, 96]]);
  });
});

describe("w-bed-occupancy", () => {
  const rule = "w-bed-occupancy";
  const beds = (date: string, occupied: number, icu: number | null = 8, facility = "da-nang") => ({
    facility_id: facility,
    date,
    beds_staffed: 100,
    beds_occupied: occupied,
    icu_beds: icu === null ? 0 : 10,
    icu_occupied: icu ?? 0,
  });
  const ahead = (median: number, facility = "da-nang") =>
    issue("bed-occupancy", facility, midnight - day + hour, [
      { validAt: midnight, median: 80 },
      { validAt: midnight + 3 * day, median },
      { validAt: midnight + 9 * day, median: 129 },
    ]);

  test("84 % now and 96 % within a week are tight; what lies beyond a week does not count", async () => {
    await using city = await cityOf(rule, { "hospital-beds-daily": [beds("2026-11-24", 84)], forecasts: ahead(96) });
    expect(await city.review(now)).toMatchObject([{ level: 1, value: 84, subject: { type: "item", id: "da-nang" } }]);
    await using calm = await cityOf(rule, { "hospital-beds-daily": [beds("2026-11-24", 84)], forecasts: ahead(94) });
    expect(await calm.review(now)).toEqual([]);
  });

  test("101 % is nearly full at once and overloaded after two days; it ends a level at a time", async () => {
    await using city = await cityOf(rule, { "hospital-beds-daily": [beds("2026-11-24", 101)], forecasts: ahead(90) });
    expect(await city.review(now)).toMatchObject([{ level: 2 }]);
    city.rows["hospital-beds-daily"] = [beds("2026-11-26", 101)];
    await city.review(now + day);
    expect(await city.review(now + 2 * day)).toMatchObject([{ level: 3 }]);
  });

  test("a facility without intensive care is told and clears by its beds alone", async () => {
    await using city = await cityOf(rule, {
      "hospital-beds-daily": [beds("2026-11-24", 96, null, "mat")],
      forecasts: ahead(90, "mat"),
    });
    expect(await city.review(now)).toMatchObject([{ level: 2, subject: { id: "mat" } }]);
    for (let days = 1; days <= 6; days += 1) {
      const date = iso(midnight + (days - 1) * day + 8 * hour).slice(0, 10);
      city.rows["hospital-beds-daily"] = [beds(date, 60, null, "mat")];
      city.rows["forecasts"] = issue("bed-occupancy", "mat", now + days * day - hour, [
        { validAt: midnight + days * day, median: 62 },
      ]);
      await city.review(now + days * day);
    }
    expect(await city.open()).toEqual([]);
  });
});

describe("w-tide-forecast", () => {
  const rule = "w-tide-forecast";
  const high = midnight + 3 * hour;
  const gauge = "td-son-tra-cang-tien-sa";
  const sea = (level: number): Step[] =>
    Array.from({ length: 40 }, (_, i) => {
      const validAt = now + (i + 1) * hour;
      return { validAt, median: validAt === high ? level : 0.8 };
    });
  const rain = (validAt: number, mm: number, issuedAt = now - 4 * hour, area = "48") => ({
    issued_at: iso(issuedAt),
    valid_at: iso(validAt),
    area_code: area,
    rain_mm: mm,
  });
  const review = async (level: number, weather: Record<string, unknown>[], river: Record<string, unknown>[] = []) => {
    await using city = await cityOf(rule, {
      forecasts: [...issue("tide-level", gauge, now - 2 * hour, sea(level)), ...river],
      "weather-forecast": weather,
    });
    return (await city.review(now)).map((alert) => [alert.level, alert.evidence.signals]);
  };
  // High water at 3:00 lies in the middle of the span to 6:00; the one before is the next nearest.
  const dry = [rain(midnight, 2), rain(midnight + 6 * hour, 3)];

  test("a high water of 1.35 m is in the top 5 %, 1.34 m is a near miss whatever the rain", async () => {
    expect(await review(1.35, dry)).toEqual([[1, { t: 1.35, q: 1.35, r: 5, hc: null }]]);
    expect(await review(1.34, [rain(midnight, 60), rain(midnight + 6 * hour, 60)])).toEqual([]);
  });

  test("30 mm around it make level 2: the newest issue for the city counts, other times and units do not", async () => {
    const wet = [
      rain(midnight, 1, now - 10 * hour),
      rain(midnight, 12),
      rain(midnight + 6 * hour, 18),
      rain(midnight + 12 * hour, 90),
      rain(midnight + 6 * hour, 90, now - 4 * hour, "20260"),
    ];
    expect(await review(1.4, wet)).toEqual([[2, { t: 1.4, q: 1.35, r: 30, hc: null }]]);
  });

  test("so does a high river at Cẩm Lệ, as it last stood", async () => {
    const river = issue("river-level", "rl-cam-le", now - 3 * hour, [
      { validAt: now - 2 * hour, median: 0.2 },
      { validAt: now - hour, median: 0.2 },
      { validAt: now, median: 0.2 },
    ]).map((row, i) => ({ ...row, actual: [0.4, 1.0, null][i] }));
    expect(await review(1.4, dry, river)).toEqual([[2, { t: 1.4, q: 1.35, r: 5, hc: 1 }]]);
  });
});
