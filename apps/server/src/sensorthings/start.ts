import { unitText } from "@ioc/charts";
import type { CityPack } from "@ioc/city-pack";
import type { Network } from "@ioc/contracts";
import type { Database } from "@ioc/database";
import type { ChangeLog, DatastreamSpec, ObservationReader, ObservationWriter } from "@ioc/observations";
import { openSensorThings } from "@ioc/sensorthings";
import type { KeyCheck } from "../api/keys.ts";
import type { RateLimit } from "../api/rate-limit.ts";
import type { Mount } from "../app.ts";
import type { CityClock } from "../clock.ts";
import type { Config } from "../config/config.ts";
import type { Intake } from "../intake.ts";
import { messageOf, type Log } from "../log.ts";
import type { OtherTopics } from "../mqtt/topics.ts";
import { sensorThingsHttp } from "./http.ts";
import { sensorThingsTopics } from "./mqtt.ts";

export interface SensorThingsServices {
  config: Pick<Config, "publicUrl">;
  pack: Pick<CityPack, "id">;
  network: Network;
  specs: readonly DatastreamSpec[];
  intake: Intake;
  reader: ObservationReader;
  writer: Pick<ObservationWriter, "remove">;
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

const path = "/sensorthings/v1.1";

/** OGC SensorThings API 1.1 over HTTP and MQTT. */
export async function startSensorThings(
  services: SensorThingsServices,
): Promise<{ mount: Mount; topics: OtherTopics; stop(): void }> {
  const { config, pack, network, specs, intake, reader, writer, changes, clock, log } = services;
  const root = () => (config.publicUrl || services.origin) + path;
  const service = await openSensorThings({
    database: services.database,
    pack: { city: pack.id, network, specs, unitSymbol: (unit) => unitText(unit, "en") },
    reader,
    receive: (inputs, source) => intake.receive(inputs, source),
    register: services.addDatastreams,
    removeReadings: (spans, by, reason) => writer.remove(spans, by, reason),
    now: clock.now,
    root,
  });
  const stop = changes.subscribe((change) => service.observe(change));
  service.warm().catch((error: unknown) => log.warn("sensorthings", messageOf(error)));
  const mqttAddress = (host: string) => {
    const port = services.mqttPort();
    return port === null ? null : `mqtt://${host.includes(":") ? `[${host}]` : host}:${port}`;
  };
  const { keys, rateLimit } = services;
  return {
    mount: { path, handler: sensorThingsHttp({ service, keys, rateLimit, publicUrl: config.publicUrl, mqttAddress }) },
    topics: sensorThingsTopics(service, intake, root),
    stop,
  };
}
