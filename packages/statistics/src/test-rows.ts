import type { DatasetColumn, DatasetDefinition, Network } from "@ioc/contracts";
import { day, hour } from "./test-city.ts";

/** Rows of a dataset, at most. */
const mostRows = 400;

const two = (value: number) => String(value).padStart(2, "0");
const localIso = (time: number) => new Date(time + 7 * hour).toISOString();

/** Newest periods of a column that says when a row is about, newest first. */
function periodsOf(type: DatasetColumn["type"], now: number): string[] {
  const date = (back: number) => localIso(now - back * day).slice(0, 10);
  if (type === "date") return Array.from({ length: 20 }, (_, i) => date(i));
  // A day of hours, and two months of days.
  if (type === "datetime") {
    const back = Array.from({ length: 44 }, (_, i) => (i < 24 ? i * hour : (i - 23) * 3 * day));
    return back.map((ms) => localIso(now - ms).replace("Z", "+07:00"));
  }
  if (type === "month") return Array.from({ length: 15 }, (_, i) => date(i * 30).slice(0, 7));
  if (type === "quarter") {
    return Array.from({ length: 6 }, (_, i) => {
      const text = date(i * 91);
      return `${text.slice(0, 4)}-Q${Math.ceil(Number(text.slice(5, 7)) / 3)}`;
    });
  }
  return Array.from({ length: 12 }, (_, i) => `${date(0).slice(0, 4)}-W${two(40 - i)}`);
}

function textOf(column: DatasetColumn, network: Network, random: () => number, number: number): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  if (column.values) return pick(column.values).id;
  if (column.id === "area_code")
    return pick(network.areas.filter(({ scheme, level }) => scheme === network.scheme && level === "ward").slice(0, 6))
      .id;
  if (column.id === "scheme") return network.scheme;
  if (column.id === "school_year") return pick(["2025-2026", "2026-2027"]);
  if (column.id === "frequency") return pick(["P1D", "P30D"]);
  if (column.id === "station_id" || column.id === "building_id") return pick(network.stations).id;
  if (/agency|provider/.test(column.id)) return pick(network.agencies.slice(0, 5)).id;
  return `${column.id}-${column.key ? number : Math.floor(random() * 5)}`;
}

function valueOf(column: DatasetColumn, network: Network, random: () => number, number: number, now: number): unknown {
  if (!column.key && random() < 0.03) return null;
  switch (column.type) {
    case "integer":
      return column.id === "year"
        ? 2025 + Math.floor(random() * 2)
        : column.id === "month"
          ? 1 + (number % 12)
          : Math.floor(random() * 100);
    case "number":
      return Number((random() * 100).toFixed(2));
    case "boolean":
      return random() < 0.7;
    case "geo-point":
      return [108.2 + random() * 0.1, 16.05 + random() * 0.05];
    case "geo-polygon":
      return null;
    case "string":
    case "category":
    case "uri":
      return column.type === "uri" ? "https://example.org/" : textOf(column, network, random, number);
    default: {
      const periods = periodsOf(column.type, now);
      return periods[Math.floor(random() * periods.length)];
    }
  }
}

/** Plausible in type and place only: rows in which every kind of value occurs, each key once. */
export function randomRows(
  dataset: DatasetDefinition,
  network: Network,
  random: () => number,
  now: number,
): Record<string, unknown>[] {
  const seen = new Set<string>();
  return Array.from({ length: mostRows }, (_, number) =>
    Object.fromEntries(dataset.columns.map((column) => [column.id, valueOf(column, network, random, number, now)])),
  ).filter((row) => {
    const key = JSON.stringify(dataset.columns.filter((column) => column.key).map(({ id }) => row[id]));
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
