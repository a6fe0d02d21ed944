import { z } from "zod";
import { dayMs, hourMs } from "../world/calendar.ts";
import { onTrack } from "../scenarios/influence.ts";
import type { Place } from "../world/geometry.ts";
import { clamp, smooth } from "../world/weather.ts";
import type { PlayedCity } from "./city.ts";
import { normal, round } from "./draws.ts";
import type { PlayedDataset } from "./played.ts";
import { periodic, timed } from "./series.ts";

interface Cyclone {
  id: string;
  start: number;
  end: number;
  /** Where it is and its strongest wind, m/s. */
  state(time: number): { at: Place; windMs: number };
}

const leadHours = [0, 12, 24, 48, 72];

/** Cyclones of a year that cross the sea to the east and keep at least 400 km away, so that the weather of the world fits. */
function cyclonesOf(city: PlayedCity, year: number): Cyclone[] {
  const next = city.stream(year, "cyclones");
  const { lat, lon } = city.center;
  const days = Array.from({ length: 3 + Math.floor(next() * 3) }, () => Math.floor(next() * 165));
  return days
    .toSorted((a, b) => a - b)
    .map((after, i): Cyclone => {
      const day = Date.UTC(year, 5, 10) / dayMs + after;
      const side = next() < 0.6 ? 1 : -1;
      const start = city.at(day, 6 * Math.floor(next() * 4) + 1);
      const length = (84 + 60 * next()) * hourMs;
      const from = { lat: lat + side * (0.5 + 2 * next()), lon: lon + 13 + 5 * next() };
      const to = { lat: lat + side * (4 + next()), lon: lon - 1.5 + 3 * next() };
      const strongestMs = 16 + 30 * next() ** 1.5;
      return {
        id: `${year}-${String(i + 1).padStart(2, "0")}`,
        start,
        end: start + length,
        // A straight way; strength rises over two thirds of it, then falls.
        state: (time) => {
          const part = clamp((time - start) / length, 0, 1);
          const shape = part < 0.66 ? part / 0.66 : (1 - part) / 0.34;
          return {
            at: { lat: from.lat + (to.lat - from.lat) * part, lon: from.lon + (to.lon - from.lon) * part },
            windMs: 11 + (strongestMs - 11) * clamp(shape, 0, 1),
          };
        },
      };
    });
}

/** The storms of the scenario that plays at an instant; their whole track is known. */
function exercisesAt(city: PlayedCity, time: number): Cyclone[] {
  const play = city.world.influence.playing(time);
  const effects = play?.plan.effects.filter((effect) => effect.kind === "cyclone") ?? [];
  return effects.map((effect, i): Cyclone => {
    const start = play?.startedAt ?? time;
    return {
      id: `exercise-${Math.floor(start / hourMs)}-${i + 1}`,
      start,
      end: start + (effect.track.at(-1)?.at ?? 0),
      state: (then) => {
        const { centre, windMs } = onTrack(effect, then - start);
        return { at: centre, windMs };
      },
    };
  });
}

/** Cyclones that live at an instant. */
function cyclonesAt(city: PlayedCity, time: number): Cyclone[] {
  const year = city.calendar.year(city.calendar.day(time));
  const drawn = cyclonesOf(city, year).filter(({ start, end }) => time >= start && time < end);
  return [...drawn, ...exercisesAt(city, time)];
}

export function cycloneTracks(city: PlayedCity): PlayedDataset {
  return timed(city, {
    id: "tropical-cyclone-track",
    slotMs: 3 * hourMs,
    backMs: 730 * dayMs,
    *rows(time) {
      for (const cyclone of cyclonesAt(city, time)) {
        for (const lead of leadHours) {
          const then = time + lead * hourMs;
          if (then >= cyclone.end) continue;
          const { at, windMs } = cyclone.state(then);
          const miss = (lead / 72) * 0.7;
          const next = city.stream(time / hourMs + lead, "track", cyclone.id);
          yield {
            tc_id: cyclone.id,
            issued_at: city.iso(time),
            lead_h: lead,
            lat: round(at.lat + miss * normal(next), 1),
            lon: round(at.lon + miss * normal(next), 1),
            max_wind_ms: round(windMs),
            pressure: round(1008 - windMs ** 2 / 22),
            radius_gale_km: windMs >= 17.2 ? round(60 + 6 * (windMs - 17), -1) : null,
          };
        }
      }
    },
  });
}

/** How much of the fleet goes out: hardly any in a storm. */
export function calmAtSea(city: PlayedCity, day: number): number {
  const noon = city.at(day, 12);
  if (cyclonesAt(city, noon).length > 0) return 0.12;
  return 1 - 0.6 * ((city.world.weather.monsoonSurge(noon) - 1) / 0.35);
}

const fleet = z.object({
  assumed: z.object({ fleet: z.record(z.string(), z.number()), crew_per_vessel: z.number() }),
});

export function fishingVessels(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("fishing-vessels-daily", fleet);
  return periodic(city, {
    id: "fishing-vessels-daily",
    unit: "day",
    back: 400,
    delayMs: 0,
    *rows({ day, label, month }) {
      const season = month >= 1 && month <= 7 ? 0.72 : 0.52;
      const share = season * calmAtSea(city, day) * (city.isNewYear(day) ? 0.15 : 1);
      for (const [area, vessels] of Object.entries(assumed.fleet)) {
        const out = Math.round(vessels * share * Math.exp(0.12 * smooth(city.key("fleet", area), day, 3)));
        yield { date: label, sea_area: area, vessels: out, crew: Math.round(out * assumed.crew_per_vessel) };
      }
    },
  });
}
