import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readNetworkMessage } from "./read-message.ts";

const chirpstack = {
  deduplicationId: "57433366-50a6-4dc2-8145-2df1bbc70d9e",
  time: "2026-10-22T02:00:24.125+00:00",
  deviceInfo: { devEui: "24e124707c483636" },
  fCnt: 7,
  fPort: 85,
  data: "AXVk",
  rxInfo: [{ gatewayId: "6a7e111a10000000", rssi: -97, snr: 4.5 }],
  txInfo: { frequency: 923200000, modulation: { lora: { spreadingFactor: 9 } } },
};

function unreadable(json: unknown): string {
  const message = readNetworkMessage(json);
  if (message.kind !== "unreadable") throw new Error(`it was read as ${message.kind}`);
  return message.message;
}

test("an uplink is read whole: device, port, counter, bytes, time, radio", () => {
  expect(readNetworkMessage(chirpstack)).toEqual({
    kind: "uplink",
    uplink: {
      server: "chirpstack",
      devEui: "24E124707C483636",
      fPort: 85,
      fCnt: 7,
      bytes: Uint8Array.of(1, 0x75, 100),
      time: Date.UTC(2026, 9, 22, 2, 0, 24, 125),
      confirmed: null,
      frequency: 923_200_000,
      spreadingFactor: 9,
      gateways: [{ gateway: "6a7e111a10000000", rssi: -97, snr: 4.5 }],
      decoded: null,
    },
  });
});

test("what the network server decoded itself is kept, of ChirpStack v3 also as text", () => {
  const own = readNetworkMessage({ ...chirpstack, object: { temperature: 25.5 } });
  expect(own).toMatchObject({ uplink: { decoded: { temperature: 25.5 } } });
  const text = readNetworkMessage({ devEUI: "AgICAgICAgI=", data: "AQ==", objectJSON: '{"level":3}' });
  expect(text).toMatchObject({ uplink: { devEui: "0202020202020202", decoded: { level: 3 }, time: null } });
  const broken = readNetworkMessage({ devEUI: "0202020202020202", data: "AQ==", objectJSON: "{" });
  expect(broken).toMatchObject({ uplink: { decoded: null } });
});

const ids = { end_device_ids: { dev_eui: "0102030405060708" } };
const info = { deviceInfo: { devEui: "0102030405060708" } };
test.each([
  ["join", { ...info, devAddr: "00ab1234" }],
  ["ack", { ...info, queueItemId: "x", acknowledged: true, fCntDown: 4 }],
  ["txack", { ...info, downlinkId: 1, fCntDown: 4, gatewayId: "00" }],
  ["log", { ...info, level: "ERROR", code: "UPLINK_CODEC", description: "no" }],
  ["location", { ...info, location: { latitude: 16, longitude: 108 } }],
  ["uplink without payload", { ...info, fCnt: 3, fPort: 0, data: "" }],
  ["join_accept", { ...ids, join_accept: { session_key_id: "x" } }],
  ["downlink_sent", { ...ids, downlink_sent: { f_port: 1 } }],
  ["uplink without payload", { ...ids, uplink_message: { f_cnt: 3 } }],
  ["tx", { cmd: "tx", EUI: "0102030405060708", data: "01" }],
  ["downlink_Sent", { DevEUI_downlink_Sent: { DevEUI: "0102030405060708" } }],
])("an event that carries no readings is known as %s", (event, message) => {
  expect(readNetworkMessage(message)).toMatchObject({ kind: "event", event, devEui: "0102030405060708" });
});

test("a message that does not fit is refused with the place and what would be right", () => {
  expect(unreadable([])).toContain("no JSON object");
  expect(unreadable({ temperature: 20 })).toMatch(/no known form.*its keys are: temperature/);
  expect(unreadable({ ...chirpstack, data: "***" })).toContain("data: must be base64");
  expect(unreadable({ ...chirpstack, data: "A".repeat(2000) })).toContain("longer than 512 bytes");
  expect(unreadable({ ...chirpstack, time: "yesterday" })).toContain("time: must be a time such as");
  expect(unreadable({ ...chirpstack, deviceInfo: { devEui: "24e1" } })).toContain("16 hexadecimal digits");
  expect(unreadable({ ...chirpstack, fCnt: -1 })).toContain("fCnt");
  expect(unreadable({ cmd: "rx", EUI: "0102030405060708", data: "xyz" })).toContain("must be hexadecimal");
});

test("whatever is posted, it is an answer and never an exception", () => {
  const keys = fc.constantFrom(
    "deviceInfo",
    "end_device_ids",
    "uplink_message",
    "DevEUI_uplink",
    "cmd",
    "EUI",
    "devEUI",
    "data",
    "fCnt",
  );
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      tie("object"),
      fc.array(tie("value"), { maxLength: 3 }),
    ),
    object: fc.dictionary(keys, tie("value"), { maxKeys: 5 }),
  })).value;
  fc.assert(
    fc.property(json, (message) => {
      expect(["uplink", "event", "unreadable"]).toContain(readNetworkMessage(message).kind);
    }),
    { numRuns: 2000, seed: 7 },
  );
});
