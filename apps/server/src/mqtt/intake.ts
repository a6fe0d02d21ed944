import { setTimeout as wait } from "node:timers/promises";
import { StoreBusy, StoreUnavailable, type ObservationInput } from "@ioc/observations";
import type { Intake } from "../intake.ts";
import { parseMessage } from "../sources/mqtt.ts";
import type { OnMessage } from "./broker.ts";

/** Times that a busy or unavailable store is asked again before the sender's connection is closed; it then sends again later. */
const attempts = 5;

interface Waiting {
  input: Omit<ObservationInput, "index">;
  done: () => void;
  fail: (error: unknown) => void;
}

/**
 * Takes MQTT messages in. Readings that arrive in one turn of the event loop are recorded in one commit; each message is
 * answered after it.
 */
export function createMqttIntake(options: {
  intake: Intake;
  kindOf: (station: string) => string | undefined;
  now: () => number;
}): OnMessage {
  const { intake } = options;
  let waiting: Waiting[] = [];

  const flush = async () => {
    const batch = waiting;
    waiting = [];
    const inputs = batch.map(({ input }, index) => ({ index, ...input }));
    try {
      await receive(intake, inputs);
      for (const one of batch) one.done();
    } catch (error) {
      for (const one of batch) one.fail(error);
    }
  };

  return async (topic, payload, client) => {
    const source = `mqtt:${client}`.slice(0, 80);
    const parsed = parseMessage(topic, payload, options.kindOf, options.now());
    if (!parsed.ok) {
      const sample = `${topic} ${payload.subarray(0, 500).toString("utf8")}`;
      return intake.quarantine(source, [{ reason: parsed.reason, message: parsed.message, sample }]);
    }
    await new Promise<void>((done, fail) => {
      if (waiting.length === 0) setImmediate(() => void flush());
      waiting.push({ input: parsed.input, done, fail });
    });
  };
}

async function receive(intake: Intake, inputs: ObservationInput[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await intake.receive(inputs, "mqtt");
      return;
    } catch (error) {
      const passes = error instanceof StoreBusy || error instanceof StoreUnavailable;
      if (!passes || attempt >= attempts) throw error;
      await wait(error.retryAfterSeconds * 1000);
    }
  }
}
