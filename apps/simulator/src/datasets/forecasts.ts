import { dayMs, hourMs, minuteMs, shapeAt } from "../world/calendar.ts";
import { nearest } from "../world/geometry.ts";
import type { Place } from "../world/geometry.ts";
import { clamp } from "../world/weather.ts";
import { heatAt } from "./bulletins.ts";
import type { PlayedCity } from "./city.ts";
import { normal, round, spread } from "./draws.ts";
import type { PlayedDataset, Row } from "./played.ts";
import { timed } from "./series.ts";

/** Rain that the world will let fall at a place, mm/h; a scenario that plays is known in advance. */
function comingRain(city: PlayedCity, time: number, place: Place, orography: number): number {
  const { rainField, influence } = city.world;
  let rate = influence.any ? influence.rain(time, place) : 0;
  for (const spell of rainField.active(time)) rate += rainField.rateOf(spell, time, place, orography);
  return rate;
}

const stepHours = 6;
const leadDays = 3;

/** Six hours up to `valid`: the rain of the world seen through an error that grows with the lead, and the climate. */
function forecastOf(city: PlayedCity, issued: number, valid: number, place: Place, area: string): Row {
  const { world, calendar } = city;
  const { climate, shapes } = world.parameters;
  const next = city.stream(valid / hourMs, "forecast", area, issued / hourMs);
  const lead = (valid - issued) / dayMs;
  const day = calendar.day(valid - 3 * hourMs);
  const orography = world.rainField.orographyOf(place);
  let rain = 0;
  for (let hour = 0; hour < stepHours; hour += 1) {
    rain += comingRain(city, valid - (hour + 0.5) * hourMs, place, orography);
  }
  rain *= spread(next, 0.15 + 0.25 * lead);
  const warm = 3.4 * heatAt(city, valid) + 0.5 * (0.4 + lead) * normal(next) - 0.6 * clamp(rain / 20, 0, 2);
  const mean = calendar.seasonal(climate.temp_mean_cel, day);
  const half = (calendar.seasonal(climate.temp_max_cel, day) - calendar.seasonal(climate.temp_min_cel, day)) / 2;
  const hours = [0, 1, 2, 3, 4, 5].map((hour) => shapeAt(shapes.temp.v, calendar.hour(valid - hour * hourMs)));
  const wind =
    calendar.seasonal(climate.wind_ms, day) * world.weather.monsoonSurge(valid) * spread(next, 0.12 + 0.1 * lead);
  const winter = calendar.month(day) >= 8 || calendar.month(day) <= 2;
  const sun = shapeAt(shapes.solar.v, calendar.hour(valid - 3 * hourMs));
  return {
    issued_at: city.iso(issued),
    valid_at: city.iso(valid),
    area_code: area,
    rain_mm: round(rain < 0.05 ? 0 : rain, 1),
    temp_max: round(mean + half * Math.max(...hours) + warm, 1),
    temp_min: round(mean + half * Math.min(...hours) + warm, 1),
    rh_min: round(clamp(calendar.seasonal(climate.rh_pct, day) - 12 * Math.max(...hours) - 1.5 * warm, 30, 98)),
    wind_ms: round(wind, 1),
    gust_ms: round(wind * 1.6 + (rain > 10 ? 4 : 1), 1),
    wind_dir: Math.round(((winter ? 40 : 120) + 20 * normal(next) + 360) % 360),
    pressure: round(
      1011 + 5.5 * Math.cos((2 * Math.PI * calendar.dayOfYear(day)) / 365.25) + (0.8 + 0.5 * lead) * normal(next),
    ),
    uv_index: round(clamp(sun * 3.2 * (1 - 0.5 * clamp(rain / 10, 0, 1)), 0, 13), 1),
  };
}

/** Every six hours, in steps of six hours for three days: the city, its three largest units and its two widest. */
export function weatherForecast(city: PlayedCity): PlayedDataset {
  const byPeople = city.areas.toSorted((a, b) => b.people - a.people).slice(0, 3);
  const bySize = city.areas.toSorted((a, b) => b.km2 - a.km2).slice(0, 2);
  const units = [
    ...new Map([...byPeople, ...bySize].map(({ id, center }) => [id, center])),
    [city.cityArea, city.center] as const,
  ];
  return timed(city, {
    id: "weather-forecast",
    slotMs: stepHours * hourMs,
    // As far back as forecasts of the load learn.
    backMs: 35 * dayMs,
    *rows(time) {
      for (const [area, place] of units) {
        for (let step = 1; step <= (leadDays * 24) / stepHours; step += 1) {
          yield forecastOf(city, time, time + step * stepHours * hourMs, place, area);
        }
      }
    },
  });
}

/** Leads of a nowcast in minutes: an hour in the steps of gauges, then in half hours up to three. */
const nowcastLeads = [10, 20, 30, 40, 50, 60, 90, 120, 150, 180];

/**
 * Rain of the next three hours every ten minutes, at the gauge next to each tower that watches a street. What is coming is seen less
 * and less the further ahead, by half within an hour, and what falls now is taken to go on instead; one error an issue and gauge, in
 * the logarithm growing with the root of the lead (0.4 at an hour).
 */
export function rainNowcast(city: PlayedCity): PlayedDataset {
  const { rainField, stations } = city.world;
  const all = stations.filter(({ kind }) => kind === "rain-gauge");
  const streets = stations.filter(({ kind }) => kind === "street-flood");
  const gauges = [...new Set(streets.flatMap((street) => nearest(street, all) ?? []))].map((station) => ({
    station,
    orography: rainField.orographyOf(station),
  }));
  return timed(city, {
    id: "rain-nowcast",
    slotMs: 10 * minuteMs,
    backMs: 3 * hourMs,
    *rows(time) {
      for (const { station, orography } of gauges) {
        const rainAt = (end: number) => comingRain(city, end - 5 * minuteMs, station, orography) / 6;
        const present = rainAt(time);
        const error = normal(city.stream(time / minuteMs, "nowcast", station.id));
        for (const lead of nowcastLeads) {
          const valid = time + lead * minuteMs;
          const seen = 0.5 ** (lead / 60);
          const rain = seen * rainAt(valid) + (1 - seen) * present;
          yield {
            issued_at: city.iso(time),
            valid_at: city.iso(valid),
            station_id: station.id,
            rain_mm_10min: round(rain * Math.exp(0.4 * Math.sqrt(lead / 60) * error), 1),
          };
        }
      }
    },
  });
}
