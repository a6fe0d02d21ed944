import { describe, expect, test } from "vitest";
import { series } from "../engine/test-city.ts";
import { cityOf, hour, iso, minute, now } from "./rows-city.ts";
import type { Row } from "./rows-city.ts";

const quarter = 15 * minute;
const half = 30 * minute;

describe("w-landfill-odour", () => {
  const site = "lf-bai-rac-khanh-son";
  const air = (h2s: string, direction: string, speed: string, from = now - hour) => [
    ...series(`${site}:h2s`, h2s, from + quarter, quarter),
    ...series(`${site}:wind_dir`, direction, from + quarter, quarter),
    ...series(`${site}:wind_speed`, speed, from + quarter, quarter),
  ];
  /** Tickets two kilometres north of the site, or ten. */
  const tickets = (count: number, { km = 2, category = "odour", at = now - hour } = {}): Row[] =>
    Array.from({ length: count }, (_, i) => ({
      ticket_id: `${category}-${km}-${at}-${i}`,
      category,
      received_at: iso(at),
      location: [108.127, 16.053 + km / 111.2],
    }));

  test("fires an hour after gas and wind come together, stays through a gap, and clears two hours after the wind turned", async () => {
    await using city = await cityOf("w-landfill-odour", { "feedback-tickets": [] }, [
      // From 210 to 320 degrees the wind blows to the homes; below 0.5 m/s it blows nowhere.
      ...air("50x15", "200x3 210x11", "2x15"),
      ...air("50x24", "90x24", "2x24", now + 7 * hour),
    ]);
    await city.pass(now - quarter, now + 7 * hour, quarter);
    expect(await city.log()).toEqual(["1.25 fired 1", "5.5 stale 1"]);
    const late = air("50x4", "90x4", "2x4", now + 6 * hour);
    await city.record([...late, ...late]);
    await city.pass(now + 7 * hour, now + 10 * hour, quarter);
    expect((await city.log()).slice(2)).toEqual(["7.25 fresh 1", "7.25 recovering 1", "9.25 cleared 0"]);
    expect(city.list()).toMatchObject({ subjects: 1, error: null });
  });

  test("three people who complain nearby make it level 2 at once, whatever the wind", async () => {
    const others = [...tickets(2), ...tickets(3, { km: 10 }), ...tickets(3, { category: "traffic" })];
    const rows = { "feedback-tickets": [...others, ...tickets(2, { at: now - 4 * hour })] };
    await using city = await cityOf("w-landfill-odour", rows, air("42x8", "90x8", "2x8"));
    expect(await city.review(now)).toEqual([]);
    city.rows["feedback-tickets"]?.push(...tickets(1, { at: now }));
    city.changed("feedback-tickets");
    expect(await city.review(now + minute)).toMatchObject([
      { level: 2, subject: { type: "station", id: site }, evidence: { signals: { h: 42, toward: 0, t: 3 } } },
    ]);
  });

  test("41 are a near miss in calm air; 150 alert by themselves after half an hour", async () => {
    await using near = await cityOf("w-landfill-odour", {}, air("41x12", "90x12", "0.4x12"));
    await near.pass(now - quarter, now + 2 * hour, quarter);
    await using strong = await cityOf("w-landfill-odour", {}, air("150x12", "90x12", "2x12"));
    await strong.pass(now - quarter, now + hour, quarter);
    expect([await near.log(), await strong.log()]).toEqual([[], ["0.5 fired 3"]]);
  });
});

describe("w-sea-state-beach", () => {
  const beach = "ss-bai-bien-my-khe";
  const sea = (waves: string, current: string, from = now) => [
    ...series(`${beach}:hs`, waves, from, half),
    ...series(`${beach}:current`, current, from, half),
  ];
  const bulletin = (level: number, more: Row = {}) => ({
    bulletin_id: `b${level}`,
    issued_at: iso(now),
    hazard: "strong-wind-sea",
    risk_level: level,
    area_codes: "48",
    valid_from: iso(now),
    valid_to: iso(now + 6 * hour),
    ...more,
  });

  test("the worked example: 1.9 and 2.2 m with a current of 0.50 m/s are a red flag after half an hour", async () => {
    await using city = await cityOf("w-sea-state-beach", {}, sea("1.9 2.2x3 0.9x11", "0.3 0.5x3 0.25x11"));
    await city.pass(now, now + 7 * hour, 10 * minute);
    // Means: 2.05 and 0.4 at 0.5 h, then 2.2 and 0.5; 1.55 at 2.5 h, 0.9 from 3 h on. Each flag is left two hours later.
    expect(await city.log()).toEqual(["1 fired 2", "2.5 recovering 2", "4.5 lowered 1", "5 cleared 0"]);
    expect(city.list()).toMatchObject({ subjects: 8, error: null });
  });

  test("one large value, and waves just below, are near misses", async () => {
    await using city = await cityOf("w-sea-state-beach", {}, sea("1.2x4 1.3 1.1 1.2x4", "0.39x10"));
    await city.pass(now, now + 5 * hour, 10 * minute);
    expect(await city.log()).toEqual([]);
  });

  test("a gap clears nothing, late and repeated readings end in the same, a bulletin closes the beaches", async () => {
    await using city = await cityOf("w-sea-state-beach", {}, sea("2.6x5", "0.5x5"));
    await city.pass(now, now + 7 * hour, 10 * minute);
    expect((await city.log())[0]).toBe("1 fired 3");
    expect(await city.open()).toMatchObject([{ level: 3, condition: "firing", stale: true }]);
    const late = sea("2.6x12", "0.5x12", now + 2.5 * hour);
    await city.record(late.toReversed());
    await city.record(late);
    await city.pass(now + 7 * hour, now + 8 * hour, 10 * minute);
    expect(await city.open()).toMatchObject([{ level: 3, condition: "firing", stale: false, episode: 1 }]);
    await using warned = await cityOf("w-sea-state-beach", { "hydro-bulletins": [bulletin(3)] });
    await warned.pass(now, now + hour, 10 * minute);
    expect(new Set(Object.values(await warned.levels()))).toEqual(new Set([3]));
  });
});
