import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromHex } from "../bytes.ts";
import { decodePayload, deviceModels, modelParameters } from "./models.ts";

function decode(model: string, fPort: number, hex: string, parameters: Record<string, number> = {}) {
  return decodePayload(model, { fPort, bytes: fromHex(hex) ?? new Uint8Array(), parameters });
}

test("a model without a decoder is refused by its name", () => {
  expect(decode("acme/x1", 1, "00")).toEqual({ ok: false, reason: "no decoder for acme/x1" });
  expect(decode("constructor", 1, "00")).toEqual({ ok: false, reason: "no decoder for constructor" });
  expect(modelParameters("acme/x1")).toBeNull();
});

test("readings come with their UCUM units", () => {
  expect(decode("milesight/em400-tld", 85, "01755c0367010104824408050001")).toEqual({
    ok: true,
    measurements: [
      {
        time: null,
        fields: [
          { name: "battery", value: 92, unit: "%" },
          { name: "temperature", value: 25.7, unit: "Cel" },
          { name: "distance", value: 2116, unit: "mm" },
          { name: "position", value: "tilt", unit: null },
        ],
      },
    ],
    unread: "",
  });
});

test("below zero", () => {
  expect(decode("milesight/em300-th", 85, "0367ceff")).toMatchObject({
    measurements: [{ fields: [{ name: "temperature", value: -5 }] }],
  });
  expect(decode("elsys/ers2", 5, "01ffce")).toMatchObject({ measurements: [{ fields: [{ value: -5 }] }] });
  expect(decode("netvox/r718ab", 6, "01130124fe0c1a9e000000")).toMatchObject({
    measurements: [{ fields: [{}, { name: "temperature", value: -5 }, { value: 68.14 }] }],
  });
});

test("a sensor that is not fitted gives no reading", () => {
  const decoded = decode("netvox/ra0723", 6, "01050278ffff000effff00");
  expect(decoded).toMatchObject({
    measurements: [{ fields: [{ name: "battery_voltage" }, { name: "pm2_5", value: 14 }] }],
  });
});

test("a record of the device's memory has its own time", () => {
  const decoded = decode("milesight/em500-swl", 85, "0377020020ce781a41650500");
  expect(decoded).toMatchObject({
    measurements: [
      { time: null, fields: [{ name: "water_level", value: 2, unit: "cm" }] },
      { time: 1_698_765_432_000, fields: [{ name: "water_level", value: 5 }] },
    ],
  });
});

test("constants of the one device are used", () => {
  expect(modelParameters("decentlab/dl-tbrg")).toEqual({ resolution: 0.1 });
  expect(decode("decentlab/dl-tbrg", 1, "0202f8000300040258409a00000c54", { resolution: 0.2 })).toMatchObject({
    measurements: [{ fields: [{ name: "precipitation", value: 0.8 }, {}, {}, {}] }],
  });
});

test("what comes after the last known item is told, and what came before is kept", () => {
  expect(decode("milesight/em300-th", 85, "017564aabb01")).toMatchObject({ ok: true, unread: "aabb01" });
  expect(decode("milesight/em300-th", 85, "aabb01")).toEqual({
    ok: false,
    reason: "channel and type aabb are not known for this model",
  });
});

test("a payload that is cut short is refused, not half read", () => {
  const cut = decode("milesight/em400-tld", 85, "01755c036701");
  expect(cut).toEqual({ ok: false, reason: "the payload ends at byte 6, but a value of 2 bytes begins at byte 5" });
  expect(decode("decentlab/dl-pr36", 1, "02032b00038067")).toMatchObject({ ok: false });
  expect(decode("bosch/parking-lot-sensor", 3, "0000")).toMatchObject({ ok: false });
  for (const model of deviceModels) expect(decode(model, 1, ""), model).toMatchObject({ ok: false });
});

test("ports that carry something else are refused by number", () => {
  expect(decode("nwave/g4-nps-sm", 9, "95")).toEqual({
    ok: false,
    reason: "port 9 of Nwave is not known; known are 1, 2 and 3",
  });
  expect(decode("tektelic/comfort", 100, "0367")).toMatchObject({ ok: false });
});

test("whatever the bytes are, every model answers, with finite numbers", () => {
  const payload = fc.record({
    model: fc.constantFrom(...deviceModels),
    fPort: fc.constantFrom(1, 2, 3, 5, 6, 7, 10, 11, 14, 20, 50, 60, 85, 100),
    bytes: fc.uint8Array({ maxLength: 60 }),
    // Real beginnings lead further into the decoders than random ones.
    begin: fc.constantFrom("", "0203", "0175", "0367", "20ce", "ff16", "8201", "00d3", "0101", "dd95", "06d9", "ffc9"),
  });
  fc.assert(
    fc.property(payload, ({ model, fPort, bytes, begin }) => {
      const all = Uint8Array.from([...(fromHex(begin) ?? []), ...bytes]);
      const decoded = decodePayload(model, { fPort, bytes: all, parameters: {} });
      if (!decoded.ok) {
        expect(decoded.reason).not.toBe("");
        return;
      }
      for (const { name, value } of decoded.measurements.flatMap(({ fields }) => fields)) {
        expect(name).not.toBe("");
        if (typeof value === "number") expect(Number.isFinite(value), `${model} ${name}`).toBe(true);
      }
    }),
    { numRuns: 5000, seed: 11 },
  );
});
