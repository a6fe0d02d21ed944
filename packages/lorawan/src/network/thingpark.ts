import { z } from "zod";
import { counter, devEui, hexPayload, instant, looseNumber, port } from "./parts.ts";
import type { Reception, Uplink } from "./uplink.ts";

/** ThingPark and ThingPark Enterprise (Actility LRC-AS tunnel interface, `DevEUI_uplink`). Frequency in MHz. */
const heard = z.object({
  Lrrid: z.string().default(""),
  LrrRSSI: looseNumber.nullish(),
  LrrSNR: looseNumber.nullish(),
});

const uplink = z.object({
  DevEUI_uplink: z.object({
    Time: instant.nullish(),
    DevEUI: devEui,
    FPort: looseNumber.pipe(port).default(0),
    FCntUp: looseNumber.pipe(counter).default(0),
    payload_hex: hexPayload,
    MType: looseNumber.nullish(),
    Frequency: looseNumber.nullish(),
    SpFact: looseNumber.nullish(),
    Lrrid: z.string().nullish(),
    LrrRSSI: looseNumber.nullish(),
    LrrSNR: looseNumber.nullish(),
    Lrrs: z.object({ Lrr: z.union([z.array(heard), heard.transform((one) => [one])]).nullish() }).nullish(),
  }),
});

/** MType of a confirmed data uplink (LoRaWAN 1.0.4, table 1). */
const confirmedUp = 4;

export const thingpark = uplink.transform(({ DevEUI_uplink: up }): Uplink => {
  const best: Reception = { gateway: up.Lrrid ?? "", rssi: up.LrrRSSI ?? null, snr: up.LrrSNR ?? null };
  const all = up.Lrrs?.Lrr?.map((one) => ({
    gateway: one.Lrrid,
    rssi: one.LrrRSSI ?? null,
    snr: one.LrrSNR ?? null,
  }));
  return {
    server: "thingpark",
    devEui: up.DevEUI,
    fPort: up.FPort,
    fCnt: up.FCntUp,
    bytes: up.payload_hex,
    time: up.Time ?? null,
    confirmed: up.MType === null || up.MType === undefined ? null : up.MType === confirmedUp,
    frequency: up.Frequency === null || up.Frequency === undefined ? null : Math.round(up.Frequency * 1e6),
    spreadingFactor: up.SpFact ?? null,
    gateways: all ?? (best.rssi === null && best.gateway === "" ? [] : [best]),
    decoded: null,
  };
});
