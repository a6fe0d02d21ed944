import { describe, expect, test } from "vitest";
import { definition } from "../engine/test-city.ts";
import { cityOf, iso, now } from "./test-rows.ts";

const hour = 3_600_000;
const day = 24 * hour;
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
  const rule = definition("w-load-forecast");
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
