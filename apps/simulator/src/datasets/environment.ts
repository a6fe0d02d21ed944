import { z } from "zod";
import { o3Month, pmMonth } from "../stations/air-kinds.ts";
import { dayMs } from "../world/calendar.ts";
import { clamp, smooth } from "../world/weather.ts";
import type { PlayedCity } from "./city.ts";
import { normal, round, spread } from "./draws.ts";
import type { PlayedDataset, Row } from "./played.ts";
import { periodic } from "./series.ts";

const aqiTable = z.object({
  index: z.array(z.number()),
  breakpoints: z.record(z.string(), z.array(z.number().nullable())),
});

/** Sub-index by the breakpoints of the reference table; at or above the last one the top of the scale. */
function subIndex(table: z.infer<typeof aqiTable>, row: string, value: number): number {
  const points = table.breakpoints[row] ?? [];
  for (let i = 0; i + 1 < points.length; i += 1) {
    const low = points[i];
    const high = points[i + 1];
    if (low === null || low === undefined || high === null || high === undefined) break;
    if (value >= high) continue;
    const from = table.index[i] ?? 0;
    return Math.round(from + (((table.index[i + 1] ?? 0) - from) * (value - low)) / (high - low));
  }
  return table.index.at(-1) ?? 500;
}

/** A published daily product, made from the settings of the stations. */
export function airQualityDaily(city: PlayedCity): PlayedDataset {
  const { world, calendar } = city;
  const stations = world.stations.filter(({ kind }) => kind === "air-quality");
  const table = aqiTable.safeParse(world.network.reference["vn_aqi"]).data;
  const shared = city.key("air-day");
  return periodic(city, {
    id: "air-quality-daily",
    unit: "day",
    back: 400,
    delayMs: dayMs / 4,
    *rows({ day, label, month, start }) {
      const haze = 1 + 1.2 * world.weather.haze(start + dayMs / 2);
      const wash = 1 - 0.35 * clamp(city.rainOn(day) / 15, 0, 1);
      const sky = clamp(1.1 - city.rainOn(day) / 60, 0.7, 1.1);
      for (const station of stations) {
        const own = city.key("air-day", station.id);
        const factor = Math.exp(0.2 * smooth(shared, day, 2) + 0.13 * smooth(own, day, 1));
        const pm25 =
          world.settings.number(station, "pm25_base", 18) * calendar.seasonal(pmMonth, day) * haze * wash * factor;
        const pm10 = pm25 * 1.7 * Math.exp(0.08 * smooth(own + 1, day, 1));
        const o3 = 35 * 1.6 * (o3Month[month] ?? 1) * sky * Math.exp(0.15 * smooth(own + 2, day, 1));
        const no2 = 22 * 1.6 * Math.exp(0.16 * smooth(own + 3, day, 1));
        const parts = { pm25, pm10, o3_8h: o3, no2 };
        const indexes = table
          ? Object.entries(parts).map(([row, value]) => [row, subIndex(table, row, value)] as const)
          : [];
        const worst = indexes.reduce((best, entry) => (entry[1] > best[1] ? entry : best), ["", -1]);
        yield {
          station_id: station.id,
          date: label,
          vn_aqi: table ? worst[1] : null,
          dominant: table ? worst[0].replace("_8h", "") : null,
          pm25_24h: round(pm25, 1),
          pm10_24h: round(pm10, 1),
          o3_8h_max: round(o3, 1),
          no2_1h_max: round(no2, 1),
        };
      }
    },
  });
}

