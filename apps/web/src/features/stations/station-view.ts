import type { Resolution } from "@ioc/contracts";
import { lastDay, presets, startOfDay } from "./span.ts";
import type { Preset, Span } from "./span.ts";

const resolutions: readonly Resolution[] = ["raw", "1min", "15min", "1h", "1d"];

/** Most stations beside the one that is looked at. */
export const mostCompared = 4;

/** What is shown of a station's history; it lives in the address, so that a copied link shows the same. */
export interface StationView {
  /** Property id; the kind's primary one unless given. */
  property?: string;
  /** The last 24 hours unless this or the days are given. */
  span?: Preset;
  /** First and last day of an own span, `2026-10-22`. */
  fromDay?: string;
  toDay?: string;
  /** Chosen by the reader; else it follows the span. */
  resolution?: Resolution;
  /** Ids of stations of the same kind on the same axis. */
  beside?: string[];
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value.length > 0 && value.length <= 120 ? value : undefined;

/** Reads the address; what is not understood is left out. */
export function readStationView(raw: Record<string, unknown>): StationView {
  const property = text(raw["property"]);
  const span = presets.find((one) => one === raw["span"]);
  const [fromDay, toDay] = [text(raw["fromDay"]), text(raw["toDay"])];
  const [from, to] = [startOfDay(fromDay ?? ""), startOfDay(toDay ?? "")];
  const resolution = resolutions.find((one) => one === raw["resolution"]);
  const given: unknown[] = Array.isArray(raw["beside"]) ? raw["beside"] : [];
  const beside = [...new Set(given.map(text).filter((id) => id !== undefined))].slice(0, mostCompared);
  return {
    ...(property ? { property } : {}),
    ...(span && span !== "24h" ? { span } : {}),
    ...(!span && fromDay && toDay && from !== null && to !== null && from <= to ? { fromDay, toDay } : {}),
    ...(resolution ? { resolution } : {}),
    ...(beside.length > 0 ? { beside } : {}),
  };
}

/** Changes part of a view; undefined removes. */
export type StationPatch = { [K in keyof StationView]?: StationView[K] | undefined };

export function spanOf({ span, fromDay, toDay }: StationView): Span {
  if (span) return { preset: span };
  return fromDay && toDay ? { fromDay, toDay } : lastDay;
}

/** The change of the address that shows another span. */
export function patchOfSpan(span: Span): StationPatch {
  if ("preset" in span)
    return { span: span.preset === "24h" ? undefined : span.preset, fromDay: undefined, toDay: undefined };
  return { span: undefined, fromDay: span.fromDay, toDay: span.toDay };
}
