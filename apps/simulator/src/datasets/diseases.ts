import { z } from "zod";
import { gamma } from "../random/keyed.ts";
import { dayMs } from "../world/calendar.ts";
import { smooth } from "../world/weather.ts";
import type { PlayedArea, Reporting } from "./areas.ts";
import type { PlayedCity } from "./city.ts";
import { normal, poisson, shareOut, someOf } from "./draws.ts";
import type { Period } from "./periods.ts";
import type { PlayedDataset, Row } from "./played.ts";
import { periodic } from "./series.ts";

interface Disease {
  /** Cases for 100,000 people in a usual year. */
  perYear: number;
  /** Weeks of the peaks, their width in weeks, and the part of the cases that has no season. */
  peaks: readonly number[];
  width: number;
  even: number;
  severe: number;
  deaths: number;
  /** Common diseases are told with zeros, rare ones only where there are cases. */
  common: boolean;
  /** Standard deviation of the years, in the logarithm. */
  years: number;
  /** Years that stood out, as factors. */
  outbreaks?: Readonly<Record<number, number>>;
}

const known: Readonly<Record<string, Disease>> = {
  dengue: { perYear: 260, peaks: [35], width: 9, even: 0.12, severe: 0.014, deaths: 0.0004, common: true, years: 0.35 },
  hfmd: { perYear: 110, peaks: [16, 40], width: 5, even: 0.3, severe: 0.012, deaths: 0, common: true, years: 0.3 },
  "influenza-like": {
    perYear: 820,
    peaks: [5, 50],
    width: 7,
    even: 0.5,
    severe: 0.004,
    deaths: 0,
    common: true,
    years: 0.1,
  },
  "acute-diarrhoea": {
    perYear: 240,
    peaks: [24],
    width: 9,
    even: 0.6,
    severe: 0.006,
    deaths: 0,
    common: true,
    years: 0.1,
  },
  measles: {
    perYear: 2.2,
    peaks: [14],
    width: 8,
    even: 0.3,
    severe: 0.05,
    deaths: 0.002,
    common: false,
    years: 0.5,
    outbreaks: { 2024: 7, 2025: 14 },
  },
  chickenpox: { perYear: 32, peaks: [13], width: 7, even: 0.25, severe: 0.003, deaths: 0, common: false, years: 0.2 },
  "covid-19": {
    perYear: 9,
    peaks: [20],
    width: 8,
    even: 0.6,
    severe: 0.02,
    deaths: 0.004,
    common: false,
    years: 0.6,
    outbreaks: { 2021: 40, 2022: 110, 2023: 4 },
  },
  rabies: { perYear: 0.08, peaks: [26], width: 10, even: 0.7, severe: 1, deaths: 1, common: false, years: 0.3 },
};
/** Outbreaks of 4 to 40 people, two a year for a million. */
const poisoningPerYear = 2;

/** Share of a year's cases in a week. */
function seasonOf(disease: Disease, week: number): number {
  let sum = 0;
  for (const peak of disease.peaks) {
    const away = Math.abs(week - peak);
    const distance = Math.min(away, 52 - away) / disease.width;
    sum += Math.exp(-(distance ** 2) / 2) / (disease.width * Math.sqrt(2 * Math.PI) * disease.peaks.length);
  }
  return disease.even / 52 + (1 - disease.even) * sum;
}

const anchorShape = z.object({ press: z.object({ dengue_weeks: z.record(z.string(), z.number()) }) });

interface Anchored {
  /** Known totals of the earlier city by week label. */
  weeks: Readonly<Record<string, number>>;
  /** Factors of the years that hold known weeks, so that the weeks around fit them. */
  years: ReadonlyMap<number, number>;
}

const weekOf = (label: string): number => Number(label.slice(6));

function anchorsOf(city: PlayedCity, dengue: Disease): Anchored {
  const weeks = city.anchors("notifiable-disease-weekly", anchorShape).press.dengue_weeks;
  const core = city.areas.reduce((sum, { core, people }) => sum + (core ? people : 0), 0);
  const years = new Map<number, number>();
  for (const [label, cases] of Object.entries(weeks)) {
    const usual = (dengue.perYear * core * seasonOf(dengue, weekOf(label))) / 100_000;
    years.set(Number(label.slice(0, 4)), cases / usual);
  }
  return { weeks, years };
}

