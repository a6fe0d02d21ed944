import { severities } from "@ioc/contracts/severity";
import type { Severity, StationState } from "@ioc/contracts";
import { readStationView } from "../../features/stations/station-view.ts";
import type { StationView } from "../../features/stations/station-view.ts";

const states: readonly StationState[] = ["normal", "late", "stale", "offline", "maintenance", "doubtful", "unknown"];

/** View state of the console that lives in the address, so that a copied link shows the same. */
export interface ConsoleSearch extends StationView {
  /** Area id of the scheme in use. */
  area?: string;
  domain?: string;
  /** Station kinds. */
  kind?: string;
  state?: StationState;
  severity?: Severity[];
  /** `open` unless given. */
  view?: "cleared";
  /** Words searched for. */
  q?: string;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value.length > 0 && value.length <= 120 ? value : undefined;

/** Reads the address; what is not understood is left out. */
export function readConsoleSearch(raw: Record<string, unknown>): ConsoleSearch {
  const severity = Array.isArray(raw["severity"])
    ? severities.filter((one) => (raw["severity"] as unknown[]).includes(one))
    : [];
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
