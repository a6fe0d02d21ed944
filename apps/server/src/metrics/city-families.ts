import type { Summary } from "@ioc/contracts";
import type { StorageFigures } from "../system/storage.ts";
import type { Family } from "./exposition.ts";
import { gauge, gaugeBy } from "./instruments.ts";

/** What the sampled families are made from, read at the moment of the question. */
export interface CityFigures {
  version: string;
  nodeVersion: string;
  summary: Summary;
  /** City seconds that the newest reading lies behind. */
  lagSeconds: number | null;
  pending: number;
  pendingLimit: number;
  quarantineByReason: Readonly<Record<string, number>>;
  storage: StorageFigures;
  files: Readonly<Record<string, number>>;
  disk: { freeBytes: number; totalBytes: number } | null;
  liveClients: number;
  /** Null when the broker is off. */
  mqttClients: number | null;
  parts: Readonly<Record<string, { status: string }>>;
  statistics: readonly { status: string }[];
  warnings: readonly { error: string | null }[];
}

export function cityFamilies(figures: CityFigures): Family[] {
  return [
    ...buildFamilies(figures),
    ...stationFamilies(figures),
    ...intakeFamilies(figures),
    ...storageFamilies(figures),
  ];
}

function buildFamilies({ version, nodeVersion, parts, ...figures }: CityFigures): Family[] {
  return [
    {
      type: "info",
      name: "ioc_build",
      help: "Version of the program and of Node.",
      samples: [{ labels: { version, node: nodeVersion }, value: 1 }],
    },
    gaugeBy(
      "ioc_part_up",
      "1 when a part of the program works; parts that are off are left out.",
      "part",
      Object.fromEntries(
        Object.entries(parts)
          .filter(([, part]) => part.status !== "off")
          .map(([name, part]) => [name, part.status === "ok" ? 1 : 0]),
      ),
    ),
    gauge("ioc_live_clients", "Open live connections of browsers.", [{ value: figures.liveClients }]),
    gauge(
      "ioc_mqtt_clients",
      "Connected MQTT clients.",
      figures.mqttClients === null ? [] : [{ value: figures.mqttClients }],
    ),
    gaugeBy(
      "ioc_statistics",
      "Statistics by the state of their value.",
      "status",
      counted(figures.statistics, statusOf),
    ),
    gaugeBy(
      "ioc_warning_definitions",
      "Warning definitions by whether they can be evaluated.",
      "status",
      counted(figures.warnings, (one) => (one.error === null ? "ok" : "error")),
    ),
  ];
}

function stationFamilies({ summary }: CityFigures): Family[] {
  const { total: _total, ...states } = summary.stations;
  return [
    gaugeBy("ioc_stations", "Stations by state.", "state", states),
    gaugeBy("ioc_open_alerts", "Open alerts by severity.", "severity", summary.alerts),
  ];
}

function intakeFamilies(figures: CityFigures): Family[] {
  const { summary } = figures;
  return [
    gauge("ioc_intake_rate", "Accepted readings a second, last minute of real time.", [
      { value: summary.observationsPerSecond },
    ]),
    gauge(
      "ioc_data_lag_seconds",
      "City time that the newest reading lies behind city time.",
      figures.lagSeconds === null ? [] : [{ value: figures.lagSeconds }],
    ),
    gauge("ioc_intake_pending_readings", "Readings that wait for their commit.", [{ value: figures.pending }]),
    gauge("ioc_intake_pending_limit_readings", "Readings that may wait before senders are told to come back later.", [
      { value: figures.pendingLimit },
    ]),
    gaugeBy("ioc_quarantine_entries", "What is kept in quarantine, by reason.", "reason", figures.quarantineByReason),
  ];
}

function storageFamilies({ summary, storage, files, disk }: CityFigures): Family[] {
  const byProperty = (valueOf: (row: StorageFigures["properties"][number]) => number) =>
    storage.properties.map((row) => ({ labels: { kind: row.kind, property: row.property }, value: valueOf(row) }));
  return [
    gauge("ioc_stored_readings", "Readings in the store.", [{ value: summary.observationsStored }]),
    gauge(
      "ioc_property_readings",
      "Readings in the store, by kind of station and property; counted once a minute at most.",
      byProperty((row) => row.readings),
    ),
    gauge(
      "ioc_property_bytes",
      "Readings and rollups in the store, by kind of station and property; counted once a minute at most.",
      byProperty((row) => row.bytes),
    ),
    gaugeBy("ioc_file_bytes", "Database files and their write-ahead logs.", "file", files),
    gauge(
      "ioc_disk_free_bytes",
      "Free on the file system of the data folder.",
      disk ? [{ value: disk.freeBytes }] : [],
    ),
    gauge(
      "ioc_disk_size_bytes",
      "Size of the file system of the data folder.",
      disk ? [{ value: disk.totalBytes }] : [],
    ),
  ];
}

const statusOf = (one: { status: string }): string => one.status;

function counted<T>(items: readonly T[], wordOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[wordOf(item)] = (counts[wordOf(item)] ?? 0) + 1;
  return counts;
}