/** Factor of a year, with the memory of the draw only. */
function yearFactor(city: PlayedCity, id: string, disease: Disease, year: number): number {
  const drawn = Math.exp(disease.years * normal(city.stream(year, "disease-year", id)));
  return disease.outbreaks?.[year] ?? drawn;
}

/** How hard a disease hits a unit: crowded ones more, each with a character of its own and slow waves. */
function hardness(city: PlayedCity, id: string, area: PlayedArea, week: number): number {
  const own = 0.7 + 0.6 * city.fixed("disease", id, area.id);
  return own * (0.6 + 0.7 * area.urban) * Math.exp(0.25 * smooth(city.key("disease-wave", id, area.id), week, 4));
}

/** Cases of one disease in the units of a week, before the rows. */
function casesOf(
  city: PlayedCity,
  id: string,
  disease: Disease,
  period: Period,
  units: readonly Reporting[],
  anchored: Anchored,
): number[] {
  const week = weekOf(period.label);
  const year = Number(period.label.slice(0, 4));
  const factor = (id === "dengue" ? anchored.years.get(year) : undefined) ?? yearFactor(city, id, disease, year);
  const perHead = (disease.perYear * factor * seasonOf(disease, week)) / 100_000;
  const shared = Math.exp(0.12 * smooth(city.key("disease-week", id), period.index, 2));
  const means = units.map(
    ({ members }) =>
      members.reduce((sum, area) => sum + area.people * hardness(city, id, area, period.index), 0) * perHead * shared,
  );
  const fixed = id === "dengue" ? anchored.weeks[period.label] : undefined;
  if (fixed !== undefined) {
    const parts = shareOut(
      fixed,
      units.map((unit, i) => (unit.members.every(({ core }) => core) ? (means[i] ?? 0) : 0)),
    );
    return units.map((unit, i) =>
      unit.members.every(({ core }) => core) ? (parts[i] ?? 0) : Math.round(means[i] ?? 0),
    );
  }
  return units.map((unit, i) => {
    const next = city.stream(period.index, "cases", id, unit.id);
    const mean = means[i] ?? 0;
    return mean > 0 ? poisson(next, gamma(next, 9, mean)) : 0;
  });
}

function poisoned(city: PlayedCity, period: Period, unit: Reporting): number {
  const next = city.stream(period.index, "poisoning", unit.id);
  const outbreaks = poisson(next, (poisoningPerYear * unit.people) / 1e6 / 52);
  return outbreaks === 0 ? 0 : 4 + Math.floor(36 * next() ** 2);
}

/**
 * Cases by week for at most twenty units (see {@link PlayedCity.reporting}). The row of the rest of the city is always there, so that a
 * week without cases says 0; without one every unit says it.
 */
export function notifiableDiseases(city: PlayedCity): PlayedDataset {
  const units = city.reporting();
  const ids = city.values("notifiable-disease-weekly", "disease");
  const anchored = anchorsOf(city, known["dengue"] as Disease);
  const hasRest = units.some(({ id }) => id === city.cityArea);
  function* rowsOf(id: string, period: Period): Iterable<Row> {
    const disease = known[id];
    const counts = disease
      ? casesOf(city, id, disease, period, units, anchored)
      : units.map((unit) => poisoned(city, period, unit));
    for (const [i, unit] of units.entries()) {
      const count = counts[i] ?? 0;
      if (count === 0 && hasRest && !disease?.common && unit.id !== city.cityArea) continue;
      const next = city.stream(period.index, "severe", id, unit.id);
      const severe = someOf(next, count, disease?.severe ?? 0.03);
      const deaths = Math.min(severe, someOf(next, count, disease?.deaths ?? 0));
      yield { isoweek: period.label, area_code: unit.id, disease: id, cases: count, severe, deaths };
    }
  }
  return periodic(city, {
    id: "notifiable-disease-weekly",
    unit: "week",
    back: 314,
    delayMs: dayMs,
    *rows(period) {
      for (const id of ids) yield* rowsOf(id, period);
    },
  });
}
