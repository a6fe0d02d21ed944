import type { ObservationInput } from "@ioc/observations";
import type { Intake } from "../intake.ts";
import { parseMessage } from "../sources/mqtt.ts";
import type { OnMessage } from "./broker.ts";
import { untilStored } from "./until-stored.ts";

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
      await untilStored(() => intake.receive(inputs, "mqtt"));
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
      const refused = [{ reason: parsed.reason, message: parsed.message, sample }];
      return untilStored(() => intake.quarantine(source, refused));
    }
    await new Promise<void>((done, fail) => {
      if (waiting.length === 0) setImmediate(() => void flush());
      waiting.push({ input: parsed.input, done, fail });
    });
  };
}
