import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  alert,
  alertEvent,
  bulkOutcome,
  explanation,
  listOf,
  problem,
  type Alert,
  type ClientToServer,
  type LiveFrame,
  type ServerToClient,
} from "@ioc/contracts";
import { alertOfStreet, floodStreet } from "../testing/flooded-street.ts";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
let seen: Alert;

beforeAll(async () => {
  server = await startTestServer();
  seen = await alertOfStreet(server, await floodStreet(server));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const act = (id: string, body: unknown) => server.call(`/api/v1/alerts/${id}/actions`, body);

test("an operator takes an alert through, everybody who looks is told, and the log keeps it", async () => {
  const socket: Socket<ServerToClient, ClientToServer> = io(server.url, { path: "/live", transports: ["websocket"] });
  const told: Alert[] = [];
  socket.on("frame", (frame: LiveFrame) => {
    if ("alerts" in frame.data) told.push(...frame.data.alerts);
  });
  expect(await socket.emitWithAck("subscribe", { topic: "alerts:all" })).toEqual({ ok: true });

  let now = alert.parse((await act(seen.id, { action: "acknowledge", sequence: seen.sequence })).json());
  expect(now).toMatchObject({ work: "acknowledged", handling: { acknowledgedLevel: seen.level } });
  const next = async (body: object) => {
    const answer = await act(seen.id, { ...body, sequence: now.sequence });
    expect(answer.status, answer.text).toBe(200);
    now = alert.parse(answer.json());
  };
  await next({ action: "assign", assignee: "trung-tam-hai-chau", dueAt: "2026-10-22T09:00:00+07:00" });
  await next({ action: "start", comment: "Đang kiểm tra trạm bơm" });
  await next({ action: "shelve", until: new Date(server.running.clock.now() + 3_600_000).toISOString() });
  await next({ action: "unshelve" });
  await next({ action: "resolve", reason: "false-alarm" });
  expect(now).toMatchObject({
    work: "resolved",
    condition: "firing",
    handling: { resolution: "false-alarm", assignee: "trung-tam-hai-chau", dueAt: Date.UTC(2026, 9, 22, 2) },
  });
  while (!told.some(({ work }) => work === "resolved"))
    await new Promise<void>((done) => socket.once("frame", () => done()));
  socket.disconnect();

  const commented = await act(seen.id, { action: "comment", comment: "Cảm biến vướng rác" });
  expect(commented.json()).toMatchObject({ work: "resolved", handling: { comments: 2 } });
  const address = `/api/v1/alerts/${seen.id}/events`;
  const withKey = { Authorization: `Bearer ${testKey}` };
  const log = listOf(alertEvent).parse((await server.call(address, undefined, withKey)).json());
  const people = log.items.filter(({ work }) => work !== null);
  expect(people.map(({ type }) => type)).toEqual([
    "acknowledged",
    "assigned",
    "started",
    "shelved",
    "unshelved",
    "resolved",
    "commented",
  ]);
  expect(new Set(people.map(({ actor }) => actor)).size).toBe(1);
  expect(people[0]?.actor).not.toBe("");
  expect(people.at(-1)?.detail).toEqual({ comment: "Cảm biến vướng rác" });
  // Without a key, or with one that is not valid, nobody reads who did it or what they wrote.
  for (const headers of [{}, { Authorization: "Bearer wrong" }]) {
    const open = listOf(alertEvent).parse((await server.call(address, undefined, headers)).json());
    const shown = open.items.filter(({ work }) => work !== null);
    expect(shown.map(({ type }) => type)).toEqual(people.map(({ type }) => type));
    expect(new Set(shown.map(({ actor }) => actor))).toEqual(new Set(["staff"]));
    expect(JSON.stringify(open)).not.toMatch(/vướng rác|trạm bơm|trung-tam-hai-chau/);
  }
  const found = listOf(alert).parse((await server.call("/api/v1/alerts?work=resolved")).json());
  expect(found.items.map(({ id }) => id)).toEqual([seen.id]);
  expect((await server.call("/api/v1/alerts?work=new&suppressed=true")).json()).toMatchObject({ total: 0 });
});

test("what was decided on an older state, or does not go with the state, is refused and says why", async () => {
  const old = await act(seen.id, { action: "reopen", sequence: seen.sequence });
  expect(old.status).toBe(409);
  const { sequence } = alert.parse((await server.call(`/api/v1/alerts/${seen.id}`)).json());
  expect(problem.parse(old.json()).errors).toEqual([{ path: "body.sequence", message: `must be ${sequence}` }]);
  const closing = await act(seen.id, { action: "close", sequence });
  expect(closing.status).toBe(409);
  expect(problem.parse(closing.json()).detail).toBe("An alert whose condition holds can be resolved, but not closed.");
  expect((await act("none", { action: "reopen", sequence: 1 })).status).toBe(404);
});

test.each<[unknown, string]>([
  [{ action: "acknowledge" }, "body.sequence"],
  [{ action: "resolve", sequence: 1 }, "body.reason"],
  [{ action: "resolve", sequence: 1, reason: "boring" }, "body.reason"],
  [{ action: "comment", comment: "  " }, "body.comment"],
  [{ action: "shelve", sequence: 1, until: "tomorrow" }, "body.until"],
  [{ action: "delete", sequence: 1 }, "body.action"],
])("%o is refused", async (body, path) => {
  const answer = await act(seen.id, body);
  expect(answer.status).toBe(400);
  expect(problem.parse(answer.json()).errors?.[0]?.path).toBe(path);
});

test("many are acknowledged at once, each as it was seen", async () => {
  const first = await alertOfStreet(server, await floodStreet(server, 1));
  const second = await alertOfStreet(server, await floodStreet(server, 2));
  const alerts = [
    { id: first.id, sequence: first.sequence },
    { id: second.id, sequence: second.sequence - 1 },
    { id: "none", sequence: 1 },
  ];
  const answer = await server.call("/api/v1/alerts/actions", { action: "acknowledge", alerts });
  const { items } = listOf(bulkOutcome).parse(answer.json());
  expect(items.map(({ outcome }) => outcome)).toEqual(["done", "conflict", "missing"]);
  expect((await server.call(`/api/v1/alerts/${first.id}`)).json()).toMatchObject({ work: "acknowledged" });
  expect((await server.call(`/api/v1/alerts/${second.id}`)).json()).toMatchObject({ work: "new" });
});

test("a rule explains itself for any subject that it watches", async () => {
  const path = (subject: string, query = "") => `/api/v1/warnings/w-street-flood/explain?subject=${subject}${query}`;
  // The newest reading that was sent is 25 minutes old: by now nothing is known any more.
  const late = explanation.parse((await server.call(path(seen.subject.id))).json());
  expect(late).toMatchObject({ verdict: "stale", alert: seen.id });
  const at = new Date(server.running.clock.now() - 24 * 60_000).toISOString();
  const now = explanation.parse((await server.call(path(seen.subject.id, `&at=${at}`))).json());
  expect(now).toMatchObject({ verdict: "firing", subject: { id: seen.subject.id } });
  expect(now.sentences.length).toBeGreaterThan(1);
  const { items } = (await server.call("/api/v1/stations?kind=street-flood&limit=1&offset=9")).json() as {
    items: { id: string }[];
  };
  const silent = explanation.parse((await server.call(path(items[0]?.id ?? ""))).json());
  expect(silent).toMatchObject({ verdict: "stale", alert: null, asOf: null });
  const unwatched = await server.call(path("nowhere"));
  expect(unwatched.status).toBe(404);
  expect(problem.parse(unwatched.json()).detail).toContain("does not watch nowhere");
  expect((await server.call(path(seen.subject.id, "&at=2020-01-01T00:00:00Z"))).status).toBe(404);
  expect((await server.call("/api/v1/warnings/w-none/explain?subject=x")).status).toBe(404);
  expect((await server.call("/api/v1/warnings/w-street-flood/explain")).status).toBe(400);
});

test("acting needs a key that may", async () => {
  const body = { action: "comment", comment: "x" };
  const path = `/api/v1/alerts/${seen.id}/actions`;
  expect((await server.send("POST", path, body)).status).toBe(401);
  expect((await server.send("POST", "/api/v1/alerts/actions", { alerts: [] })).status).toBe(401);
});
