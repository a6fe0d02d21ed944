import { z } from "zod";
import type { Basis, LocalizedText, Network, Threshold } from "@ioc/contracts";
import type { AqiTable } from "./operators/vn-aqi.ts";

/** Shapes of the pack's reference tables that operators read. Numbers are never repeated in code. */
const heading = z.looseObject({ doc: z.string(), basis: z.string() });

/** Named stretches of an index. */
const bands = heading.extend({
  bands: z.array(z.looseObject({ id: z.string(), lo: z.number(), hi: z.number(), vi: z.string(), en: z.string() })),
});

const vnAqi = bands.extend({
  index: z.array(z.number()).min(2),
  breakpoints: z.record(z.string(), z.array(z.number().nullable())),
});

const curve = z.looseObject({ points: z.array(z.tuple([z.number(), z.number()])).min(2), outside: z.number() });
const vnWqi = bands.extend({
  levels: z.array(z.number()).min(2),
  breakpoints_mgl: z.record(z.string(), z.array(z.number())),
  microbes_per_100ml: z.record(z.string(), z.array(z.number())),
  no2_n: z.looseObject({ limit: z.number(), at_or_below: z.number(), above: z.number() }),
  ph: curve,
  do_pct: curve,
  do_saturation_mgl: z.array(z.number()).min(1),
});

const classLimits = z.record(z.string(), z.union([z.number(), z.tuple([z.number(), z.number()]), z.null()]));
const surfaceWater = heading.extend({
  table2_river_classes: z.looseObject({ A: classLimits, B: classLimits, C: classLimits }),
});

/** Limits by pollutant and averaging time. */
const ambientLimits = heading.extend({ limits: z.record(z.string(), z.record(z.string(), z.number())) });

const clockSpan = z.string().regex(/^\d{2}:\d{2}-\d{2}:\d{2}$/);
const noiseLimits = heading.extend({
  periods: z.looseObject({ day: clockSpan, night: clockSpan }),
  limits: z.record(z.string(), z.looseObject({ day: z.number(), night: z.number() })),
});

const floodAlarm = heading.extend({
  stations: z.record(
    z.string(),
    z.looseObject({ bd: z.array(z.number()).length(3), certainty: z.string().optional() }),
  ),
});

const monthDays = z.string().regex(/^\d{2}-\d{2}\.\.\d{2}-\d{2}$/);
const reservoirs = heading.extend({
  season: z.looseObject({ flood: monthDays }),
  items: z.record(
    z.string(),
    z.looseObject({
      dead: z.number(),
      normal: z.number(),
      v_dead: z.number(),
      v_normal: z.number(),
      pre_max: z.number().nullable(),
    }),
  ),
});

const rainBands = heading.extend({
  bands: z.array(z.looseObject({ id: z.string(), h24: z.tuple([z.number(), z.number().nullable()]) })),
});

/** Levels of forest-fire danger with the bounds of the index, and the rain that ends a dry spell by month. */
const forestFire = heading.extend({
  levels: z.record(z.string(), z.tuple([z.number(), z.number().nullable()])),
  rain_reset_mm: z.record(z.string(), z.number()),
});

/** Weights by name, for example passenger-car units of `traffic_los`. */
const pcu = heading.extend({ pcu: z.record(z.string(), z.number()) });

/** Levels by name with their lower and upper edge, for example of service by volume over capacity. */
const serviceLevels = heading.extend({ bands: z.record(z.string(), z.tuple([z.number(), z.number().nullable()])) });

/** Harmonic constants: m, degrees, degrees an hour. */
const tide = heading.extend({
  mean_level: z.number(),
  constituents: z.array(z.looseObject({ amp: z.number(), phase: z.number(), speed: z.number() })).min(1),
});

const tables = {
  "vn-aqi": vnAqi,
  "flood-alarm": floodAlarm,
  reservoirs,
  "rain-bands": rainBands,
  pcu,
  "service-levels": serviceLevels,
  tide,
  bands,
  "vn-wqi": vnWqi,
  "surface-water": surfaceWater,
  "ambient-limits": ambientLimits,
  noise: noiseLimits,
  /** Any table: single numbers are taken from it by their path. */
  numbers: heading,
  "forest-fire": forestFire,
};
export type TableKind = keyof typeof tables;
type TableOf<K extends TableKind> = z.infer<(typeof tables)[K]>;

/**
 * Reads a reference table of the network.
 * @throws Error that names the table and what is wrong with it
 */
export function tableOf<K extends TableKind>(network: Network, name: string, kind: K): TableOf<K> {
  const raw = network.reference[name];
  if (!raw) throw new Error(`reference table "${name}" is missing`);
  const parsed = tables[kind].safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`reference table "${name}", ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "cannot be read"}`);
  }
  return parsed.data as TableOf<K>;
}

export function aqiTableOf(network: Network, name: string): AqiTable {
  return tableOf(network, name, "vn-aqi");
}

