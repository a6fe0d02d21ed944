import { expect, test } from "vitest";
import { dayMs, minuteMs } from "../world/calendar.ts";
import { playedCity } from "../testing/played-city.ts";
import { observedFloods } from "./observed-floods.ts";

const now = Date.parse("2026-10-28T10:20:00+07:00");

test("floods are those of the streets: one is under way at each time between start and end, none elsewhere", async () => {
  const city = await playedCity(now, { floods: true });
  const { floods } = city.world;
  // Water of our own in one street of the first unit that has one: 0.3 m for an hour, two days ago.
  const area = city.areas.find(({ stations }) => stations.some(({ kind }) => kind === "street-flood"))!;
  const index = floods.streets.findIndex(({ id }) => area.stations.some((station) => station.id === id));
  const start = Math.floor((now - 2 * dayMs) / (5 * minuteMs)) * 5 * minuteMs;
  for (let time = now - 3 * dayMs; time < now; time += 5 * minuteMs) {
    const wet = time >= start && time < start + 60 * minuteMs;
    for (let i = 0; i < floods.streets.length; i++) {
      floods.stored.set(i, Math.floor(time / (5 * minuteMs)), wet && i === index ? 122 : 0);
    }
  }
  const found = [...observedFloods(city, now - 2 * dayMs, now)];
  expect(found.map(({ area_code, started_at, magnitude }) => [area_code, started_at, magnitude])).toEqual([
    [area.id, city.iso(start), 0.3],
  ]);
  expect(Date.parse(String(found[0]?.["ended_at"])) - start).toBe(60 * minuteMs);
  // The same from other pieces of time, each told once.
  const pieces = [0, 1, 2, 3].flatMap((i) => [
    ...observedFloods(city, now - 2 * dayMs + (i * dayMs) / 2, now - 2 * dayMs + ((i + 1) * dayMs) / 2),
  ]);
  expect(pieces).toEqual(found);
});
