import type { QualifiedObservation } from "@ioc/observations";
import { describe, expect, test } from "vitest";
import { network, reading } from "../engine/test-city.ts";
import { cityOf, hour, iso, minute, now } from "./rows-city.ts";
import type { Row } from "./rows-city.ts";

const ten = 10 * minute;
const gauges = network.stations.filter(({ kind }) => kind === "rain-gauge" || kind === "weather");

/** The same rain at every gauge, mm in ten minutes, in (from, to]. */
function rain(from: number, to: number, mm: number): QualifiedObservation[] {
  const times = Array.from({ length: (to - from) / ten }, (_, i) => from + (i + 1) * ten);
  return times.flatMap((time) => gauges.map(({ id }) => reading(`${id}:rain`, time, mm)));
}

const bulletin = (level: number, where: string, more: Row = {}): Row => ({
  bulletin_id: `${where}-${level}`,
  issued_at: iso(now - hour),
  hazard: "heavy-rain",
  risk_level: level,
  area_codes: where,
  valid_from: iso(now - hour),
  valid_to: iso(now + 11 * hour),
  ...more,
});

describe("w-heavy-rain", () => {
  test("fires on the mean of a unit, holds through a gap, and clears three hours after it has rained less", async () => {
    await using city = await cityOf("w-heavy-rain", {}, rain(now - 24 * hour, now, 0.68));
    await city.review(now);
    // 97.9 mm in 24 hours and 49.0 in 12 are a near miss.
    expect(await city.levels()).toEqual({});
    expect(city.list()).toMatchObject({ error: null });
    await city.record(rain(now, now + 2 * hour, 1));
    const fired = await city.review(now + 2 * hour);
    expect(new Set(fired.map(({ level, value }) => [level, Math.round((value ?? 0) * 10)].join()))).toEqual(
      new Set(["1,1018"]),
    );
    expect(fired[0]?.subject.type).toBe("ward");
    expect(fired.length).toBe(city.list()?.subjects);

    // Nothing comes for four hours: nothing is known, nothing is cleared.
    await city.pass(now + 2 * hour, now + 6 * hour, hour);
    expect(new Set((await city.open()).map(({ condition, stale }) => `${condition} ${stale}`))).toEqual(
      new Set(["firing true"]),
    );
    // The missing hours come late and twice, then it is dry.
    const late = rain(now + 2 * hour, now + 6 * hour, 0);
    await city.record(late);
    await city.record(late);
    await city.record(rain(now + 6 * hour, now + 18 * hour, 0));
    await city.pass(now + 6 * hour, now + 18 * hour, hour);
    const log = new Set(await city.log());
    // At 8 hours the last 12 have less than 30 mm and the last 24 less than 80.
    expect(log).toEqual(new Set(["2 fired 1", "6 stale 1", "7 fresh 1", "8 recovering 1", "11 cleared 0"]));
  });

  test("a third day with 50 mm raises the level by one; days of which nothing is known raise nothing", async () => {
    await using long = await cityOf("w-heavy-rain", {}, rain(now - 72 * hour, now, 0.7));
    await long.review(now);
    expect(new Set(Object.values(await long.levels()))).toEqual(new Set([2]));
    expect((await long.open())[0]?.evidence.signals).toMatchObject({ d: 3, b: 0 });
    await using short = await cityOf("w-heavy-rain", {}, rain(now - 24 * hour, now, 0.7));
    await short.review(now);
    expect(new Set(Object.values(await short.levels()))).toEqual(new Set([1]));
    expect((await short.open())[0]?.evidence.signals["d"]).toBeNull();
  });

  test("a bulletin sets its level where it is valid, without any reading; the newest takes the place of those before", async () => {
    const mountain = "20194";
    const rows = [
      bulletin(1, "48"),
      bulletin(3, `${mountain} 20320`),
      bulletin(4, "20320", { valid_to: iso(now) }),
      bulletin(4, "20320", { hazard: "flood" }),
    ];
    await using city = await cityOf("w-heavy-rain", { "hydro-bulletins": rows });
    await city.review(now);
    const levels = await city.levels();
    expect([levels[mountain], levels["20320"], levels["20242"]]).toEqual([3, 3, 1]);
    const [first] = await city.open();
    expect(first).toMatchObject({ value: null, headline: { en: expect.stringContaining("– mm in 24 hours") } });
    // Two hours later the service speaks of level 2 for everybody; a bulletin without units is about everybody too.
    city.rows["hydro-bulletins"] = [...rows, bulletin(2, "", { issued_at: iso(now + 2 * hour) })];
    await city.pass(now, now + 6 * hour, hour);
    expect((await city.levels())[mountain]).toBe(3);
    // It is known only now that it has not rained.
    await city.record(rain(now - 18 * hour, now + 12 * hour, 0));
    await city.pass(now + 6 * hour, now + 10 * hour, hour);
    expect(new Set(Object.values(await city.levels()))).toEqual(new Set([2]));
  });
});
