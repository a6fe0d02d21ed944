import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { OgcApiEndpoint } from "@camptocamp/ogc-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "@ioc/testkit";
import { startTestServer } from "../testing/start-test-server.ts";

const run = promisify(execFile);
/** Debian's own, which is the one that has OWSLib. */
const python = "/usr/bin/python3";

let server: Awaited<ReturnType<typeof startTestServer>>;
let root: string;

beforeAll(async () => {
  server = await startTestServer();
  root = `${server.url}/ogc`;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** True when a foreign client is there. Without it its tests are skipped with a line; with `CI=true` that is an error. */
function have(program: string, args: readonly string[], debianPackage: string): boolean {
  if (spawnSync(program, args).status === 0) return true;
  const message = `no ${program}; install Debian's package ${debianPackage}`;
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(`skipped: ${message}`);
  return false;
}

/** Passes requests on to the server and keeps their addresses. */
async function recorder(): Promise<AsyncDisposable & { url: string; seen: string[] }> {
  const seen: string[] = [];
  const proxy = createServer(async (request, response) => {
    seen.push(request.url ?? "");
    const answer = await fetch(server.url + request.url, { headers: { accept: request.headers.accept ?? "*/*" } });
    const body = (await answer.text()).replaceAll(server.url, `http://${request.headers.host}`);
    response.writeHead(answer.status, { "Content-Type": answer.headers.get("content-type") ?? "" }).end(body);
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/ogc`,
    seen,
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}

describe.skipIf(!have("ogrinfo", ["--version"], "gdal-bin"))("GDAL", () => {
  const info = async (...args: string[]): Promise<string> => (await run("ogrinfo", ["-ro", ...args])).stdout;

  test("lists the collections", async () => {
    const layers = await info(`OAPIF:${root}`);
    expect(layers).toMatch(/: stations \(title: .*\) \(Point\)/);
    expect(layers).toMatch(/: stations-weather \(/);
    expect(layers).toMatch(/: areas \(title: .*\) \(Multi Polygon\)/);
  });

  test("knows number, extent and types of the features of a collection", async () => {
    const layer = await info("-so", `OAPIF:${root}`, "stations");
    expect(layer).toContain("Feature Count: 524");
    expect(layer).toMatch(/Extent: \(107\.\d+, 15\.\d+\) - \(108\.\d+, 16\.\d+\)/);
    // Nothing was measured yet: the types come from the schema.
    expect(layer).toMatch(/^value: Real/m);
    expect(layer).toMatch(/^time: DateTime/m);
    expect(layer).toMatch(/^open_alerts: Integer/m);
  });

  test("selects by place on the server", async () => {
    await using spy = await recorder();
    const layer = await info("-so", "-spat", "108.2", "16.05", "108.25", "16.1", `OAPIF:${spy.url}`, "stations");
    const asked = (await (await fetch(`${root}/collections/stations/items?bbox=108.2,16.05,108.25,16.1`)).json()) as {
      numberMatched: number;
    };
    expect(layer).toContain(`Feature Count: ${asked.numberMatched}`);
    expect(spy.seen.some((address) => /items\?.*bbox=108\.2/.test(address))).toBe(true);
  });

  test("selects by property on the server, because /api declares it", async () => {
    await using spy = await recorder();
    const layer = await info("-so", "-where", "kind = 'weather'", `OAPIF:${spy.url}`, "stations");
    expect(layer).toContain("Feature Count: 13");
    expect(spy.seen.some((address) => /items\?.*kind=weather/.test(address))).toBe(true);
  });

  test("converts all areas through the links to next pages", async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, "areas.geojson");
    await run("ogr2ogr", ["-f", "GeoJSON", file, `OAPIF:${root}`, "areas"]);
    const converted = JSON.parse(readFileSync(file, "utf8")) as {
      features: { geometry: { type: string }; properties: { id: string; name_vi: string } }[];
    };
    expect(converted.features).toHaveLength(95);
    expect(new Set(converted.features.map(({ geometry }) => geometry.type))).toEqual(new Set(["MultiPolygon"]));
    expect(converted.features.find(({ properties }) => properties.id === "20242")?.properties.name_vi).toBe("Hải Châu");
    const table = join(folder.path, "stations.gpkg");
    await run("ogr2ogr", ["-f", "GPKG", table, `OAPIF:${root}`, "stations-weather"]);
    expect((await run("ogrinfo", ["-so", table, "stations-weather"])).stdout).toContain("Feature Count: 13");
  });
});

const script = `
import json, sys
from owslib.ogcapi.features import Features
client = Features(sys.argv[1])
page = client.collection_items("stations", limit=3, kind="weather")
box = client.collection_items("areas", bbox=[108.22, 16.06, 108.22, 16.06])
print(json.dumps({
    "collections": client.feature_collections(),
    "conformance": client.conformance()["conformsTo"],
    "title": client.collection("areas")["title"],
    "matched": page["numberMatched"],
    "returned": len(page["features"]),
    "item": client.collection_item("stations", page["features"][0]["id"])["id"],
    "same": page["features"][0]["id"],
    "api": client.api()["openapi"],
    "areas": sorted(feature["properties"]["level"] for feature in box["features"]),
}))
`;

test.skipIf(!have(python, ["-c", "import owslib"], "python3-owslib"))("OWSLib reads everything", async () => {
  const told = JSON.parse((await run(python, ["-c", script, root])).stdout) as Record<string, unknown>;
  expect(told).toMatchObject({ matched: 13, returned: 3, api: "3.0.3", areas: ["city", "ward"] });
  expect(told["item"]).toBe(told["same"]);
  expect(told["collections"]).toContain("areas");
  expect(told["conformance"]).toHaveLength(3);
});

test("ogc-client reads everything, with f=json and offset on every address", async () => {
  const client = new OgcApiEndpoint(root);
  expect((await client.info).title).toContain("Đà Nẵng");
  expect(await client.hasFeatures).toBe(true);
  expect(await client.featureCollections).toContain("stations-weather");
  expect((await client.getCollectionInfo("areas")).itemFormats).toContain("application/geo+json");
  const items = await client.getCollectionItems("stations", 5, 5);
  expect(items.map(({ id }) => id)).toHaveLength(5);
  const one = await client.getCollectionItem("areas", "20242");
  expect(one.properties).toMatchObject({ name_en: "Hai Chau" });
});

test.skipIf(!have("curl", ["--version"], "curl"))("curl gets GeoJSON", async () => {
  const { stdout } = await run("curl", ["-sSi", `${root}/collections/areas/items?limit=1`]);
  expect(stdout).toMatch(/^HTTP\/1.1 200 OK/);
  expect(stdout).toMatch(/^content-type: application\/geo\+json\r$/im);
});
