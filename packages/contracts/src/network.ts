import type { Area, AreaScheme } from "./area.ts";
import type { Agency } from "./city.ts";
import type { DatasetDefinition } from "./dataset.ts";
import type { Station, StationKind } from "./station.ts";

/** The stations and areas of the scheme in use, as the engines read them. */
export interface Network {
  scheme: string;
  schemes: readonly AreaScheme[];
  timezone: string;
  /** All schemes. */
  areas: readonly Area[];
  kinds: readonly StationKind[];
  /** Stations that the scheme in use sees. */
  stations: readonly Station[];
  agencies: readonly Agency[];
  datasets: readonly DatasetDefinition[];
  /** Threshold and parameter tables with their sources, by name. */
  reference: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
