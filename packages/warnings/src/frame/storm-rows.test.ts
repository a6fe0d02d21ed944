import { describe, expect, test } from "vitest";
import { network } from "../engine/test-city.ts";
import { cityOf, day, hour, iso, now } from "./rows-city.ts";
import type { Row } from "./rows-city.ts";

const rule = "w-tropical-cyclone";
const cityArea = network.areas.find(({ level, scheme }) => level === "city" && scheme === network.scheme)?.id ?? "";
/** The city centre of the definition. */
const [lat, lon] = [16.0471, 108.2062];
const degree = 111.195;

/** An advisory: places in km east and north of the city by hours of lead, with the wind there. */
function advisory(id: string, issued: number, track: readonly [number, number, number, number][]): Row[] {
  const narrow = Math.cos((lat * Math.PI) / 180);
  return track.map(([lead, east, north, wind]) => ({
    tc_id: id,
    issued_at: iso(issued),
    lead_h: lead,
    lat: lat + north / degree,
    lon: lon + east / degree / narrow,
    max_wind_ms: wind,
    radius_gale_km: null,
  }));
}

const bulletin = (risk: number, from: number, to: number, hazard = "storm"): Row => ({
  bulletin_id: `b-${risk}-${from}`,
  issued_at: iso(from),
  hazard,
  risk_level: risk,
  area_codes: cityArea,
  valid_from: iso(from),
  valid_to: iso(to),
});

/** A storm that comes straight from the east at 25 km/h and passes 100 km north: 1,000 km away now, there in 40 hours. */
const passing = (issued: number, wind: number) => {
  const at = (lead: number) => 1000 - 25 * ((issued - now) / hour + lead);
  return advisory(
    "1",
    issued,
    [0, 12, 24, 48, 72].map((lead) => [lead, at(lead), 100, wind]),
  );
};

describe(rule, () => {
  test("the worked example of the distance, and what is shown beside it", async () => {
    await using city = await cityOf(rule, {
      "tropical-cyclone-track": [
        { tc_id: "1", issued_at: iso(now), lead_h: 0, lat: 16, lon: 113, max_wind_ms: 25 },
        { tc_id: "1", issued_at: iso(now), lead_h: 24, lat: 16, lon: 112, max_wind_ms: 25 },
      ],
      "fishing-vessels-daily": [
        { date: "2026-11-24", sea_area: "coast", vessels: 90, crew: 500 },
        { date: "2026-11-25", sea_area: "coast", vessels: 7, crew: 40 },
        { date: "2026-11-25", sea_area: "hoang-sa", vessels: 3, crew: 30 },
      ],
    });
    expect(await city.review(now)).toMatchObject([
      {
        level: 2,
        subject: { type: "city", id: cityArea },
        evidence: { signals: { dist: expect.closeTo(512.2, 0), tmin: 24, vessels: 10, crew: 70, gale: null } },
      },
    ]);
  });

  test("a storm that passes near is raised as it comes and ends six hours after it has gone", async () => {
    await using city = await cityOf(rule, { "tropical-cyclone-track": [] });
    for (let at = now; at <= now + 80 * hour; at += 3 * hour) {
      city.rows["tropical-cyclone-track"]?.push(...passing(at, 40));
      await city.review(at);
      await city.pass(at, at + 2 * hour, hour);
    }
    // In 40 hours: level 3 at once, level 4 within 24. 300 km behind it after 40 + 300 / 25 hours.
    expect(await city.log()).toEqual([
      "0 fired 3",
      "16 raised 4",
      "52 recovering 4",
      "58 lowered 3",
      "59 lowered 2",
      "60 cleared 0",
    ]);
  });

  test("near misses: 501 km, a weak wind, too far ahead", async () => {
    const far = advisory("1", now, [[0, 900, 501, 60], [72, -100, 501, 60]]); // prettier-ignore
    await using city = await cityOf(rule, { "tropical-cyclone-track": far });
    expect(await city.review(now)).toEqual([]);
    city.rows["tropical-cyclone-track"] = advisory("1", now, [[0, 900, 100, 10.7], [72, 100, 100, 10.7]]); // prettier-ignore
    await city.review(now + hour);
    expect(await city.levels()).toEqual({ [cityArea]: 2 });
    expect(city.list()).toMatchObject({ subjects: 1, error: null });
  });

  test("of two storms the one that comes first counts", async () => {
    const later = advisory("1", now, [[0, 1100, 50, 60], [72, 300, 50, 60]]); // prettier-ignore
    const sooner = advisory("2", now, [[0, 400, 180, 35], [24, 0, 180, 35]]); // prettier-ignore
    await using city = await cityOf(rule, { "tropical-cyclone-track": [...later, ...sooner] });
    expect(await city.review(now)).toMatchObject([{ level: 4, evidence: { signals: { wind: 35, tmin: 24 } } }]);
  });

  test("a track that is not continued leaves the alert stale; the storm is over when its forecast has run out", async () => {
    await using city = await cityOf(rule, { "tropical-cyclone-track": passing(now, 40) });
    await city.review(now);
    await city.pass(now, now + 30 * hour, hour);
    expect(await city.open()).toMatchObject([{ level: 3, stale: true }]);
    await city.pass(now + 30 * hour, now + 72 * hour, hour);
    expect(await city.open()).toMatchObject([{ level: 3, stale: true }]);
    await city.pass(now + 72 * hour, now + 81 * hour, hour);
    expect(await city.open()).toEqual([]);
  });

  test("a bulletin in force counts by itself, one that is over or of another hazard does not", async () => {
    await using city = await cityOf(rule, {
      "tropical-cyclone-track": passing(now - 200 * hour, 40),
      "hydro-bulletins": [
        bulletin(5, now - 2 * day, now - hour),
        bulletin(5, now - hour, now + day, "flood"),
        bulletin(4, now - hour, now + day),
      ],
    });
    expect(await city.review(now)).toMatchObject([{ level: 4, evidence: { signals: { b: 4, dmin: 99999 } } }]);
    await city.pass(now, now + 33 * hour, hour);
    expect(await city.open()).toEqual([]);
  });
});

