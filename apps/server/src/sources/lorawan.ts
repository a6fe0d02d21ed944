import type { Device } from "@ioc/city-pack";
import { decodeUplink, readNetworkMessage, type Uplink } from "@ioc/lorawan";
import type { DeviceDirectory } from "../devices/directory.ts";
import { mapFields } from "../devices/map-fields.ts";
import { pushedEvent, pushedRefusal, type Pushed } from "../devices/pushed.ts";
import { sampleOf } from "./sample.ts";

/**
 * Reads what a LoRaWAN network server posted. Readings are of the time at which the network server received the uplink, or
 * of the time that the device itself gives a record of its memory. The same uplink again gives the same readings.
 * @param now Time of arrival, ms: used where the network server names none.
 */
export function parseNetworkMessage(json: unknown, devices: DeviceDirectory, now: number): Pushed {
  const message = readNetworkMessage(json);
  if (message.kind === "event") return pushedEvent(message.event);
  if (message.kind === "unreadable") return pushedRefusal("bad-item", message.message, json);
  const { uplink } = message;
  const device = devices.byDevEui(uplink.devEui);
  if (!device) return pushedRefusal("unknown-device", `device ${uplink.devEui} is not in devices.yaml`, json);
  return readingsOf(uplink, device, now);
}

function readingsOf(uplink: Uplink, device: Device, now: number): Pushed {
  const model = device.model ?? "";
  const payload = { devEui: uplink.devEui, fPort: uplink.fPort, fCnt: uplink.fCnt, payload: hexOf(uplink.bytes) };
  const decoded = decodeUplink(model, device.parameters, uplink);
  if (!decoded.ok) return pushedRefusal("bad-item", `${uplink.devEui} (${model}): ${decoded.reason}`, payload);
  const received = uplink.time ?? now;
  const pushed: Pushed = { inputs: [], refused: [], event: null, ignored: [] };
  const refused: Omit<Pushed["refused"][number], "index">[] = [];
  for (const { time, fields } of decoded.measurements) {
    const times = { phenomenonTime: time ?? received, resultTime: received };
    const mapped = mapFields(device, device.fields ?? {}, fields, times);
    for (const input of mapped.inputs) pushed.inputs.push({ index: pushed.inputs.length, ...input });
    refused.push(...mapped.refused);
    pushed.ignored.push(...mapped.ignored.filter((name) => !pushed.ignored.includes(name)));
  }
  if (decoded.unread !== "") {
    const message = `${uplink.devEui} (${model}): the bytes ${decoded.unread} at the end are not known to the decoder`;
    refused.push({ reason: "bad-item", message, sample: sampleOf(payload) });
  }
  pushed.refused = refused.map((one, i) => ({ index: pushed.inputs.length + i, ...one }));
  return pushed;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
