import type { Network } from "@ioc/contracts";
import type { KeyCheck } from "../api/keys.ts";
import type { CityClock } from "../clock.ts";
import type { Config } from "../config/config.ts";
import type { HealthBoard } from "../health.ts";
import type { Intake } from "../intake.ts";
import type { Log } from "../log.ts";
import { startMqttBroker, type MqttBroker } from "./broker.ts";
import { createMqttIntake } from "./intake.ts";

/** Starts the broker that is configured; null when it is off. */
export async function startMqtt(
  config: Pick<Config, "host" | "mqttPort">,
  parts: { keys: KeyCheck; intake: Intake; network: Network; clock: CityClock; log: Log; health: HealthBoard },
): Promise<MqttBroker | null> {
  const { intake, network, clock, health } = parts;
  if (config.mqttPort === "off") {
    health.set("mqtt", "off");
    return null;
  }
  const kinds = new Map(network.stations.map((station) => [station.id, station.kind]));
  const onMessage = createMqttIntake({ intake, kindOf: (station) => kinds.get(station), now: clock.now });
  const broker = await startMqttBroker({ ...parts, host: config.host, port: config.mqttPort, onMessage });
  const moved = broker.moved ? `; port ${config.mqttPort} was busy` : "";
  health.set("mqtt", "ok", `port ${broker.port}${moved}`);
  return broker;
}
