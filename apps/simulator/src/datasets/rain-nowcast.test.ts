import { expect, test } from "vitest";
import { played, playedCity } from "../testing/played-city.ts";
import { dayMs, minuteMs } from "../world/calendar.ts";
import { nearest } from "../world/geometry.ts";

const now = Date.parse("2026-10-28T10:20:00+07:00");

test("each street has a nowcast every ten minutes, that knows less of what will fall the further ahead", async () => {
  const city = await playedCity(now);
  const { rainField, stations } = city.world;
  const gauges = new Map(stations.filter(({ kind }) => kind === "rain-gauge").map((one) => [one.id, one]));
  /** What falls in the ten minutes up to a time, mm. */
  const truth = (id: string, end: number) => {
    const gauge = gauges.get(id)!;
    const time = end - 5 * minuteMs;
    const rates = rainField
      .active(time)
      .map((spell) => rainField.rateOf(spell, time, gauge, rainField.orographyOf(gauge)));
    return rates.reduce((sum, rate) => sum + rate, 0) / 6;
  };
  const rows = [...played(city, "rain-nowcast").rows(now - dayMs, now, now)];
  const streets = stations.filter(({ kind }) => kind === "street-flood");
  const named = new Set(rows.map((row) => String(row["station_id"])));
  expect(named).toEqual(new Set(streets.map((street) => nearest(street, [...gauges.values()])?.id)));
  expect(rows).toHaveLength(144 * named.size * 10);

  const errors = new Map<number, number>();
  let fallen = 0;
  for (const row of rows) {
    const [issued, valid] = [Date.parse(String(row["issued_at"])), Date.parse(String(row["valid_at"]))];
    const [rain, real] = [Number(row["rain_mm_10min"]), truth(String(row["station_id"]), valid)];
    const lead = (valid - issued) / minuteMs;
    errors.set(lead, (errors.get(lead) ?? 0) + Math.abs(rain - real));
    if (lead === 10) fallen += real;
  }
  // Mean error over mean rain.
  const [ten = 0, hour = 0, three = 0] = [10, 60, 180].map((lead) => (errors.get(lead) ?? 0) / fallen);
  expect(fallen).toBeGreaterThan(100);
  expect(ten).toBeGreaterThan(0.05);
  expect(hour).toBeGreaterThan(2 * ten);
  expect(three).toBeGreaterThan(1.5 * hour);
  expect(hour).toBeLessThan(0.8);
});