describe("w-forest-fire", () => {
  const towers = network.stations.filter(({ kind }) => kind === "forest-fire");
  const [tower] = towers as [(typeof towers)[number]];
  const ward = tower.areas[network.scheme] ?? "";
  const one = Date.parse("2026-11-25T13:00:00+07:00");
  const read = (property: string, time: number, result: number) => ({
    datastream: `${tower.id}:${property}`,
    phenomenonTime: time,
    resultTime: time,
    result,
    quality: 1 as const,
    reasons: [],
  });
  /** Days of 40 °C and 20 % at 13:00: each adds 40 times the deficit of about 59 hPa. */
  const dry = (days: number, wind: number) =>
    Array.from({ length: days }, (_, back) => one - back * day).flatMap((noon) => [
      ...Array.from({ length: 6 }, (_, i) => [
        read("temp", noon - i * 600_000, 40),
        read("rh", noon - i * 600_000, 20),
        read("rain", noon - i * 600_000, 0),
      ]).flat(),
      ...Array.from({ length: 18 }, (_, i) => read("wind_speed", noon - i * 600_000, i === 3 ? wind : 2)),
    ]);

  test("the index lifts the ward's level, the wind of the late morning lifts IV to V", async () => {
    await using calm = await cityOf("w-forest-fire", {}, dry(7, 7.9));
    expect(await calm.review(one + hour)).toMatchObject([
      {
        level: 2,
        subject: { type: "ward", id: ward },
        evidence: { signals: { p: expect.closeTo(16_520, -2), w: 7.9, b: 0 } },
      },
    ]);
    await using windy = await cityOf("w-forest-fire", {}, dry(7, 8));
    expect(await windy.review(one + hour)).toMatchObject([{ level: 3 }]);
    await using moist = await cityOf("w-forest-fire", {}, dry(4, 20));
    expect(await moist.review(one + hour)).toEqual([]);
    expect(moist.list()).toMatchObject({ subjects: 1, error: null });
  });

  test("a bulletin that names the ward or the city lifts it; rain ends it a day later; silence does not", async () => {
    await using city = await cityOf(
      "w-forest-fire",
      {
        "hydro-bulletins": [
          { ...bulletin(4, one, one + day, "forest-fire"), area_codes: "00000 00001" },
          { ...bulletin(3, one, one + day, "forest-fire"), area_codes: `00000, ${ward}` },
        ],
      },
      dry(1, 2),
    );
    await city.review(one + hour);
    expect(await city.levels()).toEqual({ [ward]: 2 });
    await city.pass(one + hour, one + 56 * hour, 3 * hour);
    expect(await city.open()).toEqual([]);

    await using silent = await cityOf("w-forest-fire", {}, dry(7, 2));
    await silent.review(one + hour);
    await silent.pass(one + hour, one + 14 * day, 12 * hour);
    // By the index's own rule a day without readings adds the mean of the three before; then nothing is known.
    expect(await silent.open()).toMatchObject([{ level: 3, stale: true }]);
    // Late, the readings of a rainy day arrive, twice.
    const rain = [0, 1].flatMap(() => [
      ...dry(1, 2).map((reading) => ({ ...reading, phenomenonTime: reading.phenomenonTime + 13 * day })),
      read("rain", one + 13 * day - 2 * hour, 80),
    ]);
    await silent.record(rain);
    await silent.pass(one + 14 * day, one + 16 * day, 3 * hour);
    expect(await silent.open()).toEqual([]);
  });
});
