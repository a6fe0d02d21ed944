import { describe, expect, test } from "vitest";
import { definition, reading } from "../engine/test-city.ts";
import { cityOf, day, hour, iso } from "./rows-city.ts";

/** 18 May: 120 days before the rains. */
const may = Date.parse("2026-05-18T09:00:00+07:00");
const midnight = Date.parse("2026-05-18T00:00:00+07:00");

const registry = [
  { station_id: "rs-a-vuong", dead_level: 340, normal_level: 380, v_dead: 77.1, v_normal: 343.6, min_release: 6 },
  { station_id: "rs-hoa-trung", dead_level: 28, normal_level: 41.5, v_dead: 0.6, v_normal: 11.2, min_release: 0.1 },
];
/** Mm³ a day that evaporate from A Vương: 266.5 Mm³ over 40 m are 6.66 km². */
const evaporated = (266.5 / 40) * 0.004;
const levelOf = (useful: number) => 340 + (useful / 266.5) * 40;
/** Turbine flow in m³/s at which a useful volume lasts so many days with no inflow. */
const flowFor = (useful: number, days: number) => (useful / days - evaporated) / 0.0864;

interface Days {
  station?: string;
  level: number;
  turbine: number;
  inflow?: number;
  /** First and last whole day with readings, from the 18th: -1 is the day before. */
  from?: number;
  to?: number;
}

/** Hourly readings of whole days. */
function readings({ station = "rs-a-vuong", level, turbine, inflow = 0, from = -14, to = 12 }: Days) {
  return Array.from({ length: (to - from + 1) * 24 }, (_, h) => {
    const time = midnight + from * day + (h + 1) * hour;
    return [
      reading(`${station}:level`, time, level),
      reading(`${station}:inflow`, time, inflow),
      reading(`${station}:outflow_turbine`, time, turbine),
    ];
  }).flat();
}

/** Days of what the plant of Hòa Trung puts out, m³. */
const plant = (output: number) =>
  Array.from({ length: 30 }, (_, i) => ({
    plant_id: "hoa-trung",
    date: iso(midnight + (i - 14) * day + 12 * hour).slice(0, 10),
    output_m3: output,
  }));

describe("w-reservoir-drought", () => {
  const rule = definition("w-reservoir-drought");
  const rows = { "reservoir-registry": registry };
  /** Reviews twice a day for so many days, from `start` on. */
  async function days(city: Awaited<ReturnType<typeof cityOf>>, count: number, start = may) {
    for (let at = start; at <= start + count * day; at += 12 * hour) await city.review(at);
  }

  test("water for 80 of the 120 days to the rains is a shortage that is likely, once it has been so for three days", async () => {
    await using city = await cityOf(rule, rows, readings({ level: levelOf(80), turbine: flowFor(80, 80) }));
    await days(city, 2.5);
    expect(await city.open()).toEqual([]);
    await days(city, 1, may + 3 * day);
    expect(await city.open()).toMatchObject([
      {
        subject: { type: "station", id: "rs-a-vuong" },
        level: 2,
        value: expect.closeTo(80, 0),
        headline: {
          vi: "Hồ A Vương: còn nước cho 80 ngày, có thể thiếu nước",
          en: "A Vuong reservoir: water for 80 days, shortage likely",
        },
        evidence: { signals: { need: 117 } },
      },
    ]);
    // One subject each of the reservoirs with a curve; of the others nothing is known here.
    expect(city.list()).toMatchObject({ subjects: 6, openAlerts: 1, error: null });
  });

  test("water for 130 days is a near miss; in the flood season an empty reservoir is none", async () => {
    await using city = await cityOf(rule, rows, readings({ level: levelOf(130), turbine: flowFor(130, 130) }));
    await days(city, 4);
    expect(await city.open()).toEqual([]);
    const november = 189;
    const empty = readings({ level: 340, turbine: 20, from: november - 14, to: november + 5 });
    await using wet = await cityOf(rule, rows, empty);
    await days(wet, 4, may + november * day);
    expect(await wet.open()).toEqual([]);
  });

  test("an inflow counts as one that dies away, and the least release is drawn even when the turbines stand still", async () => {
    const store = { level: levelOf(80), turbine: flowFor(80, 80) };
    await using fed = await cityOf(rule, rows, readings({ ...store, inflow: store.turbine }));
    await days(fed, 3);
    // Twenty days of inflow in all, nearly all of it within the 99 days.
    expect((await fed.open())[0]).toMatchObject({ level: 1, value: expect.closeTo(99, 0) });
    await using still = await cityOf(rule, rows, readings({ level: levelOf(40), turbine: 0 }));
    await days(still, 3);
    expect((await still.open())[0]?.value).toBeCloseTo(40 / (6 * 0.0864 + evaporated), 0);
  });

  test("the plant of Hòa Trung draws too; without its figures nothing is known of that reservoir", async () => {
    const hoaTrung = readings({ station: "rs-hoa-trung", level: 28 + (4 / 10.6) * 13.5, turbine: 0 });
    await using city = await cityOf(rule, { ...rows, "water-plant-daily": plant(30_000) }, hoaTrung);
    await days(city, 3);
    const loss = 0.1 * 0.0864 + 0.03 + (10.6 / 13.5) * 0.004;
    expect(await city.open()).toMatchObject([
      { subject: { id: "rs-hoa-trung" }, level: 1, value: expect.closeTo(4 / loss, 0) },
    ]);
    await using unknown = await cityOf(rule, rows, hoaTrung);
    await days(unknown, 4);
    expect(await unknown.open()).toEqual([]);
  });

  test("ends when water for five days more than is needed has been there for a week", async () => {
    const low = { level: levelOf(80), turbine: flowFor(80, 80) };
    // From the 23rd the reservoir is so full that it lasts for long.
    const full = readings({ level: 380, turbine: 6, from: 5, to: 40 });
    await using city = await cityOf(rule, rows, [...readings({ ...low, to: 4 }), ...full]);
    await days(city, 30);
    expect((await city.log()).map((line) => line.replace(/^\S+ /, ""))).toEqual([
      "fired 2",
      "recovering 2",
      "lowered 1",
      "cleared 0",
    ]);
  });

  test("a gauge that falls silent leaves it open and stale; readings that come late are looked at the next time", async () => {
    const low = { level: levelOf(80), turbine: flowFor(80, 80) };
    await using city = await cityOf(rule, rows, readings({ ...low, to: 4 }));
    await days(city, 14);
    expect(await city.open()).toMatchObject([{ level: 2, condition: "firing", stale: true }]);
    await city.record(readings({ ...low, from: 5, to: 13 }));
    expect(await city.review(may + 15 * day)).toMatchObject([{ level: 2, stale: false }]);
    expect(await city.review(may + 15 * day + 6 * hour)).toEqual([]);
  });
});
