import { z } from "zod";
import { anyObject, base64Payload, counter, devEui, instant, looseNumber, port } from "./parts.ts";
import type { Uplink } from "./uplink.ts";

/**
 * The Things Stack v3, Community and Industries (`ApplicationUp`, webhook in JSON). The time is that of the network server,
 * `uplink_message.received_at`; the outer one is of the application server.
 */
const uplink = z.object({
  end_device_ids: z.object({ dev_eui: devEui }),
  received_at: instant.nullish(),
  uplink_message: z.object({
    f_port: port.default(0),
    f_cnt: counter.default(0),
    frm_payload: base64Payload,
    decoded_payload: anyObject.nullish(),
    confirmed: z.boolean().nullish(),
    received_at: instant.nullish(),
    rx_metadata: z
      .array(
        z.object({
          gateway_ids: z.object({ gateway_id: z.string().default("") }).nullish(),
          rssi: z.number().nullish(),
          snr: z.number().nullish(),
        }),
      )
      .default([]),
    settings: z
      .object({
        frequency: looseNumber.nullish(),
        data_rate: z.object({ lora: z.object({ spreading_factor: z.number().nullish() }).nullish() }).nullish(),
      })
      .nullish(),
  }),
});

export const thingsStack = uplink.transform((message): Uplink => {
  const { uplink_message: up } = message;
  return {
    server: "things-stack",
    devEui: message.end_device_ids.dev_eui,
    fPort: up.f_port,
    fCnt: up.f_cnt,
    bytes: up.frm_payload,
    time: up.received_at ?? message.received_at ?? null,
    confirmed: up.confirmed ?? null,
    frequency: up.settings?.frequency ?? null,
    spreadingFactor: up.settings?.data_rate?.lora?.spreading_factor ?? null,
    gateways: up.rx_metadata.map((one) => ({
      gateway: one.gateway_ids?.gateway_id ?? "",
      rssi: one.rssi ?? null,
      snr: one.snr ?? null,
    })),
    decoded: up.decoded_payload ?? null,
  };
});

const others = [
  ..."uplink_normalized join_accept downlink_ack downlink_nack downlink_sent downlink_failed downlink_queued".split(
    " ",
  ),
  ..."downlink_queue_invalidated location_solved service_data".split(" "),
];

/** Kind of a message of The Things Stack that is no uplink. */
export function thingsStackEvent(message: Readonly<Record<string, unknown>>): string {
  return others.find((kind) => kind in message) ?? "event";
}
