import { z } from "zod";

const monthly = z.array(z.number()).length(12);
const hourly = z.object({ type: z.enum(["mult", "add"]), v: z.array(z.number()).length(24) });

const shapeNames = [
  "temp",
  "rh",
  "solar",
  "sea-breeze",
  "pm",
  "no2",
  "o3",
  "noise",
  "traffic-weekday",
  "traffic-weekend",
  "water-demand",
  "power",
  "office-power",
  "parking",
] as const;

const part = z.enum(["all", "turbine", "spill"]);

/** How a river gauge answers to rain, to what flows in from above, and to the tide. Every part may be missing. */
const gauge = z.object({
  /** Level without flow, m above the gauge's datum. */
  zero_m: z.number(),
  /** Level = zero + coefficient * discharge ^ exponent (discharge in m3/s). */
  coefficient: z.number().default(0),
  exponent: z.number().default(0.49),
  /** Catchment not held back by reservoirs. */
  area_km2: z.number().default(0),
  /** Time constant of the quick run-off, hours. */
  quick_h: z.number().default(8),
  /** Stations whose rain stands for the catchment; default: the gauge's own place. */
  rain_from: z.array(z.string()).default([]),
  discharge_from: z.array(z.object({ gauge: z.string(), lag_h: z.number(), share: z.number().default(1) })).default([]),
  release_from: z.array(z.object({ reservoir: z.string(), part: part.default("all"), lag_h: z.number() })).default([]),
  /** Flood wave of a gauge above: attenuation * (its level - its level in calm water), delayed. */
  wave_from: z.object({ gauge: z.string(), lag_h: z.number(), attenuation: z.number(), calm_m: z.number() }).optional(),
  /** Share of the tide (about its mean) that reaches the gauge. */
  tide_factor: z.number().default(0),
  /** Level from which the land around is flooded; default: official alarm level I + 0.3 m. */
  flood_from_m: z.number().optional(),
});
export type GaugeModel = z.infer<typeof gauge>;

const setting = z.union([z.string(), z.number(), z.boolean()]);

const model = z.object({
  /** Where mountains make more rain: factor at the centre, fading with exp(-(d/radius)^2). */
  orography: z
    .array(z.object({ lat: z.number(), lon: z.number(), radius_km: z.number(), factor: z.number() }))
    .default([]),
  /** Share of the climate's rain that falls outside the great events, and the event totals' factor, Jan..Dec. */
  ordinary_rain_share: monthly.default([1, 1, 1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5]),
  event_rain_factor: monthly.default([0, 0, 0, 0, 0, 0, 0, 0, 0.46, 0.8, 0.48, 0.26]),
  /** First days of the lunar new year, local dates. */
  new_year: z.array(z.iso.date()).default([]),
  rivers: z.record(z.string(), gauge).default({}),
  /** Settings of single stations that are no surveyed attributes, by station id. */
  sites: z.record(z.string(), z.record(z.string(), setting)).default({}),
});

const simulatorSection = z.object({
  shapes: z.record(z.enum(shapeNames), hourly),
  climate: z.object({
    temp_mean_cel: monthly,
    temp_max_cel: monthly,
    temp_min_cel: monthly,
    rh_pct: monthly,
    rain_mm: monthly,
    rain_days: monthly,
    wind_ms: monthly,
    sea_temp_cel: monthly,
    sunshine_h: monthly,
  }),
  model: model.prefault({}),
});
/** Climate, shapes and model of the pack's `simulator` section. */
export type SimulatorParameters = z.infer<typeof simulatorSection>;

const tideTable = z.object({
  mean_level: z.number(),
  constituents: z.array(z.object({ id: z.string(), amp: z.number(), phase: z.number(), speed: z.number() })),
});
const alarmTable = z.object({ stations: z.record(z.string(), z.object({ bd: z.array(z.number()) })) });
const reservoirTable = z.object({
  items: z.record(
    z.string(),
    z.object({
      dead: z.number(),
      normal: z.number(),
      pre_max: z.number().nullable(),
      v_dead: z.number(),
      v_normal: z.number(),
    }),
  ),
});
const fireTable = z.object({ rain_reset_mm: z.record(z.string(), z.number()) });

/** The reference tables that the world follows; a table that the city does not have is empty. */
export interface ReferenceTables {
  tide: z.infer<typeof tideTable>;
  alarms: z.infer<typeof alarmTable>["stations"];
  reservoirs: z.infer<typeof reservoirTable>["items"];
  fireRainReset: Record<string, number>;
  pcu: Record<string, number>;
}

/** Check the pack's `simulator` section. Throws an error that names the place and what is wrong. */
export function readParameters(section: unknown): SimulatorParameters {
  const parsed = simulatorSection.safeParse(section);
  if (!parsed.success) throw new Error(`simulator section: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Pick the tables of `reference` that the world needs. Throws when one is there but not of the known form. */
export function readReference(reference: Readonly<Record<string, unknown>>): ReferenceTables {
  const tideName = Object.keys(reference).find((name) => name.startsWith("tide"));
  const traffic = z.object({ pcu: z.record(z.string(), z.number()) });
  return {
    tide: tideName ? tideTable.parse(reference[tideName]) : { mean_level: 0, constituents: [] },
    alarms: reference["flood_alarm"] ? alarmTable.parse(reference["flood_alarm"]).stations : {},
    reservoirs: reference["reservoirs"] ? reservoirTable.parse(reference["reservoirs"]).items : {},
    fireRainReset: reference["forest_fire_p"] ? fireTable.parse(reference["forest_fire_p"]).rain_reset_mm : {},
    pcu: reference["traffic_los"]
      ? traffic.parse(reference["traffic_los"]).pcu
      : { moto: 0.3, car: 1, bus: 2, truck: 2.5 },
  };
}
