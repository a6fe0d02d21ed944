import { gzipSync } from "node:zlib";
import { seededRandom } from "@ioc/testkit";

/** A body that no honest client sends. */
export interface Rubbish {
  name: string;
  body: Buffer;
  headers?: Record<string, string>;
}

const text = (name: string, body: string, headers: Record<string, string> = {}): Rubbish => ({
  name,
  body: Buffer.from(body),
  headers,
});

function noise(bytes: number): Buffer {
  const random = seededRandom(7);
  return Buffer.from(Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256)));
}

const MiB = 2 ** 20;

/** Bodies in the form of our own batches, each item with the given text in the place of its parts. */
const item = (parts: string): string => `{"observations":[{${parts}}]}`;
const named = '"station":"nobody","property":"temp"';
const timed = '"phenomenonTime":"2026-01-01T00:00:00Z"';

const deep = "[".repeat(100_000) + "]".repeat(100_000);

export const rubbish: readonly Rubbish[] = [
  text("nothing", ""),
  text("truncated JSON", '{"observations":[{"datastream":"a","phenomenonT'),
  text("17 MB", `{"observations":["${"x".repeat(17 * MiB)}"]}`),
  { name: "a gzip bomb", body: gzipSync(Buffer.alloc(200 * MiB, " ")), headers: { "Content-Encoding": "gzip" } },
  { name: "no gzip", body: Buffer.from("{}"), headers: { "Content-Encoding": "gzip" } },
  text("an unknown encoding", "{}", { "Content-Encoding": "rot13" }),
  text("a wrong charset", "{}", { "Content-Type": "application/json; charset=koi8-r" }),
  { name: "bytes that are no UTF-8", body: Buffer.concat([Buffer.from('{"a":"'), noise(200), Buffer.from('"}')]) },
  { name: "binary", body: noise(100_000) },
  text("nested arrays", deep),
  text("nested objects", '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000)),
  text("nested items", `{"observations":[${deep}]}`),
  text("a deep result", item(`${named},${timed},"result":${deep}`)),
  text("a deep attribute", `{"id":"urn:ngsi-ld:Device:x","type":"Device","a":{"type":"Property","value":${deep}}}`),
  text("a deep attribute in a list", `[{"id":"urn:ngsi-ld:Device:x","type":"Device","temperature":${deep}}]`),
  text("a deep sensor value", `{"esp8266id":1,"sensordatavalues":[{"value_type":${deep},"value":${deep}}]}`),
  text("a deep event", `{"specversion":"1.0","id":"1","source":"a","type":"b","data":${deep}}`),
  text("deep properties", `{"name":"a","description":"b","properties":{"x":${deep}},"result":${deep}}`),
  text("a deep uplink", `{"deviceInfo":{"devEui":"0011223344556677"},"fPort":1,"data":${deep},"object":${deep}}`),
  text("50,001 items", `{"observations":[${"1,".repeat(50_000)}1]}`),
  text("50,001 elements", `[${"{},".repeat(50_000)}{}]`),
  text("duplicate keys", '{"observations":[1],"observations":[2],"observations":{}}'),
  text("the prototype", '{"__proto__":{"observations":[]},"constructor":{"prototype":1}}'),
  text("NaN", item(`${named},${timed},"result":NaN`)),
  text("Infinity", item(`${named},${timed},"result":-Infinity`)),
  text("1e400", item(`${named},${timed},"result":1e400`)),
  text("the last time of all", item(`${named},"phenomenonTime":"+275760-09-13T00:00:00.000Z","result":1`)),
  text("a time beyond all", item(`${named},"phenomenonTime":"+275761-01-01T00:00:00.000Z","result":1`)),
  text("a text of 1 MB", item(`"station":"${"x".repeat(MiB)}","property":"temp",${timed},"result":1`)),
  text("a key of 1 MB", `{"${"k".repeat(MiB)}":1}`),
  text("a text with zeros", item(`"station":"a\\u0000b","property":"\\ud800",${timed},"result":1`)),
  text("null", "null"),
  text("a number", "5"),
  text("a text", '"hello"'),
  text("a form", "a=1&b=2", { "Content-Type": "application/x-www-form-urlencoded" }),
  text("XML", "<a/>", { "Content-Type": "application/xml" }),
];

/** Every address that takes a body, with the methods it takes one by. */
export const writableRoutes: readonly [method: string, path: string][] = [
  ["POST", "/api/v1/observations"],
  ["POST", "/api/v1/observations/removals"],
  ["POST", "/api/v1/sources/lorawan"],
  ["POST", "/api/v1/sources/sensor-community"],
  ["POST", "/api/v1/sources/cloud-events"],
  ["POST", "/api/v1/simulation/scenario"],
  ["POST", "/sensorthings/v1.1/Things"],
  ["POST", "/sensorthings/v1.1/Locations"],
  ["POST", "/sensorthings/v1.1/Datastreams"],
  ["POST", "/sensorthings/v1.1/MultiDatastreams"],
  ["POST", "/sensorthings/v1.1/Sensors"],
  ["POST", "/sensorthings/v1.1/ObservedProperties"],
  ["POST", "/sensorthings/v1.1/FeaturesOfInterest"],
  ["POST", "/sensorthings/v1.1/Observations"],
  ["POST", "/sensorthings/v1.1/CreateObservations"],
  ["PATCH", "/sensorthings/v1.1/Things(1)"],
  ["POST", "/ngsi-ld/v1/entities"],
  ["POST", "/ngsi-ld/v1/entityOperations/upsert"],
  ["POST", "/ngsi-ld/v1/entities/urn:ngsi-ld:Device:x/attrs"],
  ["PATCH", "/ngsi-ld/v1/entities/urn:ngsi-ld:Device:x/attrs"],
];
