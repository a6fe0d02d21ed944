import { resolve } from "node:path";
import { networkOf, readPack } from "@ioc/city-pack";
import { datastreamId } from "@ioc/contracts";
import type { Frame, Network, StatisticDefinition } from "@ioc/contracts";
import { evaluate, planOf } from "./evaluate.ts";
import type { Reading } from "./operators/water.ts";
import type { HourBuckets, ReadData } from "./step.ts";
import { viewOf } from "./view.ts";
import type { ViewRequest } from "./view.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

const folder = resolve(import.meta.dirname, "../../../fixtures/danang");
const { pack: found, problems } = await readPack(folder);
if (!found) throw new Error(problems.map((one) => `${one.file}:${one.line} ${one.problem}`).join("\n"));
export const pack = found;
export const network: Network = networkOf(pack);

export function definitionOf(id: string): StatisticDefinition {
  const definition = pack.statistics.find((candidate) => candidate.id === id);
  if (!definition) throw new Error(`the pack has no statistic "${id}"`);
  return definition;
}

/** The network with only these stations. */
export function networkWith(ids: readonly string[]): Network {
  return { ...network, stations: network.stations.filter((station) => ids.includes(station.id)) };
}

/** Readings by datastream as the reader would answer them: hours from readings, newest valid at a time. */
export function dataOf(series: Readonly<Record<string, readonly Reading[]>>): ReadData {
  const within = (id: string, from: number, to: number) =>
    (series[id] ?? []).filter(({ time }) => time > from && time <= to).sort((a, b) => a.time - b.time);
  return {
    raw: (from, to, id) => within(id, from, to),
    latest: (to, id) => within(id, -Infinity, to).at(-1) ?? null,
    hours: (from, to, id) => {
      const buckets: HourBuckets = { time: [], count: [], sum: [], last: [] };
      for (const { time, value } of within(id, from, to)) {
        const end = Math.ceil(time / hour) * hour;
        const last = buckets.time.length - 1;
        const i = buckets.time[last] === end ? last : buckets.time.push(end) - 1;
        buckets.count[i] = (buckets.count[i] ?? 0) + 1;
        buckets.sum[i] = (buckets.sum[i] ?? 0) + value;
        buckets.last[i] = value;
      }
      return buckets.time.length > 0 ? buckets : null;
    },
  };
}

/** Readings every `step` that end at `end`, oldest first; `null` leaves one out. */
export function readingsUntil(end: number, step: number, values: readonly (number | null | undefined)[]): Reading[] {
  return values.flatMap((value, i) => (value == null ? [] : [{ time: end - (values.length - 1 - i) * step, value }]));
}

export interface Case {
  id: string;
  stations: readonly string[];
  series: Readonly<Record<string, readonly Reading[]>>;
  now: number;
  view?: ViewRequest;
}

/** Frame of a definition of the pack on readings written in the test. */
export function frameOf({ id, stations, series, now, view = {} }: Case): Frame {
  const small = networkWith(stations);
  const definition = definitionOf(id);
  const plan = planOf(definition, small, viewOf(definition, small, view), now);
  const times = Object.values(series).flatMap((readings) => readings.map(({ time }) => time));
  return evaluate(plan, dataOf(series), times.length > 0 ? Math.max(...times) : null);
}

/** Value of a column of the first row, or of the row whose first cell is `subject`. */
export function cell(frame: Frame, column: string, subject?: string): unknown {
  const index = frame.columns.findIndex(({ id }) => id === column);
  if (index < 0) throw new Error(`no column "${column}"; there are ${frame.columns.map(({ id }) => id).join(", ")}`);
  const row = subject === undefined ? frame.rows[0] : frame.rows.find((cells) => cells.includes(subject));
  return row?.[index];
}

export const stream = datastreamId;
