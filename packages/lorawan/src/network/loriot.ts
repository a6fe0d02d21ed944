import { z } from "zod";
import { anyObject, counter, devEui, hexPayload, port } from "./parts.ts";
import type { Reception, Uplink } from "./uplink.ts";

/** LORIOT (application API, "Uplink Data Message"): `rx` names the best gateway, `gw` all that heard it. Times in ms. */
const uplink = z.object({
  EUI: devEui,
  ts: z.number().min(0).nullish(),
  fcnt: counter.default(0),
  port: port.default(0),
  data: hexPayload,
  confirmed: z.boolean().nullish(),
  freq: z.number().nullish(),
  dr: z.string().nullish(),
  rssi: z.number().nullish(),
  snr: z.number().nullish(),
  gws: z
    .array(z.object({ gweui: z.string().default(""), rssi: z.number().nullish(), snr: z.number().nullish() }))
    .nullish(),
  decoded: z.object({ data: anyObject.nullish() }).nullish(),
});

export const loriot = uplink.transform((message): Uplink => {
  const factor = /^SF(\d+)\b/.exec(message.dr ?? "")?.[1];
  return {
    server: "loriot",
    devEui: message.EUI,
    fPort: message.port,
    fCnt: message.fcnt,
    bytes: message.data,
    time: message.ts ?? null,
    confirmed: message.confirmed ?? null,
    frequency: message.freq ?? null,
    spreadingFactor: factor === undefined ? null : Number(factor),
    gateways: receptionsOf(message),
    decoded: message.decoded?.data ?? null,
  };
});

function receptionsOf(message: z.infer<typeof uplink>): Reception[] {
  if (message.gws) {
    return message.gws.map((one) => ({ gateway: one.gweui, rssi: one.rssi ?? null, snr: one.snr ?? null }));
  }
  const { rssi = null, snr = null } = message;
  return rssi === null && snr === null ? [] : [{ gateway: "", rssi, snr }];
}
