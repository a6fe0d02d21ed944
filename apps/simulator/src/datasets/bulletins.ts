import { dayMs, hourMs } from "../world/calendar.ts";
import type { PlayedCity } from "./city.ts";
import { poisson, round } from "./draws.ts";
import type { PlayedDataset, Row } from "./played.ts";
import { timed } from "./series.ts";

interface Danger {
  hazard: string;
  level: number;
  hours: number;
  where: string;
}

/** Units that are steep and thinly peopled: the largest ones with fewer than 130 people per km2. */
function mountains(city: PlayedCity): string {
  const steep = city.areas.filter(({ people, km2 }) => people / km2 < 130);
  const largest = steep.toSorted((a, b) => b.km2 - a.km2).slice(0, 10);
  return largest.length > 0 ? largest.map(({ id }) => id).join(" ") : city.cityArea;
}

/** What a weather service would warn of at an instant, read from the rain, wind and heat of the simulated city. */
function dangersAt(city: PlayedCity, time: number, steep: string): Danger[] {
  const { calendar, cityArea: everywhere, world } = city;
  const day = calendar.day(time);
  const month = calendar.month(day);
  const found: Danger[] = [];
  const coming = Math.max(city.rainOn(day), city.rainOn(day + 1));
  if (world.rainField.isEvent(time) || world.rainField.isEvent(time + 12 * hourMs)) {
    const level = coming >= 200 ? 2 : 1;
    found.push({ hazard: "heavy-rain", level, hours: 24, where: everywhere });
    const fallen = city.rainOn(day) + city.rainOn(day - 1);
    if (fallen >= 90) found.push({ hazard: "flood", level: fallen >= 220 ? 2 : 1, hours: 24, where: everywhere });
    if (fallen >= 70) found.push({ hazard: "flash-flood-landslide", level, hours: 12, where: steep });
  }
  if (world.weather.monsoonSurge(time) > 1.1) {
    found.push({ hazard: "strong-wind-sea", level: 2, hours: 24, where: everywhere });
  }
  const hot = heatAt(city, time);
  if (hot > 0) {
    found.push({ hazard: "heat", level: 1, hours: 48, where: everywhere });
    if (hot > 0.9 && month >= 5) found.push({ hazard: "forest-fire", level: 1, hours: 24, where: steep });
  }
  const salty = month >= 3 && month <= 7 && calendar.weekday(day) === 1 && Math.round(calendar.hour(time)) === 14;
  if (salty) found.push({ hazard: "salinity", level: 1, hours: 168, where: everywhere });
  return found;
}

/** Hot spells of April to August, 0 outside, up to 1 inside. */
export function heatAt(city: PlayedCity, time: number): number {
  const { weather } = city.world;
  return weather.spell(time, city.key("heat-spell"), 0.05, 2, 5, (month) => month >= 3 && month <= 7);
}

/** Bulletins at 2, 8, 14 and 20 o'clock while there is something to warn of. */
export function hydroBulletins(city: PlayedCity): PlayedDataset {
  const steep = mountains(city);
  return timed(city, {
    id: "hydro-bulletins",
    slotMs: 2 * hourMs,
    backMs: 400 * dayMs,
    *rows(time) {
      if (Math.round(city.calendar.hour(time)) % 6 !== 2) return;
      const stamp = city.iso(time).slice(0, 13).replaceAll(/[-T]/g, "");
      for (const { hazard, level, hours, where } of dangersAt(city, time, steep)) {
        yield {
          bulletin_id: `${hazard}-${stamp}`,
          issued_at: city.iso(time),
          hazard,
          risk_level: level,
          area_codes: where,
          valid_from: city.iso(time),
          valid_to: city.iso(time + hours * hourMs),
          url: null,
        };
      }
    },
  });
}

const lossMonths: Readonly<Record<string, readonly number[]>> = {
  storm: [8, 9, 10],
  flood: [8, 9, 10, 11],
  "flash-flood-landslide": [9, 10, 11],
  thunderstorm: [3, 4, 5, 6, 7],
  drought: [3, 4, 5, 6],
  "coastal-erosion": [9, 10, 11, 0],
};

/** Losses of an event in one unit. */
function lossRow(hazard: string, area: string, severity: number, next: () => number): Row {
  const water = hazard === "drought";
  const deadly = hazard === "flood" || hazard === "flash-flood-landslide" || hazard === "thunderstorm";
  const houses = water || hazard === "coastal-erosion" ? 0 : poisson(next, 22 * severity);
  return {
    hazard,
    area_code: area,
    deaths: deadly ? poisson(next, 0.05 * severity) : 0,
    missing: deadly ? poisson(next, 0.02 * severity) : 0,
    injured: deadly || hazard === "storm" ? poisson(next, 0.3 * severity) : 0,
    houses_damaged: houses,
    crops_ha: round((water ? 40 : 16) * severity * next(), 1),
    loss_vnd_bn: round(0.04 * houses + 2.2 * severity * next() ** 2 + (water ? severity : 0), 2),
  };
}

/** Losses of three to six events a year, a few units each; told in the month after. */
export function disasterLosses(city: PlayedCity): PlayedDataset {
  const hazards = city.values("disaster-losses", "hazard").filter((hazard) => lossMonths[hazard] !== undefined);
  function* eventsOf(year: number): Iterable<{ appears: number; row: Row }> {
    const next = city.stream(year, "losses");
    const count = hazards.length > 0 ? 3 + Math.floor(next() * 4) : 0;
    for (let i = 0; i < count; i += 1) {
      const hazard = hazards[Math.floor(next() * hazards.length)] ?? "";
      const months = lossMonths[hazard] ?? [];
      const month = months[Math.floor(next() * months.length)] ?? 9;
      const day = Date.UTC(year, month, 1 + Math.floor(next() * 27)) / dayMs;
      const severity = 0.4 + 2.2 * next() ** 2;
      const areas = new Set<string>();
      for (let k = 2 + Math.floor(next() * 5); k > 0; k -= 1) areas.add(city.areaByPeople(next())?.id ?? city.cityArea);
      for (const area of areas) {
        const event = { event_id: `${year}-${hazard}-${i + 1}`, date: city.date(day) };
        yield { appears: city.at(day + 20, 8), row: { ...event, ...lossRow(hazard, area, severity, next) } };
      }
    }
  }
  return {
    id: "disaster-losses",
    everyMs: dayMs,
    backMs: 7 * 366 * dayMs,
    *rows(from, to) {
      const last = city.calendar.year(city.calendar.day(to));
      for (let year = city.calendar.year(city.calendar.day(from)) - 1; year <= last; year += 1) {
        for (const { appears, row } of eventsOf(year)) if (appears > from && appears <= to) yield row;
      }
    },
    changed: () => [],
  };
}
