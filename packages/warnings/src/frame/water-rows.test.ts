import { describe, expect, test } from "vitest";
import { network, series } from "../engine/test-city.ts";
import { cityOf, day, hour, iso, minute, now } from "./rows-city.ts";
import type { Row } from "./rows-city.ts";

describe("w-reservoir-flood-level", () => {
  const dam = "rs-a-vuong";
  const levels = (text: string, from = now) => series(`${dam}:level`, text, from, hour);
  const register = [
    { station_id: dam, normal_level: 380, pre_max: 376, design_flood: 382.2 },
    { station_id: "rs-hoa-trung", normal_level: 41.5, pre_max: null, design_flood: 43 },
  ];
  /** Four steps of six hours: of the city, and of a unit where one is given. */
  const forecast = (mm: number, area = "48", issued = now - hour): Row[] =>
    [1, 2, 3, 4, 5].map((step) => ({
      issued_at: iso(issued),
      valid_at: iso(issued + step * 6 * hour),
      area_code: area,
      rain_mm: mm / 4,
    }));
  const opened = (rows: Row[], text: string) =>
    cityOf("w-reservoir-flood-level", { "reservoir-registry": register, "weather-forecast": rows }, levels(text));

  test("no flood room: six hours above the level before a flood with 100 mm forecast, in the flood season", async () => {
    await using city = await opened(forecast(100), "377x12");
    await city.pass(now, now + 7 * hour, 15 * minute);
    expect(await city.log()).toEqual(["6.25 fired 1"]);
    expect(city.list()).toMatchObject({ subjects: 2, error: null });
    expect((await city.open())[0]).toMatchObject({ value: 377, evidence: { basis: "official", signals: { fr: 100 } } });
  });

  test("99 mm are a near miss, and so is what is forecast of the city where the dam's own unit has a forecast", async () => {
    const area = network.stations.find(({ id }) => id === dam)?.areas[network.scheme] ?? "";
    await using near = await opened(forecast(99), "377x10");
    await near.pass(now, now + 8 * hour, hour);
    await using own = await opened([...forecast(200), ...forecast(20, area)], "377x10");
    await own.pass(now, now + 8 * hour, hour);
    // An older round of the forecast does not count.
    await using older = await opened([...forecast(200, "48", now - 7 * hour), ...forecast(20)], "377x10");
    await older.pass(now, now + 8 * hour, hour);
    expect([await near.log(), await own.log(), await older.log()]).toEqual([[], [], []]);
  });

  test("above the normal level for an hour, near the design flood level at once; a gap clears nothing", async () => {
    await using city = await opened(forecast(0), "380.1 380.1 381.8 _ _ _ _ _ _ _ _ _ 381x12 378x24");
    await city.pass(now, now + 11 * hour, hour);
    // A level counts for two hours.
    expect(await city.log()).toEqual(["2 fired 3", "9 stale 3"]);
    const late = levels("381.7 381.2", now + 3 * hour);
    await city.record([...late, ...late]);
    await city.pass(now + 11 * hour, now + 34 * hour, hour);
    expect((await city.log()).slice(2)).toEqual([
      "12 fresh 3",
      "12 recovering 3",
      "18 lowered 2",
      "25 recovering 2",
      "31 lowered 1",
      "32 cleared 0",
    ]);
  });
});

describe("w-night-leak", () => {
  const point = "dw-diem-mang-luoi-thanh-khe";
  const quarter = 15 * minute;
  /** 02:00 of the local day so many days after that of `now`. */
  const two = (days: number) => Date.parse("2026-11-25T02:00:00+07:00") + days * day;
  const night = (days: number, flow: number, pressure = 2.5) => [
    ...series(`${point}:flow`, `${flow}x7`, two(days) + quarter, quarter),
    ...series(`${point}:pressure`, `${pressure}x7`, two(days) + quarter, quarter),
  ];
  /** 28 nights with the median 100 and the median absolute deviation 4, up to that of `now`'s day before. */
  const habit = Array.from({ length: 28 }, (_, i) => night(i - 28, [92, 96, 100, 104, 108][i % 5] ?? 100)).flat();

  test("the worked example: 121 is 3.5 deviations, level 1 after the second night; it clears two days after the habit is back", async () => {
    const nights = [121, 122, 100, 101, 99, 100].flatMap((flow, i) => night(i, flow));
    await using city = await cityOf("w-night-leak", {}, [...habit, ...nights]);
    await city.pass(now - 8 * hour, now + 14 * hour, hour);
    expect(await city.open()).toEqual([]);
    await city.pass(now + 14 * hour, now + 5 * day, hour);
    // 04:00 is six hours before `now`.
    expect(await city.log()).toEqual(["18 fired 1", "42 recovering 1", "90 cleared 0"]);
    expect(city.list()).toMatchObject({ subjects: 8, error: null });
  });

  test("one night, or 2.9 deviations, are near misses; a night that is not complete counts for nothing", async () => {
    const half = night(1, 130).slice(0, 3);
    await using single = await cityOf("w-night-leak", {}, [...habit, ...night(0, 130), ...night(1, 101)]);
    await single.pass(now - 8 * hour, now + 2 * day, hour);
    await using low = await cityOf("w-night-leak", {}, [...habit, ...night(0, 117.1), ...night(1, 117.1)]);
    await low.pass(now - 8 * hour, now + 2 * day, hour);
    await using cut = await cityOf("w-night-leak", {}, [...habit, ...night(0, 130), ...half]);
    await cut.pass(now - 8 * hour, now + 2 * day, hour);
    expect([await single.log(), await low.log(), await cut.log()]).toEqual([[], [], []]);
  });

  test("a jump with a drop of pressure is a burst at once; without a habit of 14 nights nothing is known", async () => {
    await using burst = await cityOf("w-night-leak", {}, [...habit, ...night(0, 140, 2.05)]);
    await burst.pass(now - 8 * hour, now, hour);
    expect(await burst.open()).toMatchObject([{ level: 2, subject: { type: "station", id: point } }]);
    // Readings that come late and twice end in the same.
    await burst.record([...night(0, 140, 2.05).toReversed(), ...night(-3, 100)]);
    await burst.pass(now, now + 3 * hour, hour);
    expect(await burst.log()).toEqual(["-6 fired 2"]);
    const short = habit.slice(-13 * 14);
    await using young = await cityOf("w-night-leak", {}, [...short, ...night(0, 140, 2.05)]);
    await young.review(now);
    expect(await young.open()).toEqual([]);
  });
});
