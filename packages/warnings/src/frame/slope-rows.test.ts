import type { QualifiedObservation } from "@ioc/observations";
import { describe, expect, test } from "vitest";
import { network, reading } from "../engine/test-city.ts";
import { cityOf, day, hour, iso, minute, now } from "./rows-city.ts";

const ten = 10 * minute;
/** Tra Leng: one landslide station and one gauge in unit 20938; La Êê has sites and no sensor. */
const slope = "ls-tra-leng";
const unit = "20938";
const withRain = network.stations.filter(({ kind }) => kind === "rain-gauge" || kind === "landslide");
const monitors = network.stations.filter(({ kind }) => kind === "landslide");

const marks = (from: number, to: number, every: number) =>
  Array.from({ length: (to - from) / every }, (_, i) => from + (i + 1) * every);

/** The same rain everywhere, mm a day, in (from, to]. */
const rain = (from: number, to: number, mm: number, stations = withRain): QualifiedObservation[] =>
  marks(from, to, ten).flatMap((time) => stations.map(({ id }) => reading(`${id}:rain`, time, mm / 144)));

/** Soil and movement of every monitor, hour by hour; those of the slope as given. */
const ground = (from: number, to: number, soil: number, moved: (time: number) => number) =>
  marks(from, to, hour).flatMap((time) =>
    monitors.flatMap(({ id }) => [
      reading(`${id}:soil_sat`, time, soil),
      reading(`${id}:tilt`, time, 0.01),
      reading(`${id}:displacement`, time, id === slope ? moved(time) : 3),
    ]),
  );

const sites = ["20938", "20716"].map((area_code, i) => ({
  site_id: `s${i}`,
  location: [108, 15],
  area_code,
  susceptibility: 4,
  households: 3,
}));
const bulletin = (level: number) => ({
  bulletin_id: `b${level}`,
  issued_at: iso(now - hour),
  hazard: "flash-flood-landslide",
  risk_level: level,
  area_codes: unit,
  valid_from: iso(now - hour),
  valid_to: iso(now + hour),
});

describe("w-landslide", () => {
  const start = now - 3 * day;
  const still = () => 3;

  test("heavy rain on wet soil fires, on drier soil it does not; only units with sites are watched", async () => {
    const of = async (mm: number, soil: number) => {
      await using city = await cityOf("w-landslide", { "landslide-sites": sites }, [
        ...rain(start, now - day, 20),
        ...rain(now - day, now, mm),
        ...ground(start, now, soil, still),
      ]);
      await city.review(now);
      expect(city.list()).toMatchObject({ subjects: 2, error: null });
      return await city.levels();
    };
    expect([await of(120, 84), await of(101, 85), await of(201, 95)]).toEqual([
      {},
      { "20716": 1, [unit]: 1 },
      { "20716": 3, [unit]: 3 },
    ]);
  });

  test("a slope that moves fires without rain, its silence clears nothing, and it clears a day after it stands still", async () => {
    const crept = (time: number) => (time > now ? 9 : 3);
    await using city = await cityOf("w-landslide", { "landslide-sites": sites }, [
      ...rain(start, now + day, 0),
      ...ground(start, now, 60, crept),
    ]);
    await city.review(now);
    expect(await city.levels()).toEqual({});
    await city.record(ground(now, now + 2 * hour, 60, crept));
    await city.review(now + 2 * hour);
    expect(await city.levels()).toEqual({ [unit]: 2 });
    // Silence of the monitors, with rain still coming in.
    await city.pass(now + 2 * hour, now + 10 * hour, hour);
    expect(await city.open()).toMatchObject([{ level: 2, condition: "firing" }]);
    // What they measured comes late and twice; after a day there is no change to the day before any more.
    const late = ground(now + 2 * hour, now + 60 * hour, 60, crept);
    await city.record(late);
    await city.record(late);
    await city.record(rain(now + day, now + 60 * hour, 0));
    await city.pass(now + 10 * hour, now + 56 * hour, 2 * hour);
    expect(await city.log()).toEqual(["2 fired 2", "26 recovering 2", "50 lowered 1", "52 cleared 0"]);
  });

  test("4.9 mm are a near miss; a bulletin sets its level in the units that it names", async () => {
    const crept = (time: number) => (time > now - hour ? 7.9 : 3);
    await using city = await cityOf("w-landslide", { "landslide-sites": sites, "hydro-bulletins": [] }, [
      ...rain(start, now, 0),
      ...ground(start, now, 60, crept),
    ]);
    expect(await city.review(now)).toEqual([]);
    city.rows["hydro-bulletins"] = [bulletin(2)];
    expect(await city.review(now + 30 * minute)).toMatchObject([
      { level: 2, scale: "risk", subject: { type: "ward", id: unit }, evidence: { signals: { b: 2 } } },
    ]);
  });
});
