import type { Network, StatisticItem, Summary, WarningItem } from "@ioc/contracts";
import type { ObservationReader } from "@ioc/observations";
import type { StorageFigures as StoreFigures } from "@ioc/observations/sqlite";
import type { CityClock } from "../clock.ts";
import type { HealthBoard } from "../health.ts";
import type { Intake } from "../intake.ts";
import type { ReaderWatch } from "../metrics/reader.ts";
import type { Telemetry } from "../metrics/telemetry.ts";
import type { StorageWatch } from "./storage.ts";

/** What the figures of the system's own health are read from. */
export interface SystemServices {
  version: string;
  telemetry: Telemetry;
  reads: ReaderWatch;
  reader: ObservationReader;
  storage: StorageWatch;
  /** What the store tells of itself. */
  store: () => Promise<StoreFigures>;
  intake: Intake;
  pendingLimit: number;
  health: HealthBoard;
  network: Network;
  clock: CityClock;
  summary: () => Summary;
  statistics: () => readonly StatisticItem[];
  warnings: () => readonly WarningItem[];
  liveClients: () => number;
  /** Null when the broker is off. */
  mqttClients: () => number | null;
  /** Real time, ms. */
  wallNow: () => number;
}

/** City seconds that the newest reading lies behind city time; null when there is none. */
export function lagSeconds({ now, dataTime }: Summary): number | null {
  return dataTime === null ? null : Math.max(0, (now - dataTime) / 1000);
}
