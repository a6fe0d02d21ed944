import type {
  Agency,
  Area,
  AreaScheme,
  Centre,
  DatasetDefinition,
  Domain,
  ForecastDefinition,
  RegressionDefinition,
  LocalizedText,
  NoticePlan,
  Scenario,
  Station,
  StationKind,
  StatisticDefinition,
  WarningDefinition,
} from "@ioc/contracts";
import type { Device } from "./device.ts";
import type { NgsiMapping } from "./ngsi-ld.ts";

/** GeoJSON as it is in a pack; coordinates are [longitude, latitude], WGS 84. */
export interface FeatureCollection {
  type: "FeatureCollection";
  features: {
    type: "Feature";
    id?: string | number;
    geometry: { type: string; coordinates: unknown };
    properties: Record<string, unknown>;
  }[];
}

/** A city pack, read and checked: everything about a city, as data. */
export interface CityPack {
  /** Folder it was read from. */
  folder: string;
  id: string;
  name: LocalizedText;
  timezone: string;
  center: [number, number];
  box: [number, number, number, number];
  attribution: LocalizedText;
  schemes: AreaScheme[];
  /** Scheme in use. */
  scheme: string;
  areas: Area[];
  centres: Centre[];
  domains: Domain[];
  agencies: Agency[];
  kinds: StationKind[];
  stations: Station[];
  statistics: StatisticDefinition[];
  warnings: WarningDefinition[];
  forecasts: ForecastDefinition[];
  regressions: RegressionDefinition[];
  datasets: DatasetDefinition[];
  scenarios: Scenario[];
  /** Threshold and parameter tables with their sources, by name; read by statistics, warnings and the simulator. */
  reference: Record<string, Record<string, unknown>>;
  /** What pushes readings over LoRaWAN or with the airRohr firmware, and the station that it is. */
  devices: Device[];
  /** Who is told of alerts, and how. */
  notices: NoticePlan;
  /** How NGSI-LD entities and stations correspond. */
  ngsiLd: NgsiMapping;
  /** Climate and shapes for the simulator; absent in packs of real data only. */
  simulator: Record<string, unknown> | null;
  boundaries: "approximate" | "official";
  /** Area shapes by scheme; feature id = area id. */
  shapes: Record<string, FeatureCollection>;
  basemap: FeatureCollection;
}

/** One thing that is wrong in a pack, for a person to mend. */
export interface PackProblem {
  /** Path inside the pack. */
  file: string;
  /** 1-based; 0 when the whole file is meant. */
  line: number;
  /** Where in the document, for example `kinds[3].properties[0].unit`. */
  path: string;
  problem: string;
  remedy: string;
}