function basisOf(text: string): Basis {
  if (text === "official" || text === "operational" || text === "borrowed") return text;
  return "project";
}

/**
 * A number of a reference table of the pack.
 *
 * @param path keys from the table down, joined by dots: `limits.ph.0`
 * @throws Error when there is no such table, or no number at the path
 */
export function numberOf(network: Network, table: string, path: string): number {
  let found: unknown = network.reference[table];
  if (found === undefined) throw new Error(`reference table "${table}" is missing`);
  for (const key of path.split(".")) {
    const known = typeof found === "object" && found !== null && Object.hasOwn(found, key);
    found = known ? (found as Record<string, unknown>)[key] : undefined;
  }
  if (typeof found !== "number" || !Number.isFinite(found)) {
    throw new Error(`reference table "${table}" has no number at "${path}"`);
  }
  return found;
}

/** A number of a table that is shown as a threshold; `project` where the table's own basis does not cover it. */
interface NamedNumber {
  at: string;
  name: LocalizedText;
  basis?: Basis | undefined;
}

/** Thresholds of single numbers of a table, smallest first. */
export function namedThresholds(network: Network, name: string, numbers: readonly NamedNumber[]): Threshold[] {
  const { doc, basis } = tableOf(network, name, "numbers");
  return numbers
    .map((number): Threshold => {
      const own = number.basis ?? basisOf(basis);
      const source = own === "project" ? "Project setting" : doc;
      return { id: number.at, name: number.name, value: numberOf(network, name, number.at), basis: own, source };
    })
    .sort((a, b) => a.value - b.value);
}

const roman = ["I", "II", "III"] as const;
const alarmSeverities = ["Minor", "Moderate", "Severe"] as const;

function alarmThresholds(table: TableOf<"flood-alarm">, stations: ReadonlySet<string>): Threshold[] {
  return Object.entries(table.stations)
    .filter(([station]) => stations.has(station))
    .flatMap(([station, row]) =>
      row.bd.map((value, i) => ({
        id: `bd${i + 1}`,
        name: { vi: `BĐ${i + 1}`, en: `Alarm ${roman[i] ?? ""}` },
        value,
        basis: basisOf(table.basis),
        source: row.certainty === "high" ? table.doc : `${table.doc} (certainty: ${row.certainty ?? "not stated"})`,
        station,
        severity: alarmSeverities[i] ?? "Severe",
      })),
    );
}

/** Limits by day and by night of the zone that each station stands in. */
function noiseThresholds(network: Network, table: TableOf<"noise">, stations: ReadonlySet<string>): Threshold[] {
  return network.stations.flatMap(({ id, attributes }) => {
    const limits = stations.has(id) ? table.limits[String(attributes["zone"])] : undefined;
    if (!limits) return [];
    const shared = { basis: basisOf(table.basis), source: table.doc, station: id };
    return [
      { id: "night", name: { vi: "Giới hạn ban đêm", en: "Limit by night" }, value: limits.night, ...shared },
      { id: "day", name: { vi: "Giới hạn ban ngày", en: "Limit by day" }, value: limits.day, ...shared },
    ];
  });
}

/** Thresholds that a frame shows, read from a reference table. */
export function thresholdsOf(
  network: Network,
  name: string,
  kind: TableKind,
  stations: ReadonlySet<string>,
): Threshold[] {
  if (kind === "noise") return noiseThresholds(network, tableOf(network, name, kind), stations);
  if (kind === "flood-alarm") return alarmThresholds(tableOf(network, name, kind), stations);
  if (kind === "vn-aqi" || kind === "bands") {
    const table = tableOf(network, name, kind);
    return table.bands
      .map((band) => ({
        id: band.id,
        name: { vi: band.vi, en: band.en },
        value: band.lo,
        basis: basisOf(table.basis),
        source: table.doc,
      }))
      .sort((a, b) => a.value - b.value);
  }
  if (kind === "rain-bands") {
    const table = tableOf(network, name, kind);
    return table.bands.map((band) => ({
      id: band.id,
      name: { vi: `Mưa từ ${band.h24[0]} mm`, en: `Rain from ${band.h24[0]} mm` },
      value: band.h24[0],
      basis: basisOf(table.basis),
      source: table.doc,
    }));
  }
  if (kind === "forest-fire") {
    const table = tableOf(network, name, kind);
    return Object.entries(table.levels).map(([id, [from]]) => ({
      id,
      name: { vi: `Cấp ${id}`, en: `Level ${id}` },
      value: from,
      basis: basisOf(table.basis),
      source: table.doc,
    }));
  }
  throw new Error(`table kind "${kind}" holds no thresholds`);
}

/** Whether a local date `YYYY-MM-DD` lies in a season `MM-DD..MM-DD`, which may run over the new year. */
export function inSeason(date: string, season: string): boolean {
  const [from = "", to = ""] = season.split("..");
  const at = date.slice(5);
  return from <= to ? at >= from && at <= to : at >= from || at <= to;
}
