import { z } from "zod";
import { dayMs } from "../world/calendar.ts";
import { clamp, smooth } from "../world/weather.ts";
import type { PlayedCity } from "./city.ts";
import { chooser, normal, round, shareOut, spread } from "./draws.ts";
import type { PlayedDataset, Row } from "./played.ts";
import { periodic } from "./series.ts";

const intake = z.object({ assumed: z.object({ cau_do_intake: z.array(z.string()) }) });

interface Plant {
  id: string;
  capacityM3: number;
  meanM3: number;
}

/** Plants of the dataset that stand in the network as `…-<plant>` with a design flow. */
function plantsOf(city: PlayedCity): Plant[] {
  const { stations, settings } = city.world;
  return city.values("water-plant-daily", "plant_id").flatMap((id): Plant[] => {
    const station = stations.find((one) => one.kind === "drinking-water" && one.id.endsWith(`-${id}`));
    if (!station) return [];
    const capacityM3 = 24 * settings.number(station, "design_flow_m3_h", 100);
    const meanM3 = 24 * settings.number(station, "flow_m3_h", capacityM3 / 30);
    return [{ id, capacityM3, meanM3: Math.min(meanM3, 0.9 * capacityM3) }];
  });
}

/** Output of a plant on a day, m3: more in hot months, less at the lunar new year, rising by 1 % a year. */
function outputOf(city: PlayedCity, plant: Plant, day: number): number {
  const warm = city.calendar.seasonal(city.world.parameters.climate.temp_mean_cel, day) - 26;
  const growth = 1.01 ** city.yearsSince(2026, day);
  const weekend = city.calendar.isWeekend(day) ? 0.985 : 1;
  const holiday = city.isNewYear(day) ? 0.92 : 1;
  const own = 1 + 0.025 * smooth(city.key("plant", plant.id), day, 4);
  return Math.min(0.985 * plant.capacityM3, plant.meanM3 * (1 + 0.012 * warm) * growth * weekend * holiday * own);
}

/** Share of the raw water that is pumped from above the salt: in the dry months, when the river is salty. */
function upstreamShare(city: PlayedCity, day: number): number {
  const season = [0, 0.02, 0.12, 0.25, 0.35, 0.45, 0.5, 0.35, 0.06, 0, 0, 0];
  const slow = smooth(city.key("salt"), day, 6);
  return clamp(city.calendar.seasonal(season, day) * (1 + 0.7 * slow), 0, 0.95);
}

export function waterPlants(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("water-plant-daily", intake);
  const plants = plantsOf(city);
  return periodic(city, {
    id: "water-plant-daily",
    unit: "day",
    back: 400,
    delayMs: dayMs / 4,
    *rows({ day, label }) {
      const upstream = upstreamShare(city, day);
      for (const plant of plants) {
        const output = Math.round(outputOf(city, plant, day));
        const raw = assumed.cau_do_intake.includes(plant.id) ? Math.round(output * 1.045) : 0;
        const fromUpstream = Math.round(raw * upstream);
        yield {
          plant_id: plant.id,
          date: label,
          output_m3: output,
          capacity_m3_d: plant.capacityM3,
          raw_cau_do_m3: raw - fromUpstream,
          raw_an_trach_m3: fromUpstream,
        };
      }
    },
  });
}

const balance = z.object({
  assumed: z.object({ year: z.number(), nrw_pct: z.number(), nrw_change_pct: z.number(), customers: z.number() }),
});

/** Zones share what the plants put out; the first listed are the largest. */
export function waterBalance(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("water-balance-monthly", balance);
  const plants = plantsOf(city);
  const zones = city.values("water-balance-monthly", "zone_id");
  const weights = zones.map((zone, i) => (1.6 - i / zones.length) * (0.9 + 0.2 * city.fixed("zone", zone)));
  return periodic(city, {
    id: "water-balance-monthly",
    unit: "month",
    back: 36,
    delayMs: 9 * dayMs,
    *rows({ day, days, label, index }) {
      let total = 0;
      for (let d = day; d < day + days; d += 1) for (const plant of plants) total += outputOf(city, plant, d);
      const years = city.yearsSince(assumed.year, day);
      const inputs = shareOut(total * 0.99, weights);
      const customers = shareOut(assumed.customers * 1.025 ** years, weights);
      for (const [i, zone] of zones.entries()) {
        const next = city.stream(index, "zone", zone);
        const own = 4.5 * (city.fixed("zone-loss", zone) - 0.5) + 0.5 * normal(next);
        const lost = clamp(assumed.nrw_pct + assumed.nrw_change_pct * years + own, 4, 40) / 100;
        const input = inputs[i] ?? 0;
        yield {
          zone_id: zone,
          month: label,
          input_m3: input,
          billed_m3: Math.round(input * (1 - lost)),
          customers: customers[i] ?? 0,
        };
      }
    },
  });
}

const limits = z.object({
  free_chlorine: z.tuple([z.number(), z.number()]),
  turbidity_max: z.number(),
  coliform_max_per_100ml: z.number(),
  chloride_max: z.number(),
});

/** Forty samples of the network a week; three in a hundred miss a limit of the reference table. */
export function drinkingWater(city: PlayedCity): PlayedDataset {
  const table = limits.safeParse(city.world.network.reference["drinking_water"]?.["limits"]).data;
  const faults = chooser([
    ["chlorine", 5],
    ["turbidity", 3],
    ["coliform", 2],
    ["chloride", 1],
  ]);
  const [least, most] = table?.free_chlorine ?? [0.2, 1];
  return periodic(city, {
    id: "drinking-water-samples",
    unit: "week",
    back: 60,
    delayMs: 2 * dayMs,
    *rows({ index, day, label }) {
      const next = city.stream(index, "drinking-water");
      for (let i = 1; i <= 40; i += 1) {
        const area = city.areaByCity(next());
        const fault = next() < 0.03 ? faults(next()) : null;
        const coliform =
          fault === "coliform" ? Math.ceil((table?.coliform_max_per_100ml ?? 2) * (1.5 + 3 * next())) : 0;
        const row: Row = {
          sample_id: `${label}-${String(i).padStart(2, "0")}`,
          sampled_on: city.date(day + Math.floor(next() * 5)),
          area_code: area?.id ?? city.cityArea,
          free_chlorine: round(
            fault === "chlorine" ? least * (0.3 + 0.5 * next()) : least + (most - least) * (0.15 + 0.6 * next()),
            2,
          ),
          turbidity: round(
            fault === "turbidity" ? (table?.turbidity_max ?? 2) * (1.1 + next()) : 0.35 * spread(next, 0.35),
            2,
          ),
          ph: round(7.3 + 0.18 * normal(next), 1),
          ecoli: coliform > 6 && next() < 0.3 ? 1 : 0,
          coliform,
          chloride: round(
            fault === "chloride" ? (table?.chloride_max ?? 250) * (1.1 + 0.5 * next()) : 28 * spread(next, 0.4),
          ),
        };
        yield row;
      }
    },
  });
}
