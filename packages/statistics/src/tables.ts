import { z } from "zod";
import type { Basis, Network, Threshold } from "@ioc/contracts";
import type { AqiTable } from "./operators/vn-aqi.ts";

/** Shapes of the pack's reference tables that operators read. Numbers are never repeated in code. */
const heading = z.looseObject({ doc: z.string(), basis: z.string() });

const vnAqi = heading.extend({
  index: z.array(z.number()).min(2),
  breakpoints: z.record(z.string(), z.array(z.number().nullable())),
  bands: z.array(z.looseObject({ id: z.string(), lo: z.number(), hi: z.number(), vi: z.string(), en: z.string() })),
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

/** Weights by name, for example passenger-car units of `traffic_los`. */
const pcu = heading.extend({ pcu: z.record(z.string(), z.number()) });

const tables = { "vn-aqi": vnAqi, "flood-alarm": floodAlarm, reservoirs, "rain-bands": rainBands, pcu };
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

/** Thresholds that a frame shows, read from a reference table. */
export function thresholdsOf(
  network: Network,
  name: string,
  kind: TableKind,
  stations: ReadonlySet<string>,
): Threshold[] {
  if (kind === "flood-alarm") return alarmThresholds(tableOf(network, name, kind), stations);
  if (kind === "vn-aqi") {
    const table = tableOf(network, name, kind);
    return table.bands.map((band) => ({
      id: band.id,
      name: { vi: band.vi, en: band.en },
      value: band.lo,
      basis: basisOf(table.basis),
      source: table.doc,
    }));
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
  throw new Error(`table kind "${kind}" holds no thresholds`);
}

/** Whether a local date `YYYY-MM-DD` lies in a season `MM-DD..MM-DD`, which may run over the new year. */
export function inSeason(date: string, season: string): boolean {
  const [from = "", to = ""] = season.split("..");
  const at = date.slice(5);
  return from <= to ? at >= from && at <= to : at >= from || at <= to;
}
