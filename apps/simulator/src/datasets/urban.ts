import { z } from "zod";
import { dayMs } from "../world/calendar.ts";
import { clamp } from "../world/weather.ts";
import type { PlayedCity } from "./city.ts";
import { chooser, poisson, round, spread } from "./draws.ts";
import type { PlayedDataset } from "./played.ts";
import type { Case } from "./series.ts";
import { cases, periodic } from "./series.ts";

const wasteAnchors = z.object({
  assumed: z.object({
    year: z.number(),
    kg_per_head_day: z.number(),
    growth_pct: z.number(),
    recycled_pct: z.number(),
    composted_pct: z.number(),
    incinerated_pct: z.number(),
  }),
});

/** Tonnes by day for the reporting units; what is not recycled, composted or burnt is landfilled. */
export function waste(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("waste-daily", wasteAnchors);
  const units = city.reporting();
  return periodic(city, {
    id: "waste-daily",
    unit: "day",
    back: 400,
    delayMs: dayMs / 4,
    *rows({ day, label, index }) {
      const years = city.yearsSince(assumed.year, day);
      const soon = city.isNewYear(day + 4) && !city.isNewYear(day) ? 1.25 : city.isNewYear(day) ? 0.85 : 1;
      const week = [1.02, 1.05, 1, 0.99, 0.98, 0.98, 0.98][city.calendar.weekday(day)] ?? 1;
      for (const unit of units) {
        const next = city.stream(index, "waste", unit.id);
        const urban = unit.members.reduce((sum, area) => sum + area.urban * area.people, 0) / unit.people;
        const perHead = assumed.kg_per_head_day * (1 + assumed.growth_pct / 100) ** years * (0.62 + 0.5 * urban);
        const collected = round((unit.people * perHead * week * soon * spread(next, 0.05)) / 1000, 2);
        const part = (percent: number, yearly: number): number =>
          round((collected * clamp(percent + yearly * years, 0, 40) * spread(next, 0.08)) / 100, 2);
        const recycled = part(assumed.recycled_pct * (0.7 + 0.6 * city.fixed("recycled", unit.id)), 0.9);
        const composted = part(assumed.composted_pct, 0.2);
        const incinerated = part(assumed.incinerated_pct, 1.2);
        yield {
          date: label,
          area_code: unit.id,
          collected_t: collected,
          recycled_t: recycled,
          composted_t: composted,
          incinerated_t: incinerated,
          landfilled_t: round(collected - recycled - composted - incinerated, 2),
        };
      }
    },
  });
}

const permitKinds = chooser<string>([
  ["house", 84],
  ["commerce", 8],
  ["apartment", 1.5],
  ["industry", 3],
  ["public", 3.5],
]);
const permitSizes: Readonly<Record<string, number>> = {
  house: 165,
  commerce: 900,
  apartment: 9500,
  industry: 4200,
  public: 2600,
};

/** Permits from application to issue, three a working day for a million people and more. */
export function buildingPermits(city: PlayedCity): PlayedDataset {
  return cases(city, {
    id: "building-permits",
    everyMs: dayMs / 2,
    backDays: 420,
    settleDays: 60,
    of(day) {
      if (!city.isWorkingDay(day)) return [];
      const next = city.stream(day, "permits");
      const month = city.calendar.month(day);
      const season = month >= 8 && month <= 10 ? 0.8 : month >= 1 && month <= 4 ? 1.2 : 1;
      return Array.from({ length: poisson(next, (city.people / 1e6) * 4.2 * season) }, (_, i): Case => {
        const kind = permitKinds(next()) ?? "house";
        const span = kind === "house" ? 5 + Math.floor(10 * next()) : 10 + Math.floor(18 * next());
        const issued = city.workingDaysLater(day, span + (next() < 0.06 ? 8 : 0));
        const row = {
          permit_id: `gp-${city.date(day).replaceAll("-", "")}-${i + 1}`,
          area_code: city.areaByPeople(next())?.id ?? city.cityArea,
          applied_on: city.date(day),
          kind,
          floor_area_m2: round((permitSizes[kind] ?? 200) * spread(next, 0.5)),
        };
        const told = city.at(issued, 16.5);
        return {
          times: [city.at(day, 17), told],
          row: (at) => ({ ...row, issued_on: told <= at ? city.date(issued) : null }),
        };
      });
    },
  });
}

const violations = chooser<string>([
  ["no-permit", 3],
  ["off-permit", 5],
  ["on-public-land", 2],
  ["safety", 2],
]);

/** Inspections of building sites; one in twelve finds something, most of which is put right within three months. */
export function constructionInspections(city: PlayedCity): PlayedDataset {
  return cases(city, {
    id: "construction-inspections",
    everyMs: dayMs / 2,
    backDays: 420,
    settleDays: 150,
    of(day) {
      if (!city.isWorkingDay(day)) return [];
      const next = city.stream(day, "inspections");
      return Array.from({ length: poisson(next, (city.people / 1e6) * 2.6) }, (_, i): Case => {
        const found = next() < 0.083;
        const resolvedDay = found && next() < 0.86 ? day + 5 + Math.floor(120 * next() ** 1.6) : null;
        const resolved = resolvedDay === null ? null : city.at(resolvedDay, 16);
        const row = {
          inspection_id: `kt-${city.date(day).replaceAll("-", "")}-${i + 1}`,
          area_code: city.areaByPeople(next())?.id ?? city.cityArea,
          inspected_on: city.date(day),
          violation: found ? violations(next()) : "none",
        };
        return {
          times: [city.at(day, 17), ...(resolved === null ? [] : [resolved])],
          row: (at) => ({
            ...row,
            resolved_on: resolvedDay !== null && resolved !== null && resolved <= at ? city.date(resolvedDay) : null,
          }),
        };
      });
    },
  });
}

/** Parcels by unit and how many are in the digital land register; the city's core is ahead. */
export function landParcels(city: PlayedCity): PlayedDataset {
  return periodic(city, {
    id: "land-parcels-summary",
    unit: "month",
    back: 26,
    delayMs: 5 * dayMs,
    *rows({ label, day }) {
      const years = city.yearsSince(2025, day);
      for (const area of city.areas) {
        const parcels = Math.round(
          area.people * (0.34 + 0.3 * (1 - area.urban) + 0.06 * city.fixed("parcels", area.id)),
        );
        const gap = (area.core ? 0.12 : 0.34) * (0.6 + 0.8 * city.fixed("land", area.id)) * Math.exp(-0.4 * years);
        const digitised = Math.round(parcels * (1 - clamp(gap, 0, 0.8)));
        const matched = clamp(0.72 + 0.09 * years + 0.1 * (city.fixed("matched", area.id) - 0.5), 0.3, 0.99);
        yield {
          month: label,
          area_code: area.id,
          parcels,
          parcels_digitised: digitised,
          parcels_matched_population: Math.round(digitised * matched),
        };
      }
    },
  });
}
