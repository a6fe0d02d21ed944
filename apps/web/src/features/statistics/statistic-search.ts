import { chartKinds } from "@ioc/contracts/chart-kinds";
import type { ChartKind } from "@ioc/contracts/chart-kinds";
import type { Grouping, StatisticItem } from "@ioc/contracts";
import { readBefore, readInstant } from "./page/periods.ts";
import type { Before } from "./page/periods.ts";

export const audiences = [
  "leader",
  "operator",
  "public",
] as const satisfies readonly StatisticItem["audience"][number][];
export const statuses = ["ok", "insufficient", "empty", "error"] as const satisfies readonly StatisticItem["status"][];
export const targets = ["met", "missed", "none"] as const;
/** What a statistic reads; `synthetic`: some of it is made up. */
export const sources = ["stations", "datasets", "synthetic"] as const;
/** How often it is calculated, at the longest: a quarter of an hour, an hour, a day, longer. */
export const refreshes = ["quarter", "hour", "day", "longer"] as const;

/** Filters of the gallery; they live in the address. */
export interface GallerySearch {
  domain?: string;
  /** Words searched for. */
  q?: string;
  audience?: (typeof audiences)[number];
  kind?: ChartKind;
  status?: (typeof statuses)[number];
  target?: (typeof targets)[number];
  source?: (typeof sources)[number];
  refresh?: (typeof refreshes)[number];
  /** Cards unless given. */
  look?: "list";
}

export const tabs = ["chart", "table", "subjects", "periods", "multiples"] as const;
export type Tab = (typeof tabs)[number];

/** Most subjects on one axis. */
export const mostCompared = 6;

/** View of one statistic; it lives in the address, so that a copied link shows the same. */
export interface PageSearch {
  group?: Grouping;
  /** Area or station id, or a value of the column that the view is grouped by. */
  subject?: string;
  /** The definition's own kind unless given. */
  chart?: ChartKind;
  tab?: Exclude<Tab, "chart">;
  /** City time as of which everything is calculated, `2026-10-22T09:00`; now unless given. */
  at?: string;
  /** Group and subjects that are compared. */
  by?: Grouping;
  with?: string[];
  /** How far back the compared period lies, or its city time. */
  before?: Before;
}
export type PagePatch = { [K in keyof PageSearch]?: PageSearch[K] | undefined };
export type GalleryPatch = { [K in keyof GallerySearch]?: GallerySearch[K] | undefined };

export const readText = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" && value.length <= 200 ? value : undefined;

const oneOf = <T extends string>(all: readonly T[], value: unknown): T | undefined => all.find((one) => one === value);

const given = <T extends object>(entries: T): T =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as T;

/** Reads the address of the gallery; what is not understood is left out. */
export function readGallerySearch(raw: Record<string, unknown>): GallerySearch {
  return given({
    domain: readText(raw["domain"]),
    q: readText(raw["q"]),
    audience: oneOf(audiences, raw["audience"]),
    kind: oneOf(chartKinds, raw["kind"]),
    status: oneOf(statuses, raw["status"]),
    target: oneOf(targets, raw["target"]),
    source: oneOf(sources, raw["source"]),
    refresh: oneOf(refreshes, raw["refresh"]),
    look: oneOf(["list"] as const, raw["look"]),
  }) as GallerySearch;
}

const readGrouping = (value: unknown): Grouping | undefined =>
  typeof value === "string" && /^[a-z][a-z0-9_]{0,60}$/.test(value) ? value : undefined;

/** Ids as a list, or in one text with commas between. */
function readList(value: unknown): string[] | undefined {
  const parts: unknown[] = Array.isArray(value) ? value : typeof value === "string" ? value.split(",") : [];
  const ids = [...new Set(parts.map(readText).filter((id) => id !== undefined))].slice(0, mostCompared);
  return ids.length > 0 ? ids : undefined;
}

/** Reads the address of a statistic's page; what is not understood is left out. */
export function readPageSearch(raw: Record<string, unknown>): PageSearch {
  const tab = oneOf(tabs, raw["tab"]);
  const at = readText(raw["at"]);
  return given({
    group: readGrouping(raw["group"]),
    subject: readText(raw["subject"]),
    chart: oneOf(chartKinds, raw["chart"]),
    tab: tab === "chart" ? undefined : tab,
    at: at !== undefined && readInstant(at) !== null ? at : undefined,
    by: readGrouping(raw["by"]),
    with: readList(raw["with"]),
    before: readBefore(raw["before"]),
  }) as PageSearch;
}
