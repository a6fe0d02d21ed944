import { afterAll, beforeAll, expect, test } from "vitest";
import { alertEvent, bulkOutcome, listOf, problem, sessionItem, sessionState } from "@ioc/contracts";
import type { Alert, RoleGrant } from "@ioc/contracts";
import { temporaryFolder } from "@ioc/testkit";
import { alertOfStreet, floodStreet } from "../testing/flooded-street.ts";
import { addPerson, browserOf, testPassword, withAccounts, type Browser } from "../testing/people.ts";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

const folder = temporaryFolder();
let server: Awaited<ReturnType<typeof startTestServer>>;

/** The server keeps the same data folder over a restart, behind a proxy that may say https. */
const start = () => startTestServer({ IOC_DATA_DIR: folder.path, IOC_TRUST_PROXY: "1" });

beforeAll(async () => {
  server = await start();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const add = (userName: string, grants: RoleGrant[]) => addPerson(folder.path, userName, grants);
const browser = (userName: string) => browserOf(server, userName);

/** What a browser sends along from a page of this server. */
function from({ cookie, csrf }: Browser, more: Record<string, string> = {}): Record<string, string> {
  return { Cookie: cookie, "X-CSRF-Token": csrf, "Sec-Fetch-Site": "same-origin", ...more };
}

const signIn = (userName: string, given = testPassword, headers: Record<string, string> = {}) =>
  server.send("POST", "/api/v1/session", { userName, password: given }, headers);

const whoIs = async (headers: Record<string, string>) =>
  sessionState.parse((await server.call("/api/v1/session", undefined, headers)).json()).account?.userName ?? null;

test("a person signs in and out; a cookie stolen before is dead afterwards", async () => {
  await add("hoa", [{ role: "operator", area: null }]);
  const answer = await signIn("HOA");
  expect(answer.headers.get("set-cookie")).toMatch(
    /^ioc=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=4\d{4}$/,
  );
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(sessionState.parse(answer.json()).account).toEqual({
    userName: "hoa",
    displayName: "Lê Thị Hoa",
    roles: [{ role: "operator", area: null }],
    scopes: ["alerts:write", "notifications:read"],
  });
  const hoa = await browser("hoa");
  expect(answer.text).not.toContain(hoa.cookie.slice(4));
  expect(await whoIs({ Cookie: hoa.cookie })).toBe("hoa");
  const out = await server.send("DELETE", "/api/v1/session", undefined, from(hoa));
  expect(out.headers.get("set-cookie")).toContain("Max-Age=0");
  expect(await whoIs({ Cookie: hoa.cookie })).toBeNull();
  expect((await server.call("/api/v1/sessions", undefined, from(hoa))).status).toBe(401);
  expect(await whoIs({})).toBeNull();
});

test("over https the cookie is Secure and bound to this host, and the other name counts for nothing", async () => {
  await add("secure", [{ role: "leader", area: null }]);
  const https = { "X-Forwarded-Proto": "https" };
  const answer = await signIn("secure", testPassword, https);
  const cookie = answer.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/^__Host-ioc=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/);
  const pair = cookie.split(";", 1)[0] ?? "";
  expect(await whoIs({ ...https, Cookie: `theme=dark; ${pair}` })).toBe("secure");
  expect(await whoIs({ ...https, Cookie: pair.replace("__Host-", "") })).toBeNull();
});

test("wrong name, wrong password and a disabled account get the same answer; guessing is slowed down", async () => {
  const gone = await add("gone", [{ role: "editor", area: null }]);
  await withAccounts(folder.path, (accounts) => accounts.setState(gone.id, "disabled"));
  const client = { "X-Forwarded-For": "203.0.113.7" };
  const wrong = "not the password of anybody";
  const answers = [await signIn("gone", testPassword, client), await signIn("nobody", wrong, client)];
  for (const answer of answers) {
    expect(answer.status).toBe(401);
    expect(problem.parse(answer.json())).toMatchObject({ type: "/api/docs#sign-in-refused" });
  }
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  const guesses = await Promise.all(Array.from({ length: 6 }, () => signIn("victim", wrong, client)));
  expect(guesses.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429]);
  const late = await signIn("victim", wrong, client);
  expect([late.status, late.headers.get("retry-after")]).toEqual([429, "30"]);
  expect((await signIn("x", "", client)).status).toBe(400);
});

test("what another site makes the browser send is refused", async () => {
  await add("csrf", [{ role: "operator", area: null }]);
  const one = await browser("csrf");
  const host = new URL(server.url).host;
  const leave = (headers: Record<string, string>) => server.send("DELETE", "/api/v1/sessions/0", undefined, headers);
  const { cookie: Cookie, csrf } = one;
  const token = { "X-CSRF-Token": csrf };
  const refused: Record<string, string>[] = [
    { Cookie },
    { Cookie, ...token },
    { Cookie, "Sec-Fetch-Site": "same-origin" },
    { Cookie, "Sec-Fetch-Site": "same-origin", "X-CSRF-Token": `${csrf.slice(0, -1)}_` },
    { Cookie, ...token, "Sec-Fetch-Site": "cross-site" },
    { Cookie, ...token, "Sec-Fetch-Site": "same-site" },
    { Cookie, ...token, "Sec-Fetch-Site": "cross-site", Origin: `http://${host}` },
    { Cookie, ...token, Origin: "https://evil.example" },
    { Cookie, ...token, Origin: "null" },
  ];
  for (const headers of refused) {
    const answer = await leave(headers);
    expect([answer.status, problem.parse(answer.json()).type], JSON.stringify(headers)).toEqual([
      403,
      "/api/docs#cross-site",
    ]);
  }
  expect((await leave({ Cookie, ...token, Origin: `http://${host}` })).status).toBe(404);
  expect((await leave(from(one))).status).toBe(404);
  expect((await signIn("csrf", testPassword, { Origin: "https://evil.example" })).status).toBe(403);
  // The same for what keys may do, here and in other standards.
  const act = await server.send("POST", "/api/v1/alerts/actions", { action: "acknowledge", alerts: [] }, { Cookie });
  expect(problem.parse(act.json()).type).toBe("/api/docs#cross-site");
  const thing = await server.send("POST", "/sensorthings/v1.1/Things", { name: "x", description: "x" }, { Cookie });
  expect(thing.status).toBe(403);
});

