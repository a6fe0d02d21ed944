import { afterAll, beforeAll, expect, test } from "vitest";
import { board, problem, type Board } from "@ioc/contracts";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
const withKey = { Authorization: `Bearer ${testKey}` };

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const put = (id: string, body: unknown, headers: Record<string, string> = withKey) =>
  server.send("PUT", `/api/v1/boards/${id}`, body, headers);
const flood = { version: 1, name: "Ngập lụt", cards: [{ statistic: "flood-max-depth", chart: "line", span: 2 }] };

test("a board is saved, read, changed and removed", async () => {
  const saved = board.parse((await put("ngap-lut", flood)).json());
  expect(saved).toMatchObject({ id: "ngap-lut", version: 1, description: "", cards: flood.cards });
  expect(Math.abs(saved.updatedAt - Date.now())).toBeLessThan(60_000);
  const missing = { ...flood, cards: [{ statistic: "none-such", group: "city", span: 4 }] };
  // A statistic may come later, or be taken back: the board names it all the same.
  expect((await put("ngap-lut", missing)).json()).toMatchObject({ version: 2, cards: missing.cards });
  expect((await server.call("/api/v1/boards/ngap-lut")).json()).toMatchObject({ version: 2 });
  await put("mua", flood);
  const page = (await server.call("/api/v1/boards?limit=1")).json() as { items: Board[]; total: number; next: string };
  expect([page.items[0]?.id, page.total, page.next]).toEqual(["mua", 2, "/api/v1/boards?limit=1&offset=1"]);
  expect((await server.send("DELETE", "/api/v1/boards/mua", undefined, withKey)).json()).toEqual({ id: "mua" });
  expect((await server.send("DELETE", "/api/v1/boards/mua", undefined, withKey)).status).toBe(404);
  expect((await server.call("/api/v1/boards/mua")).status).toBe(404);
});

test("whoever saves over a version that he has not seen is told which one is in force", async () => {
  await put("air", { ...flood, name: "Không khí" });
  await put("air", { ...flood, name: "Không khí 2" });
  const refused = await put("air", { ...flood, name: "lost" });
  expect(refused.status).toBe(409);
  const told = problem.parse(refused.json());
  expect(told.detail).toBe("Version 2 of the board air is in force, and this was made from version 1.");
  expect(told.errors).toEqual([{ path: "body.version", message: "must be 2" }]);
  expect((await put("brand-new", { ...flood, version: 3 })).json()).toMatchObject({ status: 409 });
  expect((await server.call("/api/v1/boards/air")).json()).toMatchObject({ name: "Không khí 2" });
});

test.each<[string, unknown, number, string | undefined]>([
  ["Ngap", flood, 400, "body.id"],
  ["a%2Fb", flood, 400, "body.id"],
  [`${"a".repeat(61)}`, flood, 400, "body.id"],
  ["x", { ...flood, name: "" }, 400, "body.name"],
  ["x", { ...flood, cards: [{ statistic: "Flood!" }] }, 400, "body.cards.0.statistic"],
  ["x", { ...flood, cards: [{ statistic: "a", span: 5 }] }, 400, "body.cards.0.span"],
  ["x", { ...flood, cards: Array.from({ length: 49 }, () => ({ statistic: "a" })) }, 400, "body.cards"],
  ["x", { ...flood, version: 0 }, 400, "body.version"],
  ["x", [], 400, "body"],
  ["x", { ...flood, description: "x".repeat(70_000) }, 413, undefined],
])("the board %s of %o is refused", async (id, body, status, path) => {
  const answer = await put(id, body);
  expect(answer.status).toBe(status);
  expect(problem.parse(answer.json()).errors?.[0]?.path).toBe(path);
});

test("writing needs a key, reading none", async () => {
  expect((await put("x", flood, {})).status).toBe(401);
  expect((await put("x", flood, { Authorization: "Bearer wrong" })).status).toBe(401);
  expect((await server.send("DELETE", "/api/v1/boards/x")).status).toBe(401);
  expect((await server.call("/api/v1/boards")).status).toBe(200);
});
