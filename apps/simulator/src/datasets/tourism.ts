import { z } from "zod";
import { dayMs } from "../world/calendar.ts";
import { clamp, smooth } from "../world/weather.ts";
import type { PlayedArea, Reporting } from "./areas.ts";
import { reportingAreas } from "./areas.ts";
import type { PlayedCity } from "./city.ts";
import { round, shareOut, shareOutAmount, spread } from "./draws.ts";
import { periodOf } from "./periods.ts";
import type { PlayedDataset, Row } from "./played.ts";
import type { Case } from "./series.ts";
import { cases, periodic } from "./series.ts";
import { abroadMonth, homeMonth } from "./transport.ts";

const roomsAnchors = z.object({
  assumed: z.object({
    year: z.number(),
    rooms: z.number(),
    growth_pct: z.number(),
    occupancy_pct: z.number(),
    guests_per_room: z.number(),
    stay_nights: z.number(),
    international_pct: z.number(),
  }),
});
type Rooms = z.infer<typeof roomsAnchors>["assumed"];

/** How much a unit lives on visitors: beaches, sights with a car park, and what any centre has. */
function attraction(city: PlayedCity, area: PlayedArea): number {
  const beaches = area.stations.filter(({ kind }) => kind === "sea-state").length;
  const sights = area.stations.filter(({ id }) => city.world.parameters.model.sites[id]?.["tourist"] === true).length;
  return (
    (beaches * (0.5 + 1.6 * area.urban) + sights * 1.1 + (area.urban ** 3 * area.people) / 32_000) *
    (0.7 + 0.6 * city.fixed("rooms", area.id))
  );
}

interface Night {
  available: number;
  sold: number;
  domestic: number;
  international: number;
  nights: number;
}

/** A night of the whole city: summer and lunar new year are the peaks, rain keeps away. */
function nightOf(city: PlayedCity, rooms: Rooms, day: number): Night {
  const growth = (1 + rooms.growth_pct / 100) ** city.yearsSince(rooms.year, day);
  const available = rooms.rooms * growth;
  const abroad = rooms.international_pct / 100;
  const season =
    abroad * city.calendar.seasonal(abroadMonth, day) + (1 - abroad) * city.calendar.seasonal(homeMonth, day);
  const festive = city.isNewYear(day) ? 1.2 : city.isHoliday(day) || city.isHoliday(day + 1) ? 1.3 : 1;
  const week = [0.97, 0.92, 0.93, 0.95, 1, 1.1, 1.13][city.calendar.weekday(day)] ?? 1;
  const slow = 1 + 0.05 * smooth(city.key("rooms"), day, 6);
  const share = clamp(
    (rooms.occupancy_pct / 100) * 1.03 ** city.yearsSince(rooms.year, day) * season * festive * week * slow,
    0.1,
    0.95,
  );
  const sold = available * share;
  const nights = sold * rooms.guests_per_room;
  const arrivals =
    nights / (rooms.stay_nights * (1 + 0.05 * Math.cos((2 * Math.PI * (city.calendar.month(day) - 6)) / 12)));
  const foreign = clamp((abroad * city.calendar.seasonal(abroadMonth, day)) / season, 0.1, 0.8);
  return { available, sold, domestic: arrivals * (1 - foreign), international: arrivals * foreign, nights };
}

/** Nights by unit, for the units with most visitors and the rest as one. */
export function accommodation(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("accommodation-daily", roomsAnchors);
  const draw = (area: PlayedArea): number => attraction(city, area);
  const units: Reporting[] = reportingAreas(city.areas, city.cityArea, draw);
  const weights = units.map(({ members }) => members.reduce((sum, area) => sum + draw(area), 0.2));
  const total = weights.reduce((a, b) => a + b, 0);
  return periodic(city, {
    id: "accommodation-daily",
    unit: "day",
    back: 760,
    delayMs: dayMs / 3,
    *rows({ day, label, index }) {
      const night = nightOf(city, assumed, day);
      for (const [i, unit] of units.entries()) {
        const next = city.stream(index, "rooms", unit.id);
        const part = (weights[i] ?? 0) / total;
        const own = spread(next, 0.05) * (0.9 + 0.2 * city.fixed("occupancy", unit.id));
        const available = Math.round(night.available * part);
        const sold = Math.min(available, Math.round(night.sold * part * own));
        const guests = sold / Math.max(1, night.sold);
        yield {
          date: label,
          area_code: unit.id,
          rooms_available: available,
          rooms_sold: sold,
          arrivals_domestic: Math.round(night.domestic * guests * spread(next, 0.03)),
          arrivals_international: Math.round(night.international * guests * spread(next, 0.03)),
          guest_nights: Math.round(night.nights * guests),
        };
      }
    },
  });
}

