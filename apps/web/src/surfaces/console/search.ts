import { severities } from "@ioc/contracts/severity";
import type { AlertWork, Severity, StationState } from "@ioc/contracts";
import { readStationView } from "../../features/stations/station-view.ts";
import type { StationView } from "../../features/stations/station-view.ts";

const states: readonly StationState[] = ["normal", "late", "stale", "offline", "maintenance", "doubtful", "unknown"];

export const works: readonly AlertWork[] = ["new", "acknowledged", "in-progress", "resolved", "closed"];

/** View state of the console that lives in the address, so that a copied link shows the same. */
export interface ConsoleSearch extends StationView {
  /** Area id of the scheme in use. */
  area?: string;
  domain?: string;
  /** Station kinds. */
  kind?: string;
  state?: StationState;
  severity?: Severity[];
  /** What people have done about alerts. */
  work?: AlertWork;
  /** Whether somebody is told of them. */
  told?: "yes" | "no";
  /** `open` unless given. */
  view?: "cleared";
  /** Words searched for. */
  q?: string;
}

/** A patch of the view that hides nothing. */
export const noFilters = {
  area: undefined,
  domain: undefined,
  kind: undefined,
  state: undefined,
  severity: undefined,
  work: undefined,
  told: undefined,
} as const;

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value.length > 0 && value.length <= 120 ? value : undefined;

/** Reads the address; what is not understood is left out. */
export function readConsoleSearch(raw: Record<string, unknown>): ConsoleSearch {
  const severity = Array.isArray(raw["severity"])
    ? severities.filter((one) => (raw["severity"] as unknown[]).includes(one))
    : [];
  const work = works.find((one) => one === raw["work"]);
  const told = raw["told"] === "yes" || raw["told"] === "no" ? raw["told"] : undefined;
  const state = states.find((one) => one === raw["state"]);
  const area = text(raw["area"]);
  const domain = text(raw["domain"]);
  const kind = text(raw["kind"]);
  const q = text(raw["q"]);
  return {
    ...(area ? { area } : {}),
    ...(domain ? { domain } : {}),
    ...(kind ? { kind } : {}),
    ...(state ? { state } : {}),
    ...(severity.length > 0 ? { severity } : {}),
    ...(work ? { work } : {}),
    ...(told ? { told } : {}),
    ...(raw["view"] === "cleared" ? { view: "cleared" as const } : {}),
    ...(q ? { q } : {}),
    ...readStationView(raw),
  };
}

/** Statistic that a new definition starts from. */
export function readEditorSearch(raw: Record<string, unknown>): { from?: string } {
  const from = text(raw["from"]);
  return from ? { from } : {};
}
