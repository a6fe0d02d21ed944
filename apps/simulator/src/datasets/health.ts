import { z } from "zod";
import { dayMs } from "../world/calendar.ts";
import { clamp, smooth } from "../world/weather.ts";
import type { PlayedCity } from "./city.ts";
import { normal, poisson, round, shareOut, someOf, spread } from "./draws.ts";
import type { PlayedDataset } from "./played.ts";
import { periodic } from "./series.ts";

const larvaeMonth = [0.8, 0.7, 0.7, 0.8, 0.95, 1.1, 1.25, 1.4, 1.5, 1.45, 1.2, 0.95];

/** A hundred houses and more in every unit each month. */
export function vectorSurvey(city: PlayedCity): PlayedDataset {
  return periodic(city, {
    id: "vector-survey",
    unit: "month",
    back: 62,
    delayMs: 3 * dayMs,
    *rows({ index, label, month }) {
      for (const area of city.areas) {
        const next = city.stream(index, "larvae", area.id);
        const houses = 90 + 10 * Math.floor(7 * next());
        const slow = Math.exp(0.25 * smooth(city.key("larvae", area.id), index, 3));
        const share = clamp(
          0.085 * (larvaeMonth[month] ?? 1) * (0.7 + 0.6 * city.fixed("larvae", area.id)) * slow,
          0.01,
          0.4,
        );
        const positive = someOf(next, houses, share);
        yield {
          month: label,
          area_code: area.id,
          houses_inspected: houses,
          houses_with_larvae: positive,
          containers_with_larvae: positive + poisson(next, positive * 0.7),
          adult_mosquitoes: poisson(next, houses * share * 2.2),
        };
      }
    },
  });
}

const bedAnchors = z.object({
  assumed: z.object({
    facilities: z.record(
      z.string(),
      z.object({ beds: z.number(), icu: z.number(), area: z.record(z.string(), z.string()) }),
    ),
  }),
});

/** Beds of the facilities that lie in the scheme in use: fuller on weekdays and in the dengue months. */
export function hospitalBeds(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("hospital-beds-daily", bedAnchors);
  const { scheme } = city.world.network;
  const facilities = Object.entries(assumed.facilities).flatMap(([id, facility]) => {
    const area = facility.area[scheme];
    return area === undefined ? [] : [{ ...facility, id, area }];
  });
  return periodic(city, {
    id: "hospital-beds-daily",
    unit: "day",
    back: 500,
    delayMs: dayMs / 12,
    *rows({ day, index, label, month }) {
      const season = 1 + 0.035 * Math.cos((2 * Math.PI * (month - 9)) / 12);
      const week = city.isNewYear(day)
        ? 0.72
        : ([0.93, 1.02, 1.03, 1.02, 1.01, 0.99, 0.95][city.calendar.weekday(day)] ?? 1);
      for (const { id, area, beds, icu } of facilities) {
        const next = city.stream(index, "beds", id);
        // Busy, but not full: what fills the last beds of an ordinary week is an outbreak.
        const usual = 0.7 + 0.16 * city.fixed("beds", id);
        const usualCare = 0.55 + 0.17 * city.fixed("intensive-care", id);
        const slow = 0.04 * smooth(city.key("beds", id), day, 5);
        const staffed = Math.round(beds * (1 - 0.02 * Math.abs(smooth(city.key("staffed", id), day, 12))));
        const occupied = Math.min(staffed, Math.round(staffed * (usual * season * week + slow + 0.01 * normal(next))));
        const full = clamp(usualCare * season + slow + 0.05 * normal(next), 0, 1);
        yield {
          facility_id: id,
          date: label,
          area_code: area,
          beds_staffed: staffed,
          beds_occupied: Math.max(0, occupied),
          icu_beds: icu,
          icu_occupied: Math.min(icu, Math.round(icu * full)),
          er_visits: poisson(next, beds * 0.14 * (city.isHoliday(day) ? 1.25 : 1) * season),
          admissions: poisson(next, beds * 0.115 * week * season),
        };
      }
    },
  });
}

const coverage: Readonly<Record<string, number>> = {
  bcg: 0.98,
  "hepb-birth": 0.93,
  "penta-3": 0.95,
  "opv-3": 0.955,
  "measles-1": 0.958,
  "mr-2": 0.94,
  "je-2": 0.925,
};

/** The children of a month in every unit, 13.5 births a year for 1,000 people. */
export function vaccination(city: PlayedCity): PlayedDataset {
  const vaccines = city.values("vaccination-coverage", "vaccine");
  return periodic(city, {
    id: "vaccination-coverage",
    unit: "month",
    back: 15,
    delayMs: 5 * dayMs,
    *rows({ index, label }) {
      for (const area of city.areas) {
        for (const vaccine of vaccines) {
          const next = city.stream(index, "vaccine", area.id, vaccine);
          const eligible = poisson(next, (area.people * 0.0135) / 12);
          const local = 0.035 * (city.fixed("vaccine", area.id) - 0.6) - (1 - area.urban) * 0.015;
          const share = clamp((coverage[vaccine] ?? 0.94) + local, 0.75, 1);
          yield { month: label, area_code: area.id, vaccine, eligible, vaccinated: someOf(next, eligible, share) };
        }
      }
    },
  });
}

export function healthRecords(city: PlayedCity): PlayedDataset {
  return periodic(city, {
    id: "ehr-registry-monthly",
    unit: "month",
    back: 26,
    delayMs: 5 * dayMs,
    *rows({ label, day }) {
      const years = city.yearsSince(2025, day);
      for (const area of city.areas) {
        const gap = (0.055 - 0.035 * area.urban) * Math.exp(-0.25 * years) * (0.6 + 0.8 * city.fixed("ehr", area.id));
        const records = Math.round(area.people * (1 - clamp(gap, 0, 0.3)));
        const used = clamp(0.52 + 0.045 * years + 0.12 * (city.fixed("ehr-used", area.id) - 0.5), 0.2, 0.95);
        yield {
          month: label,
          area_code: area.id,
          population: area.people,
          records_with_id: records,
          records_active_12m: Math.round(records * used),
        };
      }
    },
  });
}

/** Staff by unit: 19 doctors for 10,000 people in the city, gathered where it is densest; rising by 2.5 % a year. */
export function healthWorkforce(city: PlayedCity): PlayedDataset {
  const weights = city.areas.map(
    ({ id, people, urban }) => people * (0.25 + urban ** 2 * (0.5 + 1.6 * city.fixed("doctors", id))),
  );
  return periodic(city, {
    id: "health-workforce",
    unit: "quarter",
    back: 16,
    delayMs: 12 * dayMs,
    *rows({ label, day, index }) {
      const growth = 1.025 ** city.yearsSince(2025, day);
      const next = city.stream(index, "workforce");
      const doctors = shareOut(round((city.people / 10_000) * 17.5 * growth), weights);
      const nurses = shareOut(round((city.people / 10_000) * 24 * growth * spread(next, 0.004)), weights);
      const pharmacists = shareOut(round((city.people / 10_000) * 4.2 * growth * spread(next, 0.006)), weights);
      for (const [i, { id }] of city.areas.entries()) {
        yield {
          quarter: label,
          area_code: id,
          doctors: doctors[i] ?? 0,
          nurses: nurses[i] ?? 0,
          pharmacists: pharmacists[i] ?? 0,
        };
      }
    },
  });
}
