import { afterAll, beforeAll, expect, test } from "vitest";
import { alert, listOf, problem, suppression, suppressionPreview, type Alert } from "@ioc/contracts";
import { alertOfStreet, floodStreet, shallowWater } from "../testing/flooded-street.ts";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
let flooded: Alert;
const withKey = { Authorization: `Bearer ${testKey}` };

beforeAll(async () => {
  server = await startTestServer();
  flooded = await alertOfStreet(server, await floodStreet(server, 0, shallowWater));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const at = (minutes: number) => new Date(server.running.clock.now() + minutes * 60_000).toISOString();
const silence = (change: object = {}) => ({
  kind: "silence",
  note: "Sửa mặt đường",
  matcher: { subjects: ["nowhere"] },
  from: at(-1),
  until: at(60),
  ...change,
});
const post = (rule: unknown, confirmed?: boolean) => server.call("/api/v1/suppressions", { rule, confirmed });

test("a silence is previewed, confirmed because it hides all there is, applied, listed and ended", async () => {
  const rule = silence({ matcher: { definitions: ["w-street-flood"] } });
  const preview = suppressionPreview.parse((await server.call("/api/v1/suppressions/preview", rule)).json());
  expect(preview).toMatchObject({ hidden: 1, total: 1, confirm: ["breadth"] });
  expect(preview.alerts.map(({ id }) => id)).toEqual([flooded.id]);
  expect((await server.call("/api/v1/suppressions")).json()).toMatchObject({ total: 0 });

  const refused = await post(rule);
  expect(refused.status).toBe(409);
  expect(problem.parse(refused.json()).errors).toEqual([{ path: "body.confirmed", message: "must be true" }]);

  const answer = await post(rule, true);
  expect(answer.status, answer.text).toBe(201);
  const made = suppression.parse(answer.json());
  expect(made).toMatchObject({ state: "active", alerts: 1, endedAt: null, rule: { kind: "silence" } });
  expect(made.createdBy).not.toBe("");
  const hidden = listOf(alert).parse((await server.call("/api/v1/alerts?suppressed=true")).json());
  expect(hidden.items).toMatchObject([{ id: flooded.id, suppressedBy: [{ kind: "silence", id: made.id }] }]);
  // Hidden is not gone: it counts.
  const summary = (await server.call("/api/v1/summary")).json() as { alerts: Record<string, number> };
  expect(Object.values(summary.alerts).reduce((sum, count) => sum + count, 0)).toBe(1);

  const ended = await server.send("DELETE", `/api/v1/suppressions/${made.id}`, undefined, withKey);
  expect(ended.json()).toMatchObject({ state: "over", alerts: 0 });
  expect((await server.call(`/api/v1/alerts/${flooded.id}`)).json()).toMatchObject({ suppressedBy: [] });
  expect((await server.send("DELETE", `/api/v1/suppressions/${made.id}`, undefined, withKey)).status).toBe(404);
  expect((await server.call("/api/v1/suppressions?state=over")).json()).toMatchObject({ items: [{ id: made.id }] });
});

test("what hides little is kept at once, and shows when its time comes", async () => {
  const window = silence({ kind: "maintenance", from: at(10), until: at(20), repeat: { every: "day", until: null } });
  expect((await post(window)).json()).toMatchObject({ state: "waiting", alerts: 0 });
  const hides = {
    kind: "inhibition",
    note: "Một trạm, một chuyện",
    source: { definition: "w-station-offline" },
    target: { definitions: ["w-street-flood"] },
    same: "subject",
  };
  expect((await post(hides)).json()).toMatchObject({ state: "active", rule: { source: { level: 1 } } });
  expect((await server.call("/api/v1/suppressions")).json()).toMatchObject({ total: 2 });
});

test.each<[object, string]>([
  [{ until: "2020-01-01T00:00:00Z" }, "body.until"],
  [{ note: "" }, "body.note"],
  [{ kind: "mute" }, "body.kind"],
  [{ matcher: { definitions: ["w-none"] } }, "body.matcher.definitions.0"],
  [{ matcher: { areas: [] } }, "body.matcher.areas"],
])("a suppression with %o is refused", async (change, path) => {
  const answer = await server.call("/api/v1/suppressions/preview", silence(change));
  expect(answer.status).toBe(400);
  expect(problem.parse(answer.json()).errors?.[0]?.path).toBe(path);
});

test("emergencies are hidden only when that is confirmed", async () => {
  const refused = await post(silence({ emergencies: true }));
  expect(refused.status).toBe(409);
  expect(problem.parse(refused.json()).detail).toBe("This suppression must be confirmed: it hides emergencies too.");
  expect((await post(silence({ emergencies: true }), true)).status).toBe(201);
});

test("writing needs a key, reading none", async () => {
  expect((await server.send("POST", "/api/v1/suppressions", { rule: silence() })).status).toBe(401);
  expect((await server.send("POST", "/api/v1/suppressions/preview", silence())).status).toBe(401);
  expect((await server.send("DELETE", "/api/v1/suppressions/x")).status).toBe(401);
  expect((await server.call("/api/v1/suppressions?state=all")).status).toBe(200);
});
