import type { LocalizedText, Network, PropertyStorage, SystemDetail, SystemReport } from "@ioc/contracts";
import type { Handlers } from "../api/handlers.ts";
import { slowReadSeconds } from "../metrics/reader.ts";
import { lagSeconds, type SystemServices } from "./services.ts";
import type { StorageFigures } from "./storage.ts";

const hourMs = 3_600_000;
/** Entries of the quarantine whose senders are counted. */
const newestEntries = 1000;

export function systemReportHandlers(services: SystemServices): Pick<Handlers, "getSystemReport" | "getSystemDetail"> {
  return { getSystemReport: () => report(services), getSystemDetail: () => detail(services) };
}

async function report(services: SystemServices): Promise<SystemReport> {
  const { intake, reader, storage, health, wallNow } = services;
  const [quarantine, kept, files, disk] = await Promise.all([
    reader.quarantined({ limit: 1, offset: 0 }),
    storage.figures(),
    storage.files(),
    storage.disk(),
  ]);
  const summary = services.summary();
  return {
    at: wallNow(),
    health: health.report(),
    intake: {
      perSecond: summary.observationsPerSecond,
      lastHour: intake.lastHour(),
      outcomes: intake.outcomes(),
      acknowledgeMs: medianAndP99(intake.acknowledgements()),
      lagSeconds: lagSeconds(summary),
      pending: intake.pending(),
      pendingLimit: services.pendingLimit,
    },
    quarantine: { total: quarantine.total, byReason: quarantine.byReason },
    storage: { countedAt: kept.countedAt, properties: namedRows(kept, services.network), files, disk },
    reads: slowReads(services),
    process: {
      memoryBytes: process.memoryUsage.rss(),
      delayMaxMs: rounded(services.telemetry.loop.lastMinute().max * 1000),
      liveClients: services.liveClients(),
      mqttClients: services.mqttClients(),
    },
  };
}

function slowReads({ reads, wallNow }: SystemServices): SystemReport["reads"] {
  const recent = reads.slow().filter((one) => one.at > wallNow() - hourMs);
  return {
    slow: recent.length,
    slowMs: slowReadSeconds * 1000,
    longestMs: recent.length === 0 ? null : rounded(Math.max(...recent.map((one) => one.seconds)) * 1000),
  };
}

async function detail({ reads, reader }: SystemServices): Promise<SystemDetail> {
  const { items } = await reader.quarantined({ limit: newestEntries, offset: 0 });
  const sources = new Map<string, number>();
  for (const { source } of items) sources.set(source, (sources.get(source) ?? 0) + 1);
  return {
    slowReads: reads
      .slow()
      .toReversed()
      .map(({ call, at, seconds, datastreams }) => ({ call, at, ms: rounded(seconds * 1000), datastreams })),
    quarantineSources: [...sources]
      .map(([source, entries]) => ({ source, entries }))
      .toSorted((a, b) => b.entries - a.entries),
  };
}

/** Median and 99th percentile in ms, linear between order statistics; null of nothing. */
function medianAndP99(seconds: readonly number[]): { median: number; p99: number } | null {
  if (seconds.length === 0) return null;
  const sorted = seconds.toSorted((a, b) => a - b);
  const at = (share: number) => {
    const position = (sorted.length - 1) * share;
    const low = sorted[Math.floor(position)] ?? 0;
    const high = sorted[Math.ceil(position)] ?? 0;
    return rounded((low + (high - low) * (position - Math.floor(position))) * 1000);
  };
  return { median: at(0.5), p99: at(0.99) };
}

/** Rows with the names of the pack; what the pack does not know keeps its id. */
function namedRows(figures: StorageFigures, network: Network): PropertyStorage[] {
  const kinds = new Map(network.kinds.map((kind) => [kind.id, kind]));
  const plain = (id: string): LocalizedText => ({ vi: id, en: id });
  return figures.properties
    .map((row) => {
      const kind = kinds.get(row.kind);
      const property = kind?.properties.find((one) => one.id === row.property);
      return { ...row, kindName: kind?.name ?? plain(row.kind), name: property?.name ?? plain(row.property) };
    })
    .toSorted((a, b) => b.bytes - a.bytes);
}

/** To a tenth. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
