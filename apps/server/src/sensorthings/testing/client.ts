import { startTestServer, testKey } from "../../testing/start-test-server.ts";

export type Json = Record<string, unknown>;

export interface StaAnswer {
  status: number;
  text: string;
  headers: Headers;
  json: Json;
}

/** A client of the service of one started server. Paths are below the root, or absolute as answers give them. */
export interface StaClient {
  root: string;
  get(path: string): Promise<StaAnswer>;
  /** Entities of a set that must be there. */
  list(path: string): Promise<Json[]>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<StaAnswer>;
  /** Creates an entity and answers its id, taken from the `Location` header as the OGC suite does. */
  create(path: string, body: unknown): Promise<number>;
}

export function staClient(url: string): StaClient {
  const root = `${url}/sensorthings/v1.1`;
  const addressOf = (path: string) => (path.startsWith("http") ? path : root + path);
  const ask = async (path: string, init: RequestInit): Promise<StaAnswer> => {
    const response = await fetch(addressOf(path), init);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    const json = (isJson && text !== "" ? JSON.parse(text) : {}) as Json;
    return { status: response.status, text, headers: response.headers, json };
  };
  const send: StaClient["send"] = (method, path, body, headers = {}) =>
    ask(path, {
      method,
      headers: { Authorization: `Bearer ${testKey}`, "Content-Type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  return {
    root,
    // The OGC suite sends this header with every GET.
    get: (path) => ask(path, { headers: { "Content-Type": "application/json" } }),
    send,
    async list(path) {
      const answer = await ask(path, {});
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
      return answer.json["value"] as Json[];
    },
    async create(path, body) {
      const answer = await send("POST", path, body);
      const address = answer.headers.get("location");
      if (answer.status !== 201 || address === null) throw new Error(`${path}: ${answer.status} ${answer.text}`);
      return Number(/\((\d+)\)$/.exec(address)?.[1]);
    },
  };
}

export async function startSta(
  environment: Record<string, string> = {},
): Promise<AsyncDisposable & StaClient & { server: Awaited<ReturnType<typeof startTestServer>> }> {
  const server = await startTestServer(environment);
  return {
    ...staClient(server.url),
    server,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const sensor = {
  name: "Barometer",
  description: "A barometer",
  encodingType: "application/pdf",
  metadata: "x.pdf",
};
export const property = { name: "Pressure", definition: "http://example.org/pressure", description: "Air pressure" };
export const unit = { name: "hectopascal", symbol: "hPa", definition: "ucum:hPa" };
export const place = { type: "Point", coordinates: [108.2, 16.06] };
export const location = {
  name: "Roof",
  description: "The roof",
  encodingType: "application/geo+json",
  location: place,
};
export const datastream = {
  name: "Pressure on the roof",
  description: "Measured on the roof",
  observationType: "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
  unitOfMeasurement: unit,
};

/** A Thing with a Location and a Datastream of its own. */
export async function createStation(
  client: StaClient,
  name = "Station",
): Promise<{ thing: number; location: number; datastream: number; sensor: number; property: number }> {
  const thing = await client.create("/Things", {
    name,
    description: "A station",
    Locations: [location],
    Datastreams: [{ ...datastream, Sensor: sensor, ObservedProperty: property }],
  });
  const first = async (path: string) => Number((await client.list(path))[0]?.["@iot.id"]);
  const created = await first(`/Things(${thing})/Datastreams`);
  const one = async (path: string) => Number((await client.get(path)).json["@iot.id"]);
  return {
    thing,
    location: await first(`/Things(${thing})/Locations`),
    datastream: created,
    sensor: await one(`/Datastreams(${created})/Sensor`),
    property: await one(`/Datastreams(${created})/ObservedProperty`),
  };
}
