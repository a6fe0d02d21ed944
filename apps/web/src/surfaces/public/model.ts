import { createContext, useContext } from "react";
import { severityRank } from "@ioc/contracts/severity";
import type { Alert, City, Lang, StationItem, WarningItem } from "@ioc/contracts";

/** What every public page knows. */
export interface PublicPage {
  lang: Lang;
  city: City;
  /** Path without the language prefix: `/`, `/warnings` … */
  path: string;
}

export const PageContext = createContext<PublicPage | null>(null);

export function usePage(): PublicPage {
  const page = useContext(PageContext);
  if (!page) throw new Error("public components live inside a PageContext");
  return page;
}

/** Address of a public path in a language: Vietnamese at the root, English below `/en`. */
export function publicUrl(path: string, lang: Lang): string {
  if (lang === "vi") return path;
  return path === "/" ? "/en" : `/en${path}`;
}

/** Splits an address into language and path. */
export function languageOf(address: string): { lang: Lang; path: string } {
  const match = /^\/en(\/.*)?$/.exec(address);
  return match ? { lang: "en", path: match[1] ?? "/" } : { lang: "vi", path: address };
}

/**
 * Alerts that residents see without an editor between: those of definitions that are public at once, from the level on that
 * the definition names. Everything else stays inside until somebody publishes it.
 */
export function publicAlerts(alerts: readonly Alert[], definitions: readonly WarningItem[]): Alert[] {
  const from = new Map(definitions.filter((d) => d.autoPublic).map((d) => [d.id, d.publicFrom ?? Infinity]));
  return alerts.filter((alert) => {
    const level = from.get(alert.definition);
    return level !== undefined && alert.level >= level && alert.condition !== "cleared" && !alert.exercise;
  });
}

/** Stations with the severity that residents may see: the worst of the public alerts about each, nothing internal. */
export function withPublicSeverity(stations: readonly StationItem[], alerts: readonly Alert[]): StationItem[] {
  const worst = new Map<string, Alert>();
  for (const alert of alerts) {
    const { type, id } = alert.subject;
    const known = worst.get(id);
    if (type === "station" && severityRank(alert.severity) > severityRank(known?.severity)) worst.set(id, alert);
  }
  return stations.map((station) => {
    const severity = worst.get(station.id)?.severity ?? null;
    return { ...station, status: { ...station.status, severity, openAlerts: severity ? 1 : 0 } };
  });
}
