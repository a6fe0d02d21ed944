import { z } from "zod";
import { dayMs, hourMs, minuteMs } from "../world/calendar.ts";
import { clamp, smooth } from "../world/weather.ts";
import type { PlayedCity } from "./city.ts";
import { chooser, normal, poisson, someOf, spread } from "./draws.ts";
import type { PlayedDataset, Row } from "./played.ts";
import type { Case } from "./series.ts";
import { cases, periodic } from "./series.ts";

const busAnchors = z.object({ assumed: z.object({ trips_per_day: z.number(), boardings_per_trip: z.number() }) });

/** One scheduled trip as it went: rain and rush hours make it late. */
function busTrip(city: PlayedCity, route: string, day: number, trip: number, hour: number, riders: number): Row {
  const next = city.stream(day * 100 + trip, "bus", route);
  const scheduled = city.at(day, Math.round(hour * 12) / 12);
  const rush = Math.exp(-((hour - 7.3) ** 2) / 1.5) + Math.exp(-((hour - 17.3) ** 2) / 1.5);
  const cancelled = next() < 0.006 + Math.min(0.1, city.rainOn(day) / 1500);
  const slow = 0.07 + 0.1 * rush + Math.min(0.25, city.rainOn(day) / 300);
  const delay = next() < slow ? 5 + 7 * next() : clamp(1 + 1.5 * normal(next), -1, 4.9);
  const late = next() < 0.015 ? -1 - 2 * next() : delay;
  const week = city.isHoliday(day) ? 0.45 : city.calendar.isWeekend(day) ? 0.72 : 1.1;
  const summer = city.calendar.month(day) >= 5 && city.calendar.month(day) <= 7 ? 0.92 : 1;
  return {
    trip_id: `${route}-${city.date(day).replaceAll("-", "")}-${String(trip + 1).padStart(2, "0")}`,
    route_id: route,
    date: city.date(day),
    scheduled_dep: city.iso(scheduled),
    actual_dep: cancelled ? null : city.iso(scheduled + Math.round(late * 60) * 1000),
    cancelled,
    boardings: cancelled ? 0 : poisson(next, riders * (0.65 + 0.8 * rush) * week * summer),
  };
}

/** Trips of a day, told early the next day; the first listed routes carry the most. */
export function busTrips(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("bus-trips", busAnchors);
  const routes = city.values("bus-trips", "route_id");
  return periodic(city, {
    id: "bus-trips",
    unit: "day",
    back: 60,
    delayMs: hourMs,
    *rows({ day }) {
      for (const [i, route] of routes.entries()) {
        const riders = assumed.boardings_per_trip * (1.35 - (0.7 * i) / routes.length);
        for (let trip = 0; trip < assumed.trips_per_day; trip += 1) {
          yield busTrip(city, route, day, trip, 5.5 + (14 * trip) / (assumed.trips_per_day - 1), riders);
        }
      }
    },
  });
}

const vehicles = chooser<string>([
  ["motorbike", 30],
  ["motorbike; car", 26],
  ["motorbike; motorbike", 18],
  ["motorbike; truck", 14],
  ["motorbike; pedestrian", 5],
  ["car; truck", 4],
  ["bicycle; car", 3],
]);

/** Accidents of record, 14 a year for 100,000 people; told the day after. */
export function roadAccidents(city: PlayedCity): PlayedDataset {
  const perDay = (city.people / 100_000) * (14 / 365.25);
  return cases(city, {
    id: "road-accidents",
    everyMs: dayMs / 4,
    backDays: 800,
    lagDays: 2,
    settleDays: 2,
    of(day) {
      const next = city.stream(day, "accidents");
      const busy = city.isNewYear(day) ? 1.5 : city.calendar.isWeekend(day) ? 1.2 : 0.93;
      const fewer = 0.955 ** city.yearsSince(2025, day);
      return Array.from({ length: poisson(next, perDay * busy * fewer) }, (_, i): Case => {
        const area = city.areaByPeople(next());
        const hour = next() < 0.55 ? 16 + 8 * next() : 16 * next();
        const deaths = next() < 0.36 ? 1 + (next() < 0.04 ? 1 : 0) : 0;
        const row = {
          accident_id: `${city.date(day)}-${i + 1}`,
          occurred_at: city.iso(Math.round(city.at(day, hour) / (5 * minuteMs)) * 5 * minuteMs),
          area_code: area?.id ?? city.cityArea,
          location: area ? city.place(area, next) : null,
          deaths,
          injured: deaths > 0 ? poisson(next, 0.4) : 1 + poisson(next, 0.3),
          vehicle_kinds: vehicles(next()),
        };
        return { times: [city.at(day + 1, 9)], row: () => row };
      });
    },
  });
}

const airportAnchors = z.object({
  assumed: z.object({
    year: z.number(),
    flights_per_day: z.number(),
    growth_pct: z.number(),
    pax_per_flight: z.number(),
    international_pct: z.number(),
  }),
});

/** Months of travellers from abroad and from the country, mean about 1. */
export const abroadMonth = [1.02, 1.06, 1.0, 0.96, 0.94, 1.0, 1.08, 1.06, 0.88, 0.9, 0.98, 1.12];
export const homeMonth = [0.78, 0.92, 0.88, 1.04, 1.08, 1.38, 1.5, 1.28, 0.86, 0.74, 0.72, 0.82];

export function airport(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("airport-daily", airportAnchors);
  const noise = city.key("airport");
  return periodic(city, {
    id: "airport-daily",
    unit: "day",
    back: 800,
    delayMs: dayMs / 4,
    *rows({ day, label, index }) {
      const next = city.stream(index, "airport");
      const growth = (1 + assumed.growth_pct / 100) ** city.yearsSince(assumed.year, day);
      const holiday = city.isNewYear(day) ? 1.18 : city.isHoliday(day) ? 1.12 : 1;
      const weekday = [1.05, 0.98, 0.95, 0.96, 1, 1.06, 1.03][city.calendar.weekday(day)] ?? 1;
      const slow = 1 + 0.03 * smooth(noise, day, 5);
      const pax = assumed.flights_per_day * assumed.pax_per_flight * growth * holiday * weekday * slow;
      const abroad = assumed.international_pct / 100;
      const international = Math.round(pax * abroad * city.calendar.seasonal(abroadMonth, day) * spread(next, 0.02));
      const domestic = Math.round(pax * (1 - abroad) * city.calendar.seasonal(homeMonth, day) * spread(next, 0.02));
      const flights = Math.round((international + domestic) / (assumed.pax_per_flight * spread(next, 0.015)));
      const delayed = someOf(next, flights, clamp(0.17 + city.rainOn(day) / 500 + 0.04 * normal(next), 0.05, 0.6));
      yield {
        date: label,
        flights,
        pax_domestic: domestic,
        pax_international: international,
        flights_delayed_15: delayed,
      };
    },
  });
}
