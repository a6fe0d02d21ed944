import { resolve } from "node:path";
import { tableOfRows } from "@ioc/catalogue";
import { networkOf, readPack } from "@ioc/city-pack";
import { calendarOf, datastreamId } from "@ioc/contracts";
import type { Frame, Network, StatisticDefinition } from "@ioc/contracts";
import { evaluate, planOf } from "./evaluate.ts";
import type { Reading } from "./operators/water.ts";
import type { Buckets, ReadData } from "./step.ts";
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

/** Readings by datastream, and rows by dataset, as the reader would answer them: hours from readings, newest valid at a time. */
export function dataOf(
  series: Readonly<Record<string, readonly Reading[]>>,
  rows: Readonly<Record<string, readonly unknown[]>> = {},
  now = 0,
): ReadData {
  const within = (id: string, from: number, to: number) =>
    (series[id] ?? []).filter(({ time }) => time > from && time <= to).sort((a, b) => a.time - b.time);
  return {
    raw: (from, to, id) => within(id, from, to),
    past: (from, to, id) => within(id, from, to),
    near: (from, to, _level, id) => within(id, from, to),
    latest: (to, id) => within(id, -Infinity, to).at(-1) ?? null,
    flagged: () => [],
    rows: (id) => {
      const dataset = network.datasets.find((candidate) => candidate.id === id);
      if (!dataset) throw new Error(`the pack has no dataset "${id}"`);
      return tableOfRows(dataset, rows[id] ?? [], { timeZone: network.timezone, updatedAt: now, synthetic: true });
    },
    hours: (from, to, id) => bucketsOf(within(id, from, to), (time) => Math.ceil(time / hour) * hour),
    days: (from, to, id) => bucketsOf(within(id, from, to), (time) => calendar.addDays(time - 1, 1)),
  };
}

const calendar = calendarOf(network.timezone);

function bucketsOf(readings: readonly Reading[], endOf: (time: number) => number): Buckets | null {
  const buckets: Buckets = { time: [], count: [], sum: [], max: [], last: [] };
  for (const { time, value } of readings) {
    const end = endOf(time);
    const last = buckets.time.length - 1;
    const i = buckets.time[last] === end ? last : buckets.time.push(end) - 1;
    buckets.count[i] = (buckets.count[i] ?? 0) + 1;
    buckets.sum[i] = (buckets.sum[i] ?? 0) + value;
    buckets.max[i] = Math.max(buckets.max[i] ?? -Infinity, value);
    buckets.last[i] = value;
  }
  return buckets.time.length > 0 ? buckets : null;
}

/** No dataset has any rows. */
export const emptyRows = {
  table: async (dataset: string) => ({
    dataset,
    length: 0,
    columns: new Map<string, readonly (number | string | null)[]>(),
    updatedAt: null,
    synthetic: false,
    version: 1,
  }),
};

/** Readings every `step` that end at `end`, oldest first; `null` leaves one out. */
export function readingsUntil(end: number, step: number, values: readonly (number | null | undefined)[]): Reading[] {
  return values.flatMap((value, i) => (value == null ? [] : [{ time: end - (values.length - 1 - i) * step, value }]));
}

export interface Case {
  id: string;
  stations?: readonly string[];
  series?: Readonly<Record<string, readonly Reading[]>>;
  now: number;
  view?: ViewRequest;
  /** Attributes in place of those of the pack, by station. */
  attributes?: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
  /** Rows by dataset, as JSON. */
  rows?: Readonly<Record<string, readonly unknown[]>>;
}

/** Frame of a definition of the pack on readings written in the test. */
export function frameOf({ id, stations = [], series = {}, rows = {}, attributes = {}, now, view = {} }: Case): Frame {
  const kept = networkWith(stations);
  const changed = kept.stations.map((station) => ({
    ...station,
    attributes: { ...station.attributes, ...attributes[station.id] },
  }));
  const small = { ...kept, stations: changed };
  const definition = definitionOf(id);
  const plan = planOf(definition, small, viewOf(definition, small, view), now);
  const times = Object.values(series).flatMap((readings) => readings.map(({ time }) => time));
  if (Object.values(rows).some((list) => list.length > 0)) times.push(now);
  return evaluate(plan, dataOf(series, rows, now), times.length > 0 ? Math.max(...times) : null);
}

/** Value of a column of the first row, or of the row whose first cell is `subject`. */
export function cell(frame: Frame, column: string, subject?: string): unknown {
  const index = frame.columns.findIndex(({ id }) => id === column);
  if (index < 0) throw new Error(`no column "${column}"; there are ${frame.columns.map(({ id }) => id).join(", ")}`);
  const row = subject === undefined ? frame.rows[0] : frame.rows.find((cells) => cells.includes(subject));
  return row?.[index];
}

export const stream = datastreamId;
