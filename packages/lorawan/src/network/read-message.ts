import type { z } from "zod";
import { chirpstackEvent, chirpstackV4, gatewayHttp } from "./chirpstack.ts";
import { loriot } from "./loriot.ts";
import { anyObject, devEuiOrBase64, objections } from "./parts.ts";
import { thingpark } from "./thingpark.ts";
import { thingsStack, thingsStackEvent } from "./things-stack.ts";
import type { NetworkMessage, NetworkServer, Uplink } from "./uplink.ts";

type Json = Readonly<Record<string, unknown>>;

/** One form of message. */
interface Form {
  server: NetworkServer;
  /** Whether a message is of this network server. */
  fits(message: Json): boolean;
  /** Whether it is an uplink with a payload. */
  isUplink(message: Json): boolean;
  uplink: z.ZodType<Uplink>;
  event(message: Json): string;
  /** Where the device is named. */
  device(message: Json): unknown;
}

const forms: readonly Form[] = [
  {
    server: "things-stack",
    fits: (message) => "end_device_ids" in message,
    isUplink: (message) => typeof part(message, "uplink_message")["frm_payload"] === "string",
    uplink: thingsStack,
    event: (message) => ("uplink_message" in message ? "uplink without payload" : thingsStackEvent(message)),
    device: (message) => part(message, "end_device_ids")["dev_eui"],
  },
  {
    server: "chirpstack",
    fits: (message) => "deviceInfo" in message,
    isUplink: (message) => typeof message["data"] === "string" && message["data"] !== "",
    uplink: chirpstackV4,
    event: (message) => ("fCnt" in message ? "uplink without payload" : chirpstackEvent(message)),
    device: (message) => part(message, "deviceInfo")["devEui"],
  },
  {
    server: "thingpark",
    fits: (message) => Object.keys(message).some((key) => key.startsWith("DevEUI_")),
    isUplink: (message) => typeof part(message, "DevEUI_uplink")["payload_hex"] === "string",
    uplink: thingpark,
    event: (message) =>
      "DevEUI_uplink" in message
        ? "uplink without payload"
        : (Object.keys(message).find((key) => key.startsWith("DevEUI_")) ?? "").replace("DevEUI_", ""),
    device: (message) => Object.values(message).map((one) => anyObject.safeParse(one).data?.["DevEUI"])[0],
  },
  {
    server: "loriot",
    fits: (message) => typeof message["cmd"] === "string" && "EUI" in message,
    isUplink: ({ cmd, data }) => (cmd === "rx" || cmd === "gw") && typeof data === "string" && data !== "",
    uplink: loriot,
    event: ({ cmd }) => (cmd === "rx" || cmd === "gw" ? "uplink without payload" : String(cmd).slice(0, 40)),
    device: (message) => message["EUI"],
  },
  {
    server: "gateway-http",
    fits: (message) => "devEUI" in message,
    isUplink: (message) => typeof message["data"] === "string" && message["data"] !== "",
    uplink: gatewayHttp,
    event: (message) => ("fCnt" in message ? "uplink without payload" : chirpstackEvent(message)),
    device: (message) => message["devEUI"],
  },
];

const known = "ChirpStack v4 or v3, The Things Stack v3, LORIOT, ThingPark, or a gateway that forwards by HTTP";

/**
 * Reads what a LoRaWAN network server posted, recognising its form by the shape: an uplink with its payload, another event
 * (join, status, acknowledgement, downlink), or why it is neither.
 */
export function readNetworkMessage(json: unknown): NetworkMessage {
  const parsed = anyObject.safeParse(json);
  if (!parsed.success) return { kind: "unreadable", message: `the message is no JSON object as of ${known}` };
  const message = parsed.data;
  const form = forms.find((one) => one.fits(message));
  if (!form) {
    const keys = Object.keys(message).slice(0, 8).join(", ").slice(0, 200);
    return { kind: "unreadable", message: `the message is of no known form (${known}); its keys are: ${keys}` };
  }
  const { server } = form;
  if (!form.isUplink(message)) {
    const devEui = devEuiOrBase64.safeParse(form.device(message)).data ?? null;
    return { kind: "event", server, event: form.event(message), devEui };
  }
  const uplink = form.uplink.safeParse(message);
  if (uplink.success) return { kind: "uplink", uplink: uplink.data };
  return { kind: "unreadable", message: `the uplink of ${server} does not fit: ${objections(uplink.error)}` };
}

function part(message: Json, key: string): Json {
  return anyObject.safeParse(message[key]).data ?? {};
}
