import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "@ioc/testkit";
import { startTestServer, testKey } from "../../testing/start-test-server.ts";

export type Json = Record<string, unknown>;
export const base = "/ngsi-ld/v1";
/** A station that the tests' pack gives two more names: `MAST-7` and the device `logger-1`. */
export const mast = "wx-tram-khi-tuong-da-nang-48855";
export const mastId = `urn:ngsi-ld:WeatherObserved:${mast}`;
export const sonTraId = "urn:ngsi-ld:WeatherObserved:wx-son-tra-tien-sa";
const pack = resolve(import.meta.dirname, "../../../../../fixtures/danang");

/** A whole server with the model city, spoken to in NGSI-LD. */
export async function startNgsiServer() {
  const folder = temporaryFolder();
  cpSync(pack, folder.path, { recursive: true });
  const city = readFileSync(join(pack, "city.yaml"), "utf8").replace(/^scenarios: .*\n/m, "");
  writeFileSync(join(folder.path, "city.yaml"), city);
  const mapping = readFileSync(join(pack, "ngsi-ld.yaml"), "utf8");
  const names = `stations: { "MAST-7": ${mast}, "urn:ngsi-ld:Device:logger-1": ${mast} }`;
  writeFileSync(join(folder.path, "ngsi-ld.yaml"), mapping.replace("stations: {}", names));
  const server = await startTestServer({ IOC_CITY: folder.path });
  return {
    url: server.url,
    call: server.call,
    async send(method: string, path: string, body: unknown, headers: Record<string, string> = {}) {
      const response = await fetch(server.url + base + path, {
        method,
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${testKey}`, ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: (text === "" ? null : JSON.parse(text)) as Json,
      };
    },
    async get(path: string, accept = "application/json") {
      const response = await fetch(server.url + base + path, { headers: { Accept: accept } });
      const body = JSON.parse(await response.text()) as Json & Json[];
      return { status: response.status, headers: response.headers, body };
    },
    /** Time, value and quality of everything that is stored of a property, by the server's own interface. */
    async stored(property: string, station = mast): Promise<[string, number | null, number][]> {
      const span = "from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z";
      const { items } = (await server.call(`/api/v1/readings?datastream=${station}:${property}&${span}`)).json() as {
        items: { phenomenonTime: number; result: number | null; quality: number }[];
      };
      return items.map((one) => [new Date(one.phenomenonTime).toISOString(), one.result, one.quality]);
    },
    async stop() {
      await server[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}
