import { z } from "zod";
import { durationMs, localizedText } from "@ioc/contracts";
import type { Network, ObservedProperty, Station, StatisticDefinition } from "@ioc/contracts";
import { numberOf, tableOf } from "../tables.ts";
import type { TableKind } from "../tables.ts";

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** ISO 8601 duration of fixed length, as ms. */
export const duration = z.string().transform((text, context) => {
  const ms = durationMs(text);
  if (ms !== null && ms > 0) return ms;
  context.addIssue({ code: "custom", message: `"${text}" is no duration such as PT10M` });
  return z.NEVER;
});

export const share = z.number().min(0).max(1);
export const measureName = z.string().min(1);
export const text = localizedText;

/** Length of a definition's window in ms; the checker has made sure that it can be read. */
export function windowMs(definition: StatisticDefinition): number {
  return durationMs(definition.window) ?? dayMs;
}

/** The property of a station's kind; null when the kind has none of that name. */
export function propertyOf(network: Network, station: Station, property: string): ObservedProperty | null {
  const kind = network.kinds.find((candidate) => candidate.id === station.kind);
  return kind?.properties.find((candidate) => candidate.id === property) ?? null;
}

/** A number among a station's attributes; null when it is not given. */
export function attributeOf(station: Station, name: string): number | null {
  const value = station.attributes[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** The message of a table that cannot be read; empty when it can. */
export function tableProblems(network: Network, name: string, kind: TableKind): string[] {
  try {
    tableOf(network, name, kind);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** What is wrong with paths of numbers in a reference table; empty when all are there. */
export function numberProblems(network: Network, table: string, paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    try {
      numberOf(network, table, path);
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });
}

/** Largest value not above `time` that is a multiple of `step`. */
export function floorTo(time: number, step: number): number {
  return Math.floor(time / step) * step;
}
