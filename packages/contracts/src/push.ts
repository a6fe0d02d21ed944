import { z } from "zod";
import { receipt } from "./observation.ts";

/** Message of a LoRaWAN network server as it posts it; which one is seen by its shape. */
export const networkServerMessage = z.record(z.string(), z.unknown());

/** What the airRohr firmware posts to a server of one's own. Values are text. */
export const sensorCommunityMessage = z.looseObject({
  /** Chip number; the header `X-Sensor: esp8266-NUMBER` says the same. */
  esp8266id: z.union([z.string().max(40), z.number()]).optional(),
  software_version: z.string().max(200).optional(),
  sensordatavalues: z
    .array(z.object({ value_type: z.string().min(1).max(80), value: z.union([z.string().max(80), z.number()]) }))
    .max(200),
});
export type SensorCommunityMessage = z.infer<typeof sensorCommunityMessage>;

/**
 * CloudEvents 1.0: one event in structured mode, several in batch mode, or with `ce-` headers the data alone (binary mode).
 * The data is a body of `POST /observations` or one observation.
 */
export const cloudEventsBody = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()).min(1).max(1000)]);

/** 202 answer to a pushed message; sent only after the commit. */
export const pushReceipt = receipt.extend({
  /** Kind of a message that carries no readings (join, status, downlink): nothing was stored of it. Null for readings. */
  event: z.string().nullable(),
  /** Fields that the device sent and `devices.yaml` maps to no property: not stored. */
  ignored: z.array(z.string()),
});
export type PushReceipt = z.infer<typeof pushReceipt>;
