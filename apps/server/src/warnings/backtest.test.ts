import { afterAll, beforeAll, expect, test } from "vitest";
import { backtestAnswer, problem, warningItem, warningVerification, type WarningItem } from "@ioc/contracts";
import { startTestServer } from "../testing/start-test-server.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
let server: Awaited<ReturnType<typeof startTestServer>>;
let street: { id: string; areas: Record<string, string> };
/** Whole five minutes, so that readings lie where the station would take them. */
const now = Math.floor(Date.now() / (5 * minute)) * 5 * minute;
const from = now - 8 * day;

/** A street under 0.25 m of water for an hour on each of six days, with an event on record half an hour after it began. */
beforeAll(async () => {
  server = await startTestServer();
  const stations = (await server.call("/api/v1/stations?kind=street-flood&limit=1")).json();
  street = (stations as { items: (typeof street)[] }).items[0]!;
  const floods = Array.from({ length: 6 }, (_, i) => from + (i + 1) * day);
  const observations = Array.from({ length: (7.9 * day) / (5 * minute) }, (_, i) => {
    const at = from + i * 5 * minute;
    return {
      datastream: `${street.id}:depth`,
      phenomenonTime: new Date(at).toISOString(),
      result: floods.some((start) => at >= start && at < start + hour) ? 0.25 : 0.01,
    };
  });
  const sent = await server.call("/api/v1/observations", { observations });
  expect(sent.status, sent.text).toBe(202);
  const rows = floods.map((start, i) => ({
    event_id: `flood-${i}`,
    hazard: "urban-flood",
    area_code: street.areas["dn-2025"],
    started_at: new Date(start + 30 * minute).toISOString(),
    ended_at: new Date(start + hour).toISOString(),
    magnitude: 0.25,
    source: "test",
  }));
  const taken = await server.call("/api/v1/datasets/observed-events/rows", { rows });
  expect(taken.status, taken.text).toBeLessThan(300);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const span = () => ({ from: new Date(from).toISOString(), to: new Date(now).toISOString() });
const own = async () => warningItem.parse((await server.call("/api/v1/warnings/w-street-flood")).json());
const run = (body: object, id = "w-street-flood") => server.call(`/api/v1/warnings/${id}/backtest`, body);
const changed = (definition: WarningItem, when: string) => ({
  ...definition,
  levels: definition.levels.map((level) => ({ ...level, when })),
});

test("the definition in force and a changed one, scored against events that were sent as rows", async () => {
  const before = (await server.call("/api/v1/alerts?state=all&definition=w-street-flood")).json();
  const present = await run(span());
  expect(present.status, present.text).toBe(200);
  const { problems, backtest } = backtestAnswer.parse(present.json());
  expect(problems).toEqual([]);
  expect(backtest).toMatchObject({
    definition: "w-street-flood",
    total: 6,
    byLevel: { 1: 0, 2: 6, 3: 0, 4: 0 },
    scores: {
      events: 6,
      hits: 6,
      misses: 0,
      falseAlarms: 0,
      pod: 1,
      precision: 1,
      far: 0,
      csi: 1,
      leadMs: 15 * minute,
    },
  });
  expect(backtest?.alerts[0]).toMatchObject({ subject: { id: street.id }, outcome: "hit", peakLevel: 2 });
  const higher = backtestAnswer.parse((await run({ ...span(), definition: changed(await own(), "d >= 0.4") })).json());
  expect(higher.backtest).toMatchObject({ total: 0, scores: { hits: 0, misses: 6, pod: 0, precision: null } });
  // The city's own alerts are as they were.
  expect((await server.call("/api/v1/alerts?state=all&definition=w-street-flood")).json()).toEqual(before);
});

test("says what is wrong with a definition", async () => {
  const answer = async (definition: unknown) => backtestAnswer.parse((await run({ ...span(), definition })).json());
  expect((await answer(changed(await own(), "d >= "))).problems[0]).toMatch(/./);
  expect((await answer({ ...(await own()), id: "other" })).problems).toEqual([
    "id: must be w-street-flood, as in the address",
  ]);
  expect((await answer({ id: "w-street-flood" })).problems).toContain(
    "levels: Invalid input: expected array, received undefined",
  );
});

test.each([
  ["a span that ends before it begins", () => ({ from: span().to, to: span().from }), "body.to"],
  ["the future", () => ({ ...span(), to: new Date(now + 2 * day).toISOString() }), "body.to"],
  ["more than 400 days", () => ({ ...span(), from: new Date(now - 500 * day).toISOString() }), "body.from"],
  ["no dates", () => ({ from: "yesterday", to: span().to }), "body.from"],
])("refuses %s", async (_name, body, path) => {
  const answer = await run(body());
  expect(answer.status).toBe(400);
  expect(problem.parse(answer.json()).errors?.[0]?.path).toBe(path);
});

test("needs a key, knows the warning, and runs one at a time while the program goes on", async () => {
  expect((await server.send("POST", "/api/v1/warnings/w-street-flood/backtest", span())).status).toBe(401);
  expect((await run(span(), "w-nothing")).status).toBe(404);
  const since = (days: number) => ({ ...span(), from: new Date(now - days * day).toISOString() });
  const large = backtestAnswer.parse((await run(since(100), "w-station-offline")).json());
  expect(large.problems[0]).toMatch(/million evaluations are too many; take 79 days at most/);
  const long = run(since(2), "w-station-offline");
  const busy = await run(since(2), "w-station-offline");
  const health = await server.call("/api/v1/health");
  expect(health.status).toBe(200);
  const first = await long;
  expect([first.status, busy.status].toSorted()).toEqual([200, 429]);
  const refused = busy.status === 429 ? busy : first;
  expect(refused.headers.get("Retry-After")).toBe("5");
});

test("verification lists every warning, with nothing scored before the first alert", async () => {
  const answer = warningVerification.parse((await server.call("/api/v1/warnings/verification")).json());
  const listed = (await server.call("/api/v1/warnings?limit=1000")).json() as { items: WarningItem[] };
  expect(answer.items.map(({ id }) => id)).toEqual(listed.items.map(({ id }) => id));
  expect(answer.items.find(({ id }) => id === "w-street-flood")).toMatchObject({ alerts: 0, open: 0, scores: null });
});