test("sessions are listed and ended one by one; those of others are not", async () => {
  await add("many", [{ role: "auditor", area: null }]);
  await add("stranger", [{ role: "auditor", area: null }]);
  const [first, second, stranger] = [await browser("many"), await browser("many"), await browser("stranger")];
  const list = listOf(sessionItem).parse((await server.call("/api/v1/sessions", undefined, from(second))).json());
  expect(list.items.map(({ current }) => current)).toEqual([true, false]);
  const path = `/api/v1/sessions/${list.items[1]?.id}`;
  expect((await server.send("DELETE", path, undefined, from(stranger))).status).toBe(404);
  expect((await server.send("DELETE", path, undefined, from(second))).status).toBe(200);
  expect([await whoIs({ Cookie: first.cookie }), await whoIs({ Cookie: second.cookie })]).toEqual([null, "many"]);
});

test("another password ends all sessions but the one that it starts", async () => {
  await add("changes", [{ role: "editor", area: null }]);
  const [first, second] = [await browser("changes"), await browser("changes")];
  const change = (body: unknown) => server.send("POST", "/api/v1/session/password", body, from(second));
  const next = "triều cường ở cửa sông Hàn";
  const wrong = await change({ current: "not this one at all", password: next });
  expect(problem.parse(wrong.json()).errors?.[0]?.path).toBe("body.current");
  const short = await change({ current: testPassword, password: "too short" });
  expect(problem.parse(short.json()).errors?.[0]).toMatchObject({ path: "body.password" });
  const done = await change({ current: testPassword, password: next });
  expect(done.status, done.text).toBe(200);
  for (const { cookie } of [first, second]) expect(await whoIs({ Cookie: cookie })).toBeNull();
  expect(await whoIs({ Cookie: done.headers.get("set-cookie")?.split(";", 1)[0] ?? "" })).toBe("changes");
  expect((await signIn("changes")).status).toBe(401);
});

test("what a person does about an alert stands under their name, within their roles and areas", async () => {
  const seen: Alert = await alertOfStreet(server, await floodStreet(server));
  const areas = Object.values(seen.areas).flat();
  await add("near", [{ role: "operator", area: areas[0] ?? "" }]);
  await add("far", [{ role: "operator", area: "elsewhere" }]);
  await add("reads", [{ role: "auditor", area: null }]);
  const [near, far, reads] = [await browser("near"), await browser("far"), await browser("reads")];
  const path = `/api/v1/alerts/${seen.id}`;
  const comment = { action: "comment", comment: "Đã gọi trạm bơm" };
  const act = (who: Browser) => server.send("POST", `${path}/actions`, comment, from(who));
  expect((await act(reads)).status).toBe(403);
  const outside = await act(far);
  expect([outside.status, problem.parse(outside.json()).detail]).toEqual([
    403,
    `The alert ${seen.id} is outside the areas of this account.`,
  ]);
  const done = await act(near);
  expect(done.status, done.text).toBe(200);
  const many = {
    action: "acknowledge",
    alerts: [
      { id: seen.id, sequence: seen.sequence },
      { id: "none", sequence: 1 },
    ],
  };
  const bulk = await server.send("POST", "/api/v1/alerts/actions", many, from(far));
  const outcomes = listOf(bulkOutcome).parse(bulk.json()).items;
  expect(outcomes.map(({ id, outcome }) => [id, outcome])).toEqual([
    [seen.id, "refused"],
    ["none", "missing"],
  ]);
  // One area is not the whole city.
  const silence = await server.send("POST", "/api/v1/suppressions", {}, from(near));
  expect(silence.status).toBe(403);
  const actorsFor = async (headers: Record<string, string>) =>
    listOf(alertEvent)
      .parse((await server.call(`${path}/events`, undefined, headers)).json())
      .items.filter(({ type }) => type === "commented")
      .map(({ actor }) => actor);
  expect(await actorsFor({ Cookie: reads.cookie })).toEqual(["Lê Thị Hoa (near)"]);
  expect(await actorsFor({})).toEqual(["staff"]);
  // A key counts before a cookie, needs no token, and goes on working.
  const withKey = { Cookie: reads.cookie, Authorization: `Bearer ${testKey}` };
  expect((await server.send("POST", `${path}/actions`, comment, withKey)).status).toBe(200);
  // Rights that are taken away are gone with the next request.
  await withAccounts(folder.path, (accounts) =>
    accounts.setGrants(accounts.byUserName("near")?.id ?? 0, [{ role: "leader", area: null }]),
  );
  expect((await act(near)).status).toBe(403);
});

test("a session outlives a restart of the server", async () => {
  await add("stays", [{ role: "leader", area: null }]);
  const { cookie } = await browser("stays");
  await server[Symbol.asyncDispose]();
  server = await start();
  expect(await whoIs({ Cookie: cookie })).toBe("stays");
});
