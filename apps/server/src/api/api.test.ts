import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endpoints, problem, type Endpoint } from "@ioc/contracts";
import { addPerson, browserOf } from "../testing/people.ts";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
let cookie: string;
const withKey = { Authorization: `Bearer ${testKey}` };

beforeAll(async () => {
  server = await startTestServer();
  await addPerson(server.dataDir, "reader", [{ role: "auditor", area: null }]);
  ({ cookie } = await browserOf(server, "reader"));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** Real ids for the parameters of a path. */
async function addressOf(one: Endpoint): Promise<string | null> {
  if (!one.path.includes("{")) return spanned.includes(one.path) ? spannedAddress(one.path) : one.path;
  const list = one.path.slice(0, one.path.indexOf("/{"));
  const { items } = (await server.call(`/api/v1${list}?limit=1`)).json() as {
    items: { id: string; issuedAt?: number | null }[];
  };
  const query = asked[one.path] ?? "";
  // A forecast that was never issued has nothing to answer yet.
  const id = idOf[one.path] ?? items.find(({ issuedAt }) => issuedAt !== null)?.id;
  return id ? one.path.replace("{id}", id) + query : null;
}

/** Of a rule on readings, what it makes of one of its stations. */
const idOf: Record<string, string> = { "/warnings/{id}/explain": "w-salinity-intake" };
const asked: Record<string, string> = { "/warnings/{id}/explain": "?subject=sa-cau-do-cua-thu-nuoc-tho" };

/** Addresses that must be told datastreams and a span of time. */
const spanned = [
  "/observations",
  "/observations.csv",
  "/observations.ndjson",
  "/observations.parquet",
  "/aggregates",
  "/readings",
];

async function spannedAddress(path: string): Promise<string> {
  const { items } = (await server.call("/api/v1/datastreams?limit=1")).json() as { items: { id: string }[] };
  return `${path}?datastream=${items[0]?.id}&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z`;
}

function headersFor(one: Endpoint): Record<string, string> {
  if (one.session === "needed") return { Cookie: cookie };
  return one.key ? withKey : {};
}

test.each(Object.entries<Endpoint>(endpoints).filter(([, one]) => one.method === "get"))(
  "%s answers what the contract promises",
  async (_id, one) => {
    const address = await addressOf(one);
    if (address === null) return;
    const answer = await server.call(`/api/v1${address}`, undefined, headersFor(one));
    expect(answer.status, answer.text.slice(0, 300)).toBe(200);
    expect(answer.headers.get("content-type")).toContain(one.produces ?? "application/json");
    if (!one.produces || /\bjson\b/.test(one.produces)) one.response.parse(answer.json());
    // An empty store has no lines; the other forms always have a head.
    else if (!one.path.endsWith(".ndjson")) expect(answer.text.length).toBeGreaterThan(20);
  },
);

test.each([
  ["/nothing", 404, "not-found"],
  ["/stations/none", 404, "not-found"],
  ["/statistics/none", 404, "not-found"],
  ["/stations?limit=0", 400, "invalid-request"],
  ["/stations?limit=5001", 400, "invalid-request"],
  ["/stations?state=broken", 400, "invalid-request"],
  ["/observations?datastream=x", 400, "invalid-request"],
  ["/observations?datastream=x&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", 404, "not-found"],
  ["/quarantine", 401, "key-required"],
  ["/areas?scheme=mars", 404, "not-found"],
])("%s is refused with %d as a problem document", async (path, status, slug) => {
  const answer = await server.call(`/api/v1${path}`);
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  const told = problem.parse(answer.json());
  expect(told).toMatchObject({ status, type: `/api/docs#${slug}`, instance: `/api/v1${path}` });
  if (status === 400) expect(told.errors?.[0]?.path).toMatch(/^query\./);
});

test("another method is refused with those that the address has", async () => {
  const response = await fetch(`${server.url}/api/v1/stations`, { method: "DELETE" });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("GET");
});

test("lists are given in pages that lead to each other", async () => {
  const first = (await server.call("/api/v1/stations?limit=200")).json() as {
    items: unknown[];
    total: number;
    next: string;
  };
  expect(first.items).toHaveLength(200);
  const ids = new Set<string>();
  let next: string | undefined = "/api/v1/stations?limit=200&kind=";
  next = first.next;
  for (const one of first.items as { id: string }[]) ids.add(one.id);
  while (next !== undefined) {
    const page = (await server.call(next)).json() as { items: { id: string }[]; next?: string };
    for (const one of page.items) ids.add(one.id);
    next = page.next;
  }
  expect(ids.size).toBe(first.total);
});

test("names are found without accents", async () => {
  const found = (await server.call("/api/v1/stations?q=cam%20le")).json() as { items: { name: { vi: string } }[] };
  expect(found.items.length).toBeGreaterThan(0);
  for (const one of found.items) expect(one.name.vi + JSON.stringify(one)).toMatch(/Cẩm Lệ|cam-le|Cam Le/);
});

test("stations of a unit are those that lie in it or in a unit below", async () => {
  const areas = (await server.call("/api/v1/areas?level=ward&limit=5")).json() as { items: { id: string }[] };
  const all = (await server.call("/api/v1/stations?limit=1")).json() as { total: number };
  for (const area of areas.items) {
    const { items } = (await server.call(`/api/v1/stations?area=${area.id}`)).json() as {
      items: { areas: Record<string, string> }[];
    };
    expect(items.length).toBeLessThan(all.total);
    for (const one of items) expect(Object.values(one.areas)).toContain(area.id);
  }
});

test("a key is checked before the body is read", async () => {
  const answer = await server.call("/api/v1/observations", "{ not json", { Authorization: "Bearer wrong" });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
});

test("a batch is stored once and each bad item is told with its place and kept", async () => {
  const { items } = (await server.call("/api/v1/datastreams?limit=2&kind=weather")).json() as {
    items: { id: string }[];
  };
  const good = { datastream: items[0]?.id, phenomenonTime: "2026-03-01T00:00:00Z", result: 20 };
  const batch = { observations: [good, { ...good, datastream: "no:such" }, 7, { ...good, unit: "furlong" }] };
  const first = (await server.call("/api/v1/observations", batch)).json();
  expect(first).toMatchObject({
    received: 4,
    stored: 1,
    quarantined: 3,
    items: [
      { index: 1, outcome: "quarantined", reason: "unknown-station" },
      { index: 2, outcome: "quarantined", reason: "bad-item" },
      { index: 3, outcome: "quarantined", reason: "bad-unit" },
    ],
  });
  const again = await server.call("/api/v1/observations", { observations: [good] });
  expect(again.status).toBe(202);
  expect(again.json()).toMatchObject({ stored: 0, duplicate: 1 });
  const corrected = await server.call("/api/v1/observations", { observations: [{ ...good, result: 21 }] });
  expect(corrected.json()).toMatchObject({ corrected: 1 });
  const query = `datastream=${items[0]?.id}&from=2026-02-28T00:00:00Z&to=2026-03-02T00:00:00Z&resolution=raw`;
  expect((await server.call(`/api/v1/observations?${query}`)).json()).toMatchObject({ value: [21] });
});

test("bodies that cannot be read are refused and kept in quarantine", async () => {
  const truncated = '{"observations":[{"datastream":"wx';
  expect((await server.call("/api/v1/observations", truncated)).status).toBe(400);
  const packed = await fetch(`${server.url}/api/v1/observations`, {
    method: "POST",
    headers: { ...withKey, "Content-Type": "application/json", "Content-Encoding": "gzip" },
    // Small on the way, far beyond the limit when unpacked.
    body: gzipSync(`{"observations":["${" ".repeat(40_000_000)}"]}`),
  });
  expect(packed.status).toBe(413);
  const form = await server.call("/api/v1/observations", "a=1", {
    "Content-Type": "application/x-www-form-urlencoded",
  });
  expect(form.status).toBe(415);
  const koi8 = await server.call("/api/v1/observations", "{}", { "Content-Type": "application/json; charset=koi8-r" });
  expect(koi8.status).toBe(415);
  const empty = await server.call("/api/v1/observations", { observations: [] });
  expect(empty.json()).toMatchObject({ errors: [{ path: "body.observations" }] });
  const kept = (await server.call("/api/v1/quarantine", undefined, withKey)).json() as {
    items: { reason: string; sample: string }[];
    byReason: Record<string, number>;
  };
  expect(kept.byReason).toMatchObject({ "bad-json": 1, "too-large": 1 });
  expect(kept.items.find((one) => one.reason === "bad-json")?.sample).toBe(truncated);
});

/** Status of an answer when this version is held already; `fetch` would ask for a fresh one. */
async function statusWith(path: string, etag: string): Promise<number | undefined> {
  const asked = request(server.url + path, { headers: { "If-None-Match": etag } }).end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

test("the compressed and the unchanged answer save the way", async () => {
  const plain = await server.call("/api/v1/areas/shapes");
  const etag = plain.headers.get("etag") ?? "";
  expect(plain.headers.get("content-encoding")).toBe("gzip");
  expect(await statusWith("/api/v1/areas/shapes", etag)).toBe(304);
  const kinds = await server.call("/api/v1/kinds");
  expect(kinds.headers.get("content-encoding")).toMatch(/gzip|br/);
  expect(await statusWith("/api/v1/kinds", kinds.headers.get("etag") ?? "")).toBe(304);
});

test("every answer carries the headers that protect a reader", async () => {
  for (const path of ["/api/v1/health", "/api/docs", "/api/nothing"]) {
    const { headers } = await server.call(path);
    expect(headers.get("content-security-policy")).toContain("script-src 'self';");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f]{8}$/);
    expect(headers.get("x-powered-by")).toBeNull();
  }
});

test("a city that is not played has no simulation and starts no scenario", async () => {
  expect((await server.call("/api/v1/simulation")).json()).toBeNull();
  const started = await server.call("/api/v1/simulation/scenario", { id: null });
  expect(started.status).toBe(409);
  const unknown = await server.call("/api/v1/simulation/scenario", { id: "no-such" });
  expect(unknown.json()).toMatchObject({ status: 400, errors: [{ path: "body.id" }] });
});
