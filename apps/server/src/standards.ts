import type { CityPack } from "@ioc/city-pack";
import type { Network } from "@ioc/contracts";
import type { Database } from "@ioc/database";
import type { ChangeLog, DatastreamSpec, ObservationReader, ObservationWriter } from "@ioc/observations";
import type { KeyCheck } from "./api/keys.ts";
import type { RateLimit } from "./api/rate-limit.ts";
import type { Mount } from "./app.ts";
import type { CityClock } from "./clock.ts";
import type { Config } from "./config/config.ts";
import type { Intake } from "./intake.ts";
import type { Log } from "./log.ts";
import type { OtherTopics } from "./mqtt/topics.ts";
import { ngsiApi } from "./ngsi-ld/api.ts";
import { featuresApi } from "./ogc/features-api.ts";
import { startSensorThings } from "./sensorthings/start.ts";
import type { StationBoard } from "./stations/board.ts";

/** What the interfaces of other standards are made of. */
export interface StandardServices {
  config: Config;
  pack: CityPack;
  network: Network;
  specs: readonly DatastreamSpec[];
  board: StationBoard;
  intake: Intake;
  reader: ObservationReader;
  writer: ObservationWriter;
  changes: ChangeLog;
  /** Makes datastreams known to the time-series store and to the intake. */
  addDatastreams: (specs: readonly DatastreamSpec[]) => Promise<void>;
  /** The city's own database. */
  database: Database;
  /** Address under which this machine reaches the server. */
  origin: string;
  /** Port of the MQTT broker once it runs; null when it is off. */
  mqttPort: () => number | null;
  keys: KeyCheck;
  rateLimit: RateLimit;
  clock: CityClock;
  log: Log;
}

/** The interfaces that speak other standards than our own REST API, one line each. */
export async function createStandards(
  services: StandardServices,
): Promise<{ mounts: readonly Mount[]; topics: OtherTopics }> {
  const sensorThings = await startSensorThings(services);
  return {
    mounts: [
      { path: "/ogc", handler: featuresApi(services) },
      sensorThings.mount,
      { path: "/ngsi-ld/v1", handler: ngsiApi(services) },
    ],
    topics: sensorThings.topics,
  };
}
