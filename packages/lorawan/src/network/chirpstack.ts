import { z } from "zod";
import { anyObject, base64Payload, counter, devEui, devEuiOrBase64, instant, looseNumber, port } from "./parts.ts";
import type { Reception, Uplink } from "./uplink.ts";

/** ChirpStack v4, HTTP integration with JSON encoding (`integration.UplinkEvent`). Fields at their default may be absent. */
const uplinkOfV4 = z.object({
  time: instant.nullish(),
  deviceInfo: z.object({ devEui }),
  fCnt: counter.default(0),
  fPort: port.default(0),
  confirmed: z.boolean().nullish(),
  data: base64Payload,
  object: anyObject.nullish(),
  rxInfo: z
    .array(z.object({ gatewayId: z.string().default(""), rssi: z.number().nullish(), snr: z.number().nullish() }))
    .default([]),
  txInfo: z
    .object({
      frequency: looseNumber.nullish(),
      modulation: z.object({ lora: z.object({ spreadingFactor: z.number().nullish() }).nullish() }).nullish(),
    })
    .nullish(),
});

export const chirpstackV4 = uplinkOfV4.transform((message): Uplink => {
  return {
    server: "chirpstack",
    devEui: message.deviceInfo.devEui,
    fPort: message.fPort,
    fCnt: message.fCnt,
    bytes: message.data,
    time: message.time ?? null,
    confirmed: message.confirmed ?? null,
    frequency: message.txInfo?.frequency ?? null,
    spreadingFactor: message.txInfo?.modulation?.lora?.spreadingFactor ?? null,
    gateways: message.rxInfo.map((one) => ({
      gateway: one.gatewayId,
      rssi: one.rssi ?? null,
      snr: one.snr ?? null,
    })),
    decoded: message.object ?? null,
  };
});

/** Kind of an event of ChirpStack v4 that carries no payload of a device. */
export function chirpstackEvent(message: Readonly<Record<string, unknown>>): string {
  if ("margin" in message) return "status";
  if ("acknowledged" in message) return "ack";
  if ("downlinkId" in message || "txInfo" in message) return "txack";
  if ("level" in message && "code" in message) return "log";
  if ("location" in message) return "location";
  if ("integrationName" in message) return "integration";
  return "devAddr" in message ? "join" : "event";
}

/** ChirpStack v3, and gateways that forward by HTTP in the same shape, such as Milesight's. */
const uplinkOfGateway = z.object({
  devEUI: devEuiOrBase64,
  time: instant.nullish(),
  fCnt: counter.default(0),
  fPort: port.default(0),
  confirmedUplink: z.boolean().nullish(),
  data: base64Payload,
  object: anyObject.nullish(),
  objectJSON: z.string().max(65_536).nullish(),
  rxInfo: z
    .array(
      z.object({
        gatewayID: z.string().nullish(),
        mac: z.string().nullish(),
        time: instant.nullish(),
        rssi: z.number().nullish(),
        loRaSNR: z.number().nullish(),
      }),
    )
    .default([]),
  txInfo: z
    .object({
      frequency: looseNumber.nullish(),
      dataRate: z.object({ spreadFactor: z.number().nullish() }).nullish(),
      loRaModulationInfo: z.object({ spreadingFactor: z.number().nullish() }).nullish(),
    })
    .nullish(),
});

export const gatewayHttp = uplinkOfGateway.transform((message): Uplink => {
  const { txInfo } = message;
  const heard = message.rxInfo.flatMap(({ time }) => (time === null || time === undefined ? [] : [time]));
  return {
    server: "gateway-http",
    devEui: message.devEUI,
    fPort: message.fPort,
    fCnt: message.fCnt,
    bytes: message.data,
    time: message.time ?? (heard.length > 0 ? Math.min(...heard) : null),
    confirmed: message.confirmedUplink ?? null,
    frequency: txInfo?.frequency ?? null,
    spreadingFactor: txInfo?.loRaModulationInfo?.spreadingFactor ?? txInfo?.dataRate?.spreadFactor ?? null,
    gateways: message.rxInfo.map((one): Reception => {
      return { gateway: one.gatewayID ?? one.mac ?? "", rssi: one.rssi ?? null, snr: one.loRaSNR ?? null };
    }),
    decoded: message.object ?? objectOf(message.objectJSON),
  };
});

function objectOf(json: string | null | undefined): Record<string, unknown> | null {
  if (!json) return null;
  try {
    return anyObject.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}