const revenueAnchors = z.object({
  assumed: z.object({
    year: z.number(),
    revenue_vnd_bn: z.record(z.string(), z.number()),
    growth_pct: z.number(),
    plan_growth_pct: z.number(),
  }),
});
const revenueMonth = [0.9, 1, 0.88, 0.98, 1.02, 1.24, 1.34, 1.16, 0.88, 0.82, 0.82, 0.96];

/**
 * Revenue by month and service. The plan of a year is told at its beginning for every month, shared out like the revenue of
 * a usual year; the revenue follows after each month.
 */
export function tourismRevenue(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("tourism-revenue-monthly", revenueAnchors);
  const casesOf = (year: number, service: string, base: number): Case[] => {
    const since = year - assumed.year;
    const total =
      base * (1 + assumed.growth_pct / 100) ** since * spread(city.stream(year, "tourism-year", service), 0.03);
    const next = city.stream(year, "tourism", service);
    const actual = shareOutAmount(
      total,
      revenueMonth.map((weight) => weight * spread(next, 0.035)),
      1,
    );
    const plan = shareOutAmount(base * (1 + assumed.plan_growth_pct / 100) ** since, revenueMonth, 1);
    return plan.map((planned, month): Case => {
      const period = periodOf(city.calendar, "month", year * 12 + month);
      const told = period.end + 4 * dayMs;
      const row = { month: period.label, service, plan_vnd_bn: planned };
      return {
        times: [city.at(Date.UTC(year, 0, 5) / dayMs, 8), told],
        row: (at) => ({ ...row, revenue_vnd_bn: told <= at ? (actual[month] ?? 0) : null }),
      };
    });
  };
  return cases(city, {
    id: "tourism-revenue-monthly",
    everyMs: dayMs,
    backDays: 5 * 366,
    settleDays: 370,
    of(day) {
      if (city.calendar.monthDay(day) !== "01-05") return [];
      const year = city.calendar.year(day);
      return Object.entries(assumed.revenue_vnd_bn).flatMap(([service, base]) => casesOf(year, service, base));
    },
  });
}

const marketAnchors = z.object({ assumed: z.object({ share_pct: z.record(z.string(), z.number()) }) });

/** The international arrivals of a month by country; each market has its own season and drifts slowly. */
export function visitorMarkets(city: PlayedCity): PlayedDataset {
  const rooms = city.anchors("accommodation-daily", roomsAnchors).assumed;
  const { assumed } = city.anchors("visitor-nationality-monthly", marketAnchors);
  return periodic(city, {
    id: "visitor-nationality-monthly",
    unit: "month",
    back: 48,
    delayMs: 5 * dayMs,
    *rows({ day, days, label, index, month }) {
      let total = 0;
      for (let d = day; d < day + days; d += 1) total += nightOf(city, rooms, d).international;
      const markets = Object.entries(assumed.share_pct);
      const weights = markets.map(([country, share]) => {
        const phase = 12 * city.fixed("market", country);
        const season = 1 + 0.18 * Math.cos((2 * Math.PI * (month - phase)) / 12);
        return share * season * Math.exp(0.1 * smooth(city.key("market", country), index, 5));
      });
      const parts = shareOut(round(total), weights);
      for (const [i, [country]] of markets.entries()) {
        const row: Row = { month: label, country, visitors: parts[i] ?? 0 };
        yield row;
      }
    },
  });
}
