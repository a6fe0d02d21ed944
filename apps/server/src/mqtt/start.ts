import type { Network } from "@ioc/contracts";
import type { KeyCheck } from "../api/keys.ts";
import type { CityClock } from "../clock.ts";
import type { Config } from "../config/config.ts";
import type { HealthBoard } from "../health.ts";
import type { Intake } from "../intake.ts";
import type { Log } from "../log.ts";
import type { Telemetry } from "../metrics/telemetry.ts";
import { startMqttBroker, type MqttBroker, type OnMessage } from "./broker.ts";
import { createMqttIntake } from "./intake.ts";
import type { OtherTopics } from "./topics.ts";

/** Starts the broker that is configured; null when it is off. */
export async function startMqtt(
  config: Pick<Config, "host" | "mqttPort">,
  parts: {
    keys: KeyCheck;
    intake: Intake;
    network: Network;
    clock: CityClock;
    log: Log;
    health: HealthBoard;
    telemetry: Pick<Telemetry, "mqttMessage">;
    topics: OtherTopics;
  },
): Promise<MqttBroker | null> {
  const { intake, network, clock, health } = parts;
  if (config.mqttPort === "off") {
    health.set("mqtt", "off");
    return null;
  }
  const kinds = new Map(network.stations.map((station) => [station.id, station.kind]));
  const take = createMqttIntake({ intake, kindOf: (station) => kinds.get(station), now: clock.now });
  const onMessage = counted(take, parts.telemetry);
  const broker = await startMqttBroker({ ...parts, host: config.host, port: config.mqttPort, onMessage });
  const moved = broker.moved ? `; port ${config.mqttPort} was busy` : "";
  health.set("mqtt", "ok", `port ${broker.port}${moved}`);
  return broker;
}

function counted(take: OnMessage, telemetry: Pick<Telemetry, "mqttMessage">): OnMessage {
  return async (topic, payload, client) => {
    try {
      await take(topic, payload, client);
    } catch (error) {
      telemetry.mqttMessage("failed");
      throw error;
    }
    telemetry.mqttMessage("accepted");
  };
}
