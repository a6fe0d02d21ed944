import { expect, test } from "vitest";
import { scenarioPlan } from "../testing/da-nang.ts";
import { played, playedCity, wholePast } from "../testing/played-city.ts";
import { hourMs } from "../world/calendar.ts";
import { distanceKm } from "../world/geometry.ts";
import type { PlayedCity } from "./city.ts";
import type { Row } from "./played.ts";

const now = Date.parse("2026-10-28T10:20:00+07:00");
const kmFrom = (city: PlayedCity, row: Row): number =>
  distanceKm(city.center, { lat: Number(row["lat"]), lon: Number(row["lon"]) });

test("drawn storms pass far from the city, a few a year, and keep the fleet in port", async () => {
  const city = await playedCity(now);
  const tracks = wholePast(played(city, "tropical-cyclone-track"), now);
  const storms = new Set(tracks.map((row) => row["tc_id"]));
  expect(storms.size).toBeGreaterThanOrEqual(6);
  expect(storms.size).toBeLessThanOrEqual(15);
  const observed = tracks.filter((row) => row["lead_h"] === 0);
  expect(Math.min(...observed.map((row) => kmFrom(city, row)))).toBeGreaterThan(350);
  const stormDays = new Set(
    observed
      .filter((row) => String(row["issued_at"]).slice(11, 13) === "12")
      .map((row) => String(row["issued_at"]).slice(0, 10)),
  );
  const vessels = wholePast(played(city, "fishing-vessels-daily"), now).filter((row) => row["sea_area"] === "coast");
  const mean = (rows: readonly Row[]): number =>
    rows.reduce((sum, row) => sum + Number(row["vessels"]), 0) / rows.length;
  const inStorm = vessels.filter((row) => stormDays.has(String(row["date"])));
  expect(inStorm.length).toBeGreaterThan(3);
  expect(mean(inStorm)).toBeLessThan(0.35 * mean(vessels));
});

test("the storm of a scenario has its track forecast while it plays", async () => {
  const city = await playedCity(now);
  const tracks = played(city, "tropical-cyclone-track");
  city.world.influence.start(await scenarioPlan("typhoon"), now);
  const rows = [...tracks.rows(now, now + 3 * hourMs, now + 3 * hourMs)].filter((row) =>
    String(row["tc_id"]).startsWith("exercise-"),
  );
  expect(rows.map((row) => row["lead_h"]).slice(0, 2)).toEqual([0, 12]);
  expect(rows[0]?.["issued_at"]).toBe("2026-10-28T12:00:00+07:00");
  expect(Math.min(...rows.map((row) => kmFrom(city, row)))).toBeLessThan(300);
  expect(Number(rows[0]?.["max_wind_ms"])).toBeGreaterThan(20);
});
