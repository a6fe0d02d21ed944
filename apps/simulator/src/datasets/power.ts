import { z } from "zod";
import { dayMs, hourMs, minuteMs, shapeAt } from "../world/calendar.ts";
import { clamp, smooth } from "../world/weather.ts";
import type { PlayedCity } from "./city.ts";
import { chooser, poisson, round, shareOut, spread } from "./draws.ts";
import type { PlayedDataset } from "./played.ts";
import type { Case } from "./series.ts";
import { cases, periodic, timed } from "./series.ts";

const loadAnchors = z.object({
  assumed: z.object({
    year: z.number(),
    kwh_per_head_year: z.number(),
    growth_pct: z.number(),
    loss_pct: z.number(),
    solar_mw_per_million: z.number(),
  }),
});

/** Mean load of a day, MW: people, growth, heat, the week. */
function meanLoad(city: PlayedCity, anchors: z.infer<typeof loadAnchors>["assumed"], day: number): number {
  const base = (city.people * anchors.kwh_per_head_year) / 8_766_000;
  const growth = (1 + anchors.growth_pct / 100) ** city.yearsSince(anchors.year, day);
  const warm = city.calendar.seasonal(city.world.parameters.climate.temp_mean_cel, day) - 26;
  const quiet = city.isNewYear(day) ? 0.7 : city.calendar.isWeekend(day) ? 0.93 : 1.025;
  return base * growth * (1 + 0.03 * warm) * quiet;
}

/** Hours of the load, labelled by their end; what may be drawn at most stays above every peak. */
export function cityLoad(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("city-load-hourly", loadAnchors);
  const { shapes } = city.world.parameters;
  const noise = city.key("load");
  const peakShape = Math.max(...shapes.power.v);
  return timed(city, {
    id: "city-load-hourly",
    slotMs: hourMs,
    backMs: 400 * dayMs,
    *rows(time) {
      const middle = time - hourMs / 2;
      const day = city.calendar.day(middle);
      const hour = city.calendar.hour(middle);
      const mean = meanLoad(city, assumed, day);
      const hot = 1 + 0.045 * smooth(noise, day, 3) + 0.012 * smooth(noise + 1, time / hourMs, 3);
      const growth = (1 + assumed.growth_pct / 100) ** city.yearsSince(assumed.year, day);
      const built = ((city.people * assumed.kwh_per_head_year) / 8_766_000) * growth * peakShape * 1.45;
      const sun = shapeAt(shapes.solar.v, hour) / 3.3;
      const clouds = clamp(0.95 - city.rainOn(day) / 40 + 0.15 * smooth(noise + 2, time / hourMs, 4), 0.1, 1);
      yield {
        time: city.iso(time),
        load_mw: round(mean * shapeAt(shapes.power.v, hour) * hot, 1),
        available_mw: round(built * (1 - 0.05 * Math.abs(smooth(noise + 3, day, 5))), 1),
        solar_mw: round((assumed.solar_mw_per_million * city.people * sun * clouds) / 1e6, 1),
      };
    },
  });
}

const salesAnchors = z.object({ assumed: z.object({ sector_pct: z.record(z.string(), z.number()) }) });

/** Energy sold by unit and sector: the city's load less losses, shared by people and by what a unit lives on. */
export function powerSales(city: PlayedCity): PlayedDataset {
  const load = city.anchors("city-load-hourly", loadAnchors).assumed;
  const { assumed } = city.anchors("power-consumption-monthly", salesAnchors);
  const industry = city.areas.map(({ id }) => 0.15 + 2.4 * city.fixed("industry", id) ** 3);
  const weightOf = (sector: string, i: number): number => {
    const { people, urban } = city.areas[i] ?? { people: 0, urban: 0 };
    if (sector === "industry") return people * (industry[i] ?? 0);
    if (sector === "commerce") return people * (0.2 + urban * urban);
    if (sector === "agriculture") return people * (1.1 - urban);
    return people * (0.7 + 0.5 * urban);
  };
  const customersPer: Readonly<Record<string, number>> = {
    household: 3.5,
    industry: 170,
    commerce: 34,
    agriculture: 260,
  };
  return periodic(city, {
    id: "power-consumption-monthly",
    unit: "month",
    back: 27,
    delayMs: 6 * dayMs,
    *rows({ day, days, label, index }) {
      let mwh = 0;
      for (let d = day; d < day + days; d += 1) mwh += meanLoad(city, load, d) * 24;
      const sold = mwh * 1000 * (1 - load.loss_pct / 100);
      const growth = 1.012 ** city.yearsSince(2025, day);
      for (const [sector, percent] of Object.entries(assumed.sector_pct)) {
        const weights = city.areas.map(
          (area, i) => weightOf(sector, i) * spread(city.stream(index, "kwh", sector, area.id), 0.03),
        );
        const parts = shareOut((sold * percent) / 100, weights);
        for (const [i, area] of city.areas.entries()) {
          const customers = Math.round((growth * (weightOf(sector, i) * 0.9)) / (customersPer[sector] ?? 420));
          yield { month: label, area_code: area.id, sector, kwh: parts[i] ?? 0, customers: Math.max(1, customers) };
        }
      }
    },
  });
}

const plannedCauses = chooser<string>([
  ["maintenance", 3],
  ["upgrade", 2],
]);

/** Interruptions: a fixed rate a head, more on rainy days; planned works on weekdays. */
export function powerOutages(city: PlayedCity): PlayedDataset {
  const { calendar } = city;
  return cases(city, {
    id: "power-outages",
    everyMs: hourMs / 2,
    backDays: 420,
    settleDays: 2,
    of(day) {
      const next = city.stream(day, "outages");
      const rain = city.rainOn(day);
      const size = city.people / 1_000_000;
      const unplanned = poisson(next, size * (1.5 + Math.min(6, rain / 12)));
      const planned = city.isWorkingDay(day) ? poisson(next, size * 0.9) : 0;
      return Array.from({ length: unplanned + planned }, (_, i): Case => {
        const works = i >= unplanned;
        const start = city.at(day, works ? 7.5 + 1.5 * next() : 24 * next());
        const length = works ? (1.5 + 3 * next()) * hourMs : (3 + 38 * spread(next, 0.75)) * minuteMs;
        const end = start + Math.round(length / minuteMs) * minuteMs;
        const storm = chooser<string>([
          ["equipment", 4],
          ["tree", 2 + rain / 15],
          ["storm", rain / 8],
          ["third-party", 2],
          ["animal", 1.5],
          ["overload", calendar.month(day) >= 4 && calendar.month(day) <= 7 ? 2 : 0.4],
        ]);
        const row = {
          outage_id: `${city.date(day)}-${String(i + 1).padStart(2, "0")}`,
          started_at: city.iso(start),
          area_code: city.areaByPeople(next())?.id ?? city.cityArea,
          customers_affected: round(Math.min(16_000, (works ? 420 : 650) * spread(next, 0.8))),
          planned: works,
          cause: works ? plannedCauses(next()) : storm(next()),
        };
        return { times: [start, end], row: (at) => ({ ...row, ended_at: end <= at ? city.iso(end) : null }) };
      });
    },
  });
}
