import { expect, test } from "vitest";
import { decodeUplink, deviceProblems, readNetworkMessage, type Uplink } from "./index.ts";

function uplinkWith(object: unknown): Uplink {
  const message = readNetworkMessage({ deviceInfo: { devEui: "0102030405060708" }, data: "AXVk", fPort: 85, object });
  if (message.kind !== "uplink") throw new Error(JSON.stringify(message));
  return message.uplink;
}

test("of the model network-server the server's own object is read, with dotted names and no units", () => {
  const object = { level: 1.25, ok: true, air: { temperature: 30, list: [7] }, text: "dry", none: null };
  expect(decodeUplink("network-server", {}, uplinkWith(object))).toEqual({
    ok: true,
    measurements: [
      {
        time: null,
        fields: [
          { name: "level", value: 1.25, unit: null },
          { name: "ok", value: true, unit: null },
          { name: "air.temperature", value: 30, unit: null },
          { name: "air.list.0", value: 7, unit: null },
          { name: "text", value: "dry", unit: null },
        ],
      },
    ],
    unread: "",
  });
});

test("an object that is missing, empty or without end is told or cut", () => {
  expect(decodeUplink("network-server", {}, uplinkWith(undefined))).toMatchObject({ ok: false });
  expect(decodeUplink("network-server", {}, uplinkWith({}))).toMatchObject({ ok: false });
  const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`f${i}`, i]));
  const decoded = decodeUplink("network-server", {}, uplinkWith(wide));
  expect(decoded.ok && decoded.measurements[0]?.fields.length).toBe(200);
  let deep: unknown = 1;
  for (let i = 0; i < 1000; i++) deep = { deep };
  expect(decodeUplink("network-server", {}, uplinkWith({ deep }))).toMatchObject({ ok: false });
});

test("with a model the payload is decoded, whatever the server made of it", () => {
  expect(decodeUplink("milesight/am102", {}, uplinkWith({ battery: 1 }))).toMatchObject({
    measurements: [{ fields: [{ name: "battery", value: 100, unit: "%" }] }],
  });
});

test("the check of a pack names models and constants that would be right", () => {
  expect(deviceProblems("milesight/em400-tld", {})).toEqual([]);
  expect(deviceProblems("network-server", {})).toEqual([]);
  expect(deviceProblems("bosch/parking", {})).toEqual([
    { path: ["model"], problem: "no decoder for bosch/parking", remedy: "use one of: bosch/parking-lot-sensor" },
  ]);
  expect(deviceProblems("acme/x", {})[0]?.remedy).toMatch(/bosch.*milesight.*network-server/);
  expect(deviceProblems("decentlab/dl-tbrg", { resolution: 0.2, size: 1 })).toEqual([
    { path: ["parameters", "size"], problem: 'decentlab/dl-tbrg takes no constant "size"', remedy: "use: resolution" },
  ]);
});
