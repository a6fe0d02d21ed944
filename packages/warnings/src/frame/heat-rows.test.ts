import { describe, expect, test } from "vitest";
import { network, reading } from "../engine/test-city.ts";
import { cityOf, day, hour, iso, minute, now } from "./rows-city.ts";

const ten = 10 * minute;
const stations = network.stations.filter(({ kind }) => kind === "weather").slice(0, 3);
/** Midnight of the local day of `now`, 10:00. */
const midnight = now - 10 * hour;

/** 60 % of humidity and 26 °C, but from 10 to 16 o'clock `noon` at each station, of the day so many days back. */
const weather = (back: number, noon: readonly number[], until = 24) =>
  Array.from({ length: until * 6 }, (_, i) => midnight - back * day + (i + 1) * ten).flatMap((time) => {
    const clock = (((time - midnight) % day) + day) % day;
    const hot = clock > 10 * hour && clock <= 16 * hour;
    return stations.flatMap(({ id }, i) => [
      reading(`${id}:temp`, time, hot ? (noon[i] ?? 26) : 26),
      reading(`${id}:rh`, time, hot ? 40 : 60),
    ]);
  });

const levels = async (days: readonly (readonly number[])[], more: Parameters<typeof cityOf>[1] = {}) => {
  await using city = await cityOf(
    "w-heat",
    more,
    days.flatMap((noon, back) => weather(back, noon)),
  );
  await city.pass(midnight + 9 * hour, midnight + 17 * hour, hour);
  expect(city.list()).toMatchObject({ subjects: 1, error: null });
  return (await city.open()).map(({ level, value }) => [level, value]);
};

describe("w-heat", () => {
  test("the second highest station counts, so that one wrong or odd station alerts nobody", async () => {
    expect(await levels([[38, 34.9, 33]])).toEqual([]);
    expect(await levels([[38, 35, 33]])).toEqual([[1, 35]]);
    expect(await levels([[38, 37, 33]])).toEqual([[2, 37]]);
  });

  test("days running raise the level; a day of which nothing is known ends them", async () => {
    const hot = [36, 35.5, 33];
    expect(await levels([hot, hot, [34, 34, 34]])).toEqual([[1, 35.5]]);
    expect(await levels([hot, hot, hot])).toEqual([[2, 35.5]]);
    expect(await levels([hot, hot, [], hot])).toEqual([[1, 35.5]]);
    const severe = [38, 37, 33];
    expect(await levels([severe, hot, hot, hot, hot])).toEqual([[3, 37]]);
  });

  test("a bulletin that names a part of the city sets its level", async () => {
    const bulletin = {
      bulletin_id: "1",
      issued_at: iso(midnight),
      hazard: "heat",
      risk_level: 1,
      area_codes: "20194 20320",
      valid_from: iso(midnight),
      valid_to: iso(midnight + 2 * day),
    };
    expect(await levels([[30, 30, 30]], { "hydro-bulletins": [bulletin] })).toEqual([[2, 30]]);
  });

  test("lasts over night, through a gap, and clears after half a cooler day; late and repeated readings change nothing", async () => {
    const first = weather(0, [36, 35.5, 33]);
    await using city = await cityOf(
      "w-heat",
      {},
      first.filter((_, i) => i % 7 !== 3),
    );
    await city.pass(midnight + 9 * hour, midnight + 18 * hour, hour);
    // Two hours are needed for one that is full.
    expect(await city.log()).toEqual(["2 fired 1"]);
    await city.record(first.toReversed());
    await city.record(first);
    await city.pass(midnight + 18 * hour, midnight + 36 * hour, hour);
    expect(await city.open()).toMatchObject([{ level: 1, stale: true }]);
    await city.record([...weather(-1, [33, 33, 33]), ...weather(-2, [], 4)]);
    await city.pass(midnight + 36 * hour, midnight + 50 * hour, hour);
    // Known from 13:00 on that it is cooler; twelve hours later it clears.
    expect((await city.log()).slice(1)).toEqual(["21 stale 1", "27 fresh 1", "27 recovering 1", "39 cleared 0"]);
  });
});
