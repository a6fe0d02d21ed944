import type { CityPack } from "@ioc/city-pack";
import type { PushReceipt } from "@ioc/contracts";
import type { DatastreamSpec } from "@ioc/observations";
import { storeProblem } from "../api/gate.ts";
import type { Handlers } from "../api/handlers.ts";
import type { Intake } from "../intake.ts";
import { parseCloudEvents } from "../sources/cloud-events.ts";
import { parseNetworkMessage } from "../sources/lorawan.ts";
import { parseSensorCommunity } from "../sources/sensor-community.ts";
import { createDeviceDirectory } from "./directory.ts";
import { emptyReceipt, type Pushed } from "./pushed.ts";

interface PushServices {
  pack: CityPack;
  specs: readonly DatastreamSpec[];
  intake: Intake;
  /** City time, ms. */
  now: () => number;
}

/** What devices and their networks push in forms of their own. */
export function pushHandlers(
  services: PushServices,
): Pick<Handlers, "postLorawan" | "postSensorCommunity" | "postCloudEvents"> {
  const { intake, now } = services;
  const devices = createDeviceDirectory(services.pack.devices);
  const datastreams = new Set(services.specs.map((spec) => spec.id));
  const observes = (station: string, property: string) => datastreams.has(`${station}:${property}`);

  async function receive(pushed: Pushed, source: string): Promise<PushReceipt> {
    const { inputs, refused, event, ignored } = pushed;
    if (inputs.length === 0 && refused.length === 0) return { ...emptyReceipt, event, ignored };
    try {
      return { ...(await intake.receive(inputs, source, refused)), event, ignored };
    } catch (error) {
      throw storeProblem(error);
    }
  }

  return {
    postLorawan: ({ body }) => receive(parseNetworkMessage(body, devices, now()), "lorawan"),
    postSensorCommunity({ body, headers }) {
      const sensor = headers["x-sensor"];
      const named = typeof sensor === "string" ? sensor : undefined;
      return receive(parseSensorCommunity(body, named, devices, { now: now(), observes }), "sensor-community");
    },
    async postCloudEvents({ body, headers }) {
      const { inputs, refused } = parseCloudEvents(body, headers);
      try {
        return await intake.receive(inputs, "cloud-events", refused);
      } catch (error) {
        throw storeProblem(error);
      }
    },
  };
}
