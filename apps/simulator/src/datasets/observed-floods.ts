import { dayMs, minuteMs } from "../world/calendar.ts";
import type { PlayedCity } from "./city.ts";
import { round } from "./draws.ts";
import type { Row } from "./played.ts";

const stepMs = 5 * minuteMs;
/** Water that stops motorcycles is an event, m; it is over when no street of the unit stands deeper than half of that. */
const floodedM = 0.2;
const dryM = 0.1;
/** Longest flood that is looked for, and from its end until it is told, ms. */
const longestMs = 3 * dayMs;
const toldAtHour = 7;

/**
 * Floods as they truly were in the streets of each unit, whatever the sensors there made of it. Only where the state of the world is
 * known; told on the morning after.
 */
export function* observedFloods(city: PlayedCity, from: number, to: number): Generator<Row> {
  const { floods, reachedTo } = city.world;
  const end = Math.min(to, reachedTo);
  const begin = Math.ceil(Math.max(city.worldFrom, from - longestMs - dayMs) / stepMs) * stepMs;
  const places = new Map(floods.streets.map(({ id }, index) => [id, index]));
  for (const { id: area, stations } of city.areas) {
    const streets = stations.flatMap((station) => places.get(station.id) ?? []);
    if (streets.length === 0) continue;
    let flood: { start: number; deepest: number } | null = null;
    // One that was going on when the look back begins is not known from its start.
    let settled = false;
    for (let time = begin; time <= end; time += stepMs) {
      const depth = Math.max(...streets.map((street) => floods.streetDepth(street, time)));
      if (depth < dryM) {
        if (flood) {
          const told = city.at(city.calendar.day(time) + 1, toldAtHour);
          if (told > from && told <= to) yield rowOf(city, area, flood, time);
        }
        flood = null;
        settled = true;
      } else if (flood) flood.deepest = Math.max(flood.deepest, depth);
      else if (settled && depth >= floodedM) flood = { start: time, deepest: depth };
    }
  }
}

function rowOf(city: PlayedCity, area: string, flood: { start: number; deepest: number }, end: number): Row {
  return {
    event_id: `${city.iso(flood.start).slice(0, 16)}-urban-flood-${area}`,
    hazard: "urban-flood",
    area_code: area,
    started_at: city.iso(flood.start),
    ended_at: city.iso(end),
    magnitude: round(flood.deepest, 2),
    source: "street",
  };
}