/** Laboratory samples of rivers and lakes, once a month at the stations; a water body is part of the station's id. */
export function surfaceWater(city: PlayedCity): PlayedDataset {
  const { world, calendar } = city;
  const bodies = city.values("surface-water-samples", "water_body");
  const sites = world.stations.flatMap((station) => {
    const body = bodies.filter((id) => station.id.includes(id)).toSorted((a, b) => b.length - a.length)[0];
    return station.kind === "water-quality" && body !== undefined ? [{ station, body }] : [];
  });
  const sample = (site: (typeof sites)[number], month: number, days: number, index: number): Row => {
    const next = city.stream(index, "surface-water", site.station.id);
    const day = days + 4 + Math.floor(next() * 14);
    const base = (name: string, fallback: number): number => world.settings.number(site.station, name, fallback);
    const wet = clamp(city.rainOn(day) / 40 + (month >= 8 && month <= 10 ? 0.5 : 0), 0, 1.5);
    const cod = base("cod_base", 9) * spread(next, 0.16) * (1 + 0.1 * wet);
    const nh4 = base("nh4_base", 0.25) * spread(next, 0.3);
    const no3 = 0.9 * spread(next, 0.4);
    const no2 = Math.min(0.4, 0.018 * spread(next, 0.5) * (1 + nh4));
    const po4 = 0.06 * spread(next, 0.4) * (1 + nh4 / 2);
    const coliform = 1500 * (1 + nh4 * 1.6) * spread(next, 0.6) * (1 + wet);
    return {
      site_id: site.station.id,
      sampled_on: city.date(day),
      water_body: site.body,
      temp: round(calendar.seasonal(world.parameters.climate.temp_mean_cel, day) + 0.8 * normal(next), 1),
      ph: round(7.2 + 0.25 * normal(next), 1),
      do: round(clamp(base("do_base", 6.4) + 0.4 * normal(next), 0.8, 9), 1),
      bod5: round(cod * 0.42 * spread(next, 0.08), 1),
      cod: round(cod, 1),
      toc: next() < 0.08 ? null : round(cod * 0.36 * spread(next, 0.1), 1),
      tss: round(18 * spread(next, 0.35) * (1 + 2.5 * wet), 0),
      nh4_n: round(nh4, 2),
      no3_n: round(no3, 2),
      no2_n: round(no2, 3),
      po4_p: round(po4, 3),
      tn: round(nh4 + no3 + no2 + 0.3 * spread(next, 0.2), 2),
      tp: round(po4 * 1.5 + 0.02, 3),
      coliform: round(coliform, -1),
      ecoli: round(coliform * 0.02 * spread(next, 0.5)),
      rubbish: next() < (base("nh4_base", 0.25) > 1 ? 0.22 : 0.04),
    };
  };
  return periodic(city, {
    id: "surface-water-samples",
    unit: "month",
    back: 35,
    delayMs: 8 * dayMs,
    *rows({ index, month, day }) {
      for (const site of sites) yield sample(site, month, day, index);
    },
  });
}

/** Samples at the beaches every Tuesday; rain of the days before brings germs from the drains. */
export function bathingWater(city: PlayedCity): PlayedDataset {
  const beaches = city.beaches("bathing-water-samples");
  return periodic(city, {
    id: "bathing-water-samples",
    unit: "week",
    back: 60,
    delayMs: dayMs,
    *rows({ day, index, month }) {
      const sampled = day + 1;
      const rain = city.rainOn(sampled) + city.rainOn(sampled - 1);
      for (const beach of beaches) {
        const next = city.stream(index, "bathing", beach);
        // Beaches beside river mouths are never quite clean: a median of their own, 4 to 28.
        const median = 4 * 7 ** city.fixed("bathing-median", beach);
        const enterococci = median * 10 ** (0.36 * normal(next)) * (1 + rain / 25);
        yield {
          beach_id: beach,
          sampled_on: city.date(sampled),
          enterococci: round(enterococci),
          ecoli: round(enterococci * 1.6 * 10 ** (0.2 * normal(next))),
          transparency: round(clamp((month >= 9 ? 0.8 : 1.6) + 0.25 * normal(next) - rain / 120, 0.2, 3), 1),
          oil_film: next() < 0.006,
        };
      }
    },
  });
}
