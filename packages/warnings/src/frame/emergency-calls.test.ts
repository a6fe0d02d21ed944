import { describe, expect, test } from "vitest";
import { definition } from "../engine/test-city.ts";
import { cityOf, day, hour, iso, minute, now } from "./rows-city.ts";

describe("w-emergency-call-surge", () => {
  const rule = definition("w-emergency-call-surge");
  /** Calls of the same hour eight weeks back: mean 16, variance 24. */
  const before = [10, 22, 12, 20, 14, 18, 9, 23];
  const calls = (service: string, latest: number, answered = 0.9): Record<string, unknown>[] => [
    ...before.map((count, i) => ({
      hour: iso(now - (i + 1) * 7 * day),
      service,
      calls: count + 2,
      hoax: 2,
      answered_20s: count,
    })),
    // Other hours of the week do not count.
    ...before.map((_, i) => ({
      hour: iso(now - (i + 1) * 7 * day - 3 * hour),
      service,
      calls: 500,
      hoax: 0,
      answered_20s: 1,
    })),
    { hour: iso(now), service, calls: latest, hoax: 0, answered_20s: Math.floor(answered * latest) },
  ];

  test("is counted against the same hour of the week, and weighs more when callers wait", async () => {
    await using city = await cityOf(rule, {
      "emergency-calls-hourly": [...calls("115", 42), ...calls("114", 42, 0.5), ...calls("113", 24)],
    });
    // mean 16, sample variance 30, phi 1.87: (42 - 16) / sqrt(30) = 4.75
    const fired = await city.review(now + 10 * minute);
    expect(fired.map(({ subject, level, evidence }) => [subject.id, level, evidence.signals["z"]])).toEqual([
      ["114", 2, expect.closeTo(26 / Math.sqrt(29.43), 1)],
      ["115", 1, expect.closeTo(26 / Math.sqrt(29.43), 1)],
    ]);
    expect((await city.open())[0]?.headline.vi).toMatch(/^42 cuộc gọi trong một giờ tới 11[45] - /);
  });

  test("nine calls are a near miss, however quiet the hour usually is", async () => {
    const quiet = calls("112", 9).map((row) => (row["calls"] === 9 ? row : { ...row, calls: 0, hoax: 0 }));
    await using city = await cityOf(rule, { "emergency-calls-hourly": quiet });
    expect(await city.review(now)).toEqual([]);
  });
});
