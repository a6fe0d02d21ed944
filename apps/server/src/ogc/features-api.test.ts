import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "@ioc/testkit";
import { startTestServer } from "../testing/start-test-server.ts";
import type { CollectionDocument, LandingDocument } from "./documents.ts";
import type { FeatureJson, ItemPage } from "./items.ts";
import type { Link } from "./links.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
const time = "2026-03-01T00:00:00.000Z";

beforeAll(async () => {
  server = await startTestServer();
  const readings = [
    { datastream: "wx-ai-nghia:temp", phenomenonTime: time, result: 24.5 },
    { datastream: "wx-ai-nghia:rh", phenomenonTime: "2026-02-28T23:50:00.000Z", result: 81 },
  ];
  expect((await server.call("/api/v1/observations", { observations: readings })).status).toBe(202);
  await until("the board to show the reading", 10_000, async () => (await station("wx-ai-nghia")).properties["time"]);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

async function get<T>(path: string, headers: Record<string, string> = {}): Promise<T> {
  const answer = await server.call(`/ogc${path}`, undefined, headers);
  expect(answer.status, `${path}: ${answer.text.slice(0, 300)}`).toBe(200);
  return answer.json() as T;
}

const station = (id: string): Promise<FeatureJson> => get(`/collections/stations-weather/items/${id}`);
const linkOf = (links: readonly Link[] | undefined, rel: string): string | undefined =>
  links?.find((link) => link.rel === rel)?.href;

describe("documents", () => {
  test("/req/core/root-success: the landing page leads to everything, absolutely", async () => {
    const { links } = await get<LandingDocument>("");
    for (const rel of ["self", "alternate", "service-desc", "service-doc", "conformance", "data"]) {
      const href = linkOf(links, rel);
      expect(href, rel).toMatch(new RegExp(`^${server.url}/ogc`));
      expect((await fetch(href ?? "")).status, rel).toBe(200);
    }
  });

  test("/req/core/conformance-success", async () => {
    expect(await get("/conformance")).toEqual({
      conformsTo: ["core", "oas30", "geojson"].map(
        (name) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`,
      ),
    });
  });

  test("/req/core/fc-md-success: stations, a collection for each kind, areas", async () => {
    const { collections, links } = await get<{ links: Link[]; collections: CollectionDocument[] }>("/collections");
    expect(linkOf(links, "self")).toBe(`${server.url}/ogc/collections`);
    const kinds = (await server.call("/api/v1/kinds")).json() as { items: { id: string }[] };
    expect(collections.map(({ id }) => id).sort()).toEqual(
      ["stations", "areas", ...kinds.items.map(({ id }) => `stations-${id}`)].sort(),
    );
    for (const listed of collections) {
      const alone = await get<CollectionDocument>(`/collections/${listed.id}`);
      expect(alone).toEqual(listed);
      const [west = 0, south = 0, east = 0, north = 0] = listed.extent?.spatial?.bbox[0] ?? [];
      expect(west > 106 && south > 14 && east < 113.5 && north < 18, listed.id).toBe(true);
      expect(listed.links.filter(({ rel }) => rel === "items").map(({ type }) => type)).toContain(
        "application/geo+json",
      );
    }
  });

  test("the schema and /api name every property", async () => {
    type Typed = { properties: { properties: { properties: Record<string, { type: string }> } } };
    const schema = await get<Typed>("/collections/stations-weather/schema");
    const { properties } = schema.properties.properties;
    expect(properties["temp"]).toMatchObject({ type: "number", description: expect.stringContaining("Cel") });
    expect(Object.keys(properties)).toEqual(
      Object.keys((await station("wx-ai-nghia")).properties).sort(byPlaceIn(properties)),
    );
  });
});

const byPlaceIn = (order: object) => (a: string, b: string) =>
  Object.keys(order).indexOf(a) - Object.keys(order).indexOf(b);

describe("values", () => {
  test("a kind has a column for the newest value, time and quality of each property", async () => {
    const { properties, geometry, links } = await station("wx-ai-nghia");
    expect(properties).toMatchObject({ temp: 24.5, temp_time: time, rh: 81, rh_time: "2026-02-28T23:50:00.000Z" });
    expect(properties["temp_quality"]).toBeTypeOf("number");
    expect(properties).toMatchObject({ kind: "weather", time, wind_speed: null, wind_speed_time: null });
    expect(geometry).toMatchObject({ type: "Point" });
    expect(linkOf(links, "self")).toBe(`${server.url}/ogc/collections/stations-weather/items/wx-ai-nghia`);
    expect(linkOf(links, "collection")).toBe(`${server.url}/ogc/collections/stations-weather`);
  });

  test("stations say the newest value of their primary property", async () => {
    const { properties } = await get<FeatureJson>("/collections/stations/items/wx-ai-nghia");
    const listed = (await server.call("/api/v1/stations/wx-ai-nghia")).json() as {
      name: { vi: string; en: string };
      areas: Record<string, string>;
      status: { state: string };
    };
    expect(properties).toMatchObject({
      property: "temp",
      value: 24.5,
      unit: "Cel",
      name_vi: listed.name.vi,
      name_en: listed.name.en,
      area: listed.areas["dn-2025"],
      ward: listed.areas["dn-2025"],
      state: listed.status.state,
    });
    expect(properties["ward_name_vi"]).toBeTypeOf("string");
  });

  test("areas have their shapes and say that these are approximate", async () => {
    const { geometry, properties } = await get<FeatureJson>("/collections/areas/items/20242");
    expect(properties).toMatchObject({ name_vi: "Hải Châu", level: "ward", parent: "48", approximate: true });
    expect(geometry?.type).toBe("MultiPolygon");
  });

  test("the areas of the other scheme are there when it is in use", async () => {
    await using other = await startTestServer({ IOC_SCHEME: "dn-2024" });
    const areas = (await other.call("/ogc/collections/areas/items?limit=1000")).json() as ItemPage;
    expect(new Set(areas.features.map(({ properties }) => properties["scheme"]))).toEqual(new Set(["dn-2024"]));
    const one = (await other.call("/ogc/collections/stations/items?limit=1")).json() as ItemPage;
    expect(Object.keys(one.features[0]?.properties ?? {})).toContain("district_name_vi");
  });
});

describe("pages", () => {
  test("/req/core/fc-links: next leads through all, prev leads back", async () => {
    const seen: string[] = [];
    let address: string | undefined = `${server.url}/ogc/collections/stations/items?limit=100`;
    let last: ItemPage | undefined;
    while (address) {
      last = (await (await fetch(address)).json()) as ItemPage;
      expect(last.numberReturned).toBe(last.features.length);
      expect(linkOf(last.links, "self")).toBe(address);
      seen.push(...last.features.map(({ id }) => id));
      address = linkOf(last.links, "next");
    }
    expect(seen).toHaveLength(last?.numberMatched ?? -1);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(seen.toSorted());
    const before = (await (await fetch(linkOf(last?.links, "prev") ?? "")).json()) as ItemPage;
    expect(before.features).toHaveLength(100);
    expect(Date.parse(before.timeStamp)).not.toBeNaN();
  });

  test("filters stay in the links; beyond the end there is nothing and no next", async () => {
    const first = await get<ItemPage>("/collections/stations/items?kind=weather&limit=5&f=json&lang=en");
    expect(linkOf(first.links, "next")).toContain("kind=weather");
    expect(linkOf(first.links, "next")).toContain("lang=en");
    const beyond = await get<ItemPage>("/collections/stations/items?kind=weather&offset=5000");
    expect(beyond).toMatchObject({ numberMatched: first.numberMatched, numberReturned: 0, features: [] });
    expect(linkOf(beyond.links, "next")).toBeUndefined();
  });

  test("/req/core/fc-limit-response: a limit above the largest is taken as the largest", async () => {
    const page = await get<ItemPage>("/collections/stations/items?limit=999999");
    expect(page.numberReturned).toBe(page.numberMatched);
  });
});

describe("selection", () => {
  const count = async (query: string, collection = "stations"): Promise<number> =>
    (await get<ItemPage>(`/collections/${collection}/items?limit=10000&${query}`)).numberMatched;

  test("by properties, by box, by time, and all together", async () => {
    const { features } = await get<ItemPage>("/collections/stations/items?limit=10000");
    const inside = features.filter(({ geometry }) => {
      const [lon = 0, lat = 0] = geometry?.type === "Point" ? geometry.coordinates : [];
      return lon >= 108.2 && lon <= 108.25 && lat >= 16.05 && lat <= 16.1;
    });
    const kind = String(inside[0]?.properties["kind"]);
    const ofKind = inside.filter(({ properties }) => properties["kind"] === kind);
    expect(inside.length).toBeGreaterThan(ofKind.length);
    const box = "bbox=108.2,16.05,108.25,16.1";
    expect(await count(box)).toBe(inside.length);
    expect(await count("bbox=108.2,16.05,-5,108.25,16.1,100")).toBe(inside.length);
    expect(await count(`${box}&kind=${kind}`)).toBe(ofKind.length);
    expect(await count("bbox=170,-10,-170,10")).toBe(0);
    expect(await count("open_alerts=0")).toBe(
      features.filter(({ properties }) => properties["open_alerts"] === 0).length,
    );
    // One station has a time; the others have none and match always.
    expect(await count("datetime=2026-03-01")).toBe(features.length);
    expect(await count("datetime=../2026-02-01T00:00:00Z")).toBe(features.length - 1);
    expect(await count("kind=weather&datetime=../2026-02-01T00:00:00Z&value=24.5")).toBe(0);
    expect(await count("value=24.5")).toBe(1);
    expect(await count("kind=nothing")).toBe(0);
  });

  test("areas by shape and by the dates of their scheme", async () => {
    const all = await count("", "areas");
    expect(await count("bbox=108.22,16.06,108.22,16.06", "areas")).toBe(2);
    expect(await count("approximate=true", "areas")).toBe(all);
    expect(await count("datetime=2020-01-01", "areas")).toBe(0);
    expect(await count("datetime=2025-08-01T00:00:00Z/..", "areas")).toBe(all);
    expect(await count("level=city", "areas")).toBe(1);
  });
});

describe("what is refused", () => {
  test.each([
    ["/collections/stations/items?foo=1", "query.foo"],
    ["/collections?limit=1", "query.limit"],
    ["/conformance?x=1", "query.x"],
    ["?x=1", "query.x"],
    ["/collections/areas?bbox=1,2,3,4", "query.bbox"],
    ["/collections/areas/items/48?limit=1", "query.limit"],
    ["/collections/stations/items?limit=0", "query.limit"],
    ["/collections/stations/items?limit=-1", "query.limit"],
    ["/collections/stations/items?limit=x", "query.limit"],
    ["/collections/stations/items?limit=", "query.limit"],
    ["/collections/stations/items?limit=1&limit=2", "query.limit"],
    ["/collections/stations/items?offset=-1", "query.offset"],
    ["/collections/stations/items?bbox=1,2,3", "query.bbox"],
    ["/collections/stations/items?bbox=16,108,17,109", "query.bbox"],
    ["/collections/stations/items?datetime=soon", "query.datetime"],
    ["/collections/stations/items?value=warm", "query.value"],
    ["/collections/areas/items?approximate=maybe", "query.approximate"],
    ["/collections/stations/items?f=xml", "query.f"],
    ["/collections/stations/items?lang=fr", "query.lang"],
    ["/collections/stations/items?__proto__=1", "query.__proto__"],
    [`/collections/stations/items?${"x".repeat(5000)}=1`, `query.${"x".repeat(60)}`],
  ])("/req/core/query-param-unknown, -invalid: %.80s", async (path, where) => {
    const answer = await server.call(`/ogc${path}`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    const told = answer.json() as { errors: { path: string; message: string }[] };
    expect(told.errors[0]?.path).toBe(where);
    expect(told.errors[0]?.message).not.toBe("");
  });

  test.each([
    ["/nothing", 404],
    ["/collections/nothing", 404],
    ["/collections/nothing/items", 404],
    ["/collections/stations/nothing", 404],
    ["/collections/stations/items/nothing", 404],
    ["/collections/stations/items/wx-ai-nghia/more", 404],
    ["/collections/stations/schema/more", 404],
    ["/conformance/more", 404],
    ["/collections/__proto__/items", 404],
    ["/collections/areas/items/%E0%A4%A", 400],
    ["/collections/..%2f..%2fapi", 404],
  ])("%s is %d", async (path, status) => {
    expect((await server.call(`/ogc${path}`)).status).toBe(status);
  });

  test("only reading; other sites may read", async () => {
    const posted = await server.call("/ogc/collections/stations/items", {});
    expect([posted.status, posted.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    const head = await fetch(`${server.url}/ogc/collections`, { method: "HEAD" });
    expect([head.status, head.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
    expect((await fetch(`${server.url}/ogc`, { method: "OPTIONS" })).status).toBe(204);
  });

  test("requests beyond the rate are refused", async () => {
    await using slow = await startTestServer({ IOC_RATE_LIMIT: "1" });
    const all = await Promise.all(Array.from({ length: 15 }, () => slow.call("/ogc/conformance")));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200, 429]));
  });
});

describe("absolute links", () => {
  test("follow the request, or the public address where one is set", async () => {
    const { hostname, port } = new URL(server.url);
    const other = await fetch(`http://localhost:${port}/ogc`).catch(() => null);
    if (other && hostname !== "localhost") {
      expect(linkOf(((await other.json()) as LandingDocument).links, "self")).toBe(`http://localhost:${port}/ogc`);
    }
    await using behind = await startTestServer({ IOC_PUBLIC_URL: "https://ioc.example.org/" });
    const text = (await behind.call("/ogc/collections/areas/items?limit=1")).text;
    expect(text).toContain('"https://ioc.example.org/ogc/collections/areas"');
    expect(text).not.toContain("127.0.0.1");
  });
});
