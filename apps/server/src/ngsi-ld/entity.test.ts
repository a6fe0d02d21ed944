import { expect, test } from "vitest";
import { readEntity } from "./entity.ts";
import { instantOf } from "./times.ts";

const id = "urn:ngsi-ld:WeatherObserved:wx-1";
const type = "WeatherObserved";

test.each([
  ["NGSI-LD normalized", { temperature: { type: "Property", value: 31, unitCode: "CEL", observedAt: "t" } }],
  [
    "NGSIv2 normalized",
    { temperature: { type: "Number", value: 31, metadata: { unitCode: { value: "CEL" }, timestamp: { value: "t" } } } },
  ],
  [
    "a name in full",
    {
      "https://smartdatamodels.org/dataModel.Weather/temperature": {
        type: "Property",
        value: 31,
        unitCode: "CEL",
        observedAt: "t",
      },
    },
  ],
  [
    "a name that its own context defines",
    {
      t: { type: "Property", value: 31, unitCode: "CEL", observedAt: "t" },
      "@context": ["https://example.org/c.jsonld", { t: { "@id": "https://example.org/vocabulary#temperature" } }],
    },
  ],
])("%s", (_, attributes) => {
  const entity = readEntity({ id, type, ...attributes });
  expect(entity).toEqual({
    id,
    type,
    attributes: [{ name: "temperature", value: 31, unitCode: "CEL", observedAt: "t" }],
  });
});

test("key-values, and a feature with its properties", () => {
  const attributes = [{ name: "temperature", value: 31 }];
  expect(readEntity({ id, type, temperature: 31 })).toEqual({ id, type, attributes });
  const feature = { id, type: "Feature", geometry: null, properties: { type, temperature: 31 } };
  expect(readEntity(feature)).toEqual({ id, type, attributes });
});

test("several instances of an attribute are several readings; a list of values is one value", () => {
  const instance = (value: number, observedAt: string) => ({
    type: "Property",
    value,
    observedAt,
    datasetId: `urn:${value}`,
  });
  const { attributes } = readEntity({ id, type, a: [instance(1, "t1"), instance(2, "t2")], b: [1, 2] });
  expect(attributes.map(({ name, value, observedAt }) => [name, value, observedAt])).toEqual([
    ["a", 1, "t1"],
    ["a", 2, "t2"],
    ["b", [1, 2], undefined],
  ]);
});

test.each([
  [null, /must be a JSON object/],
  [[], /must be a JSON object/],
  [{ type }, /`id` must be a text/],
  [{ id: "", type }, /`id` must be a text/],
  [{ id: "x".repeat(201), type }, /`id` must be a text of 1 to 200/],
  [{ id, type: 7 }, /has no `type`/],
  [{ id, type, ...Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`a${i}`, 1])) }, /at most 500 attributes/],
])("%j is refused", (given, message) => {
  expect(() => readEntity(given)).toThrow(message);
});

test.each([
  ["2026-10-22T02:00:24Z", "2026-10-22T02:00:24.000Z"],
  ["2026-10-22T09:00:24+07:00", "2026-10-22T02:00:24.000Z"],
  ["2026-10-22T09:00:24+0700", "2026-10-22T02:00:24.000Z"],
  ["2026-10-22T02:00", "2026-10-22T02:00:00.000Z"],
  ["2026-10-22T01:00:00Z/2026-10-22T02:00:00Z", "2026-10-22T02:00:00.000Z"],
])("%s is an instant", (text, expected) => {
  expect(new Date(instantOf(text) ?? 0).toISOString()).toBe(expected);
});

test.each(["2026-02-30T00:00:00Z", "2026-10-22", "22/10/2026 02:00", "2020-03-17TT08:45:00Z", "", 1_770_000_000, null])(
  "%j is none",
  (given) => {
    expect(instantOf(given)).toBeNull();
  },
);
