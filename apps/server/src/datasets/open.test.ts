import { StoreBusy, StoreUnavailable } from "@ioc/observations";
import { openDatabase } from "@ioc/database";
import { expect, test } from "vitest";
import { definitionOf } from "@ioc/catalogue/testing";
import { startTestServer } from "../testing/start-test-server.ts";
import { testStore } from "./test-store.ts";

const definition = definitionOf("d", [
  { id: "id", type: "string", key: true },
  { id: "n", type: "integer" },
]);
const options = { synthetic: false, now: 1 };

test("while another program holds the file, senders and health are told; then it works again", async () => {
  await using store = testStore([definition]);
  const other = openDatabase(store.file);
  other.exec("BEGIN IMMEDIATE");
  const refused = store.datasets.put("d", [{ id: "a" }], options);
  await expect(refused).rejects.toThrow(StoreUnavailable);
  await expect(refused).rejects.toThrow(/another program holds datasets\.db; end it or wait until it is done/);
  expect(store.health()).toMatchObject({
    status: "degraded",
    detail: expect.stringMatching(/^rows cannot be stored: another program holds datasets\.db/) as string,
  });
  other.exec("ROLLBACK");
  other.close();
  await store.datasets.put("d", [{ id: "a" }], options);
  expect(store.health()).toEqual({ status: "ok" });
});

test("more at once than can wait is told as busy, and what was taken is stored", async () => {
  await using store = testStore([definition]);
  const rows = Array.from({ length: 500 }, (_, n) => ({ id: `r${n}` }));
  const puts = Array.from({ length: 30 }, (_, n) =>
    store.datasets.put(
      "d",
      rows.map(({ id }) => ({ id: `${n} ${id}`, n })),
      options,
    ),
  );
  const ended = await Promise.allSettled(puts);
  const busy = ended.filter((one) => one.status === "rejected");
  expect(busy.map(({ reason }) => reason as unknown).every((reason) => reason instanceof StoreBusy)).toBe(true);
  expect(busy).toHaveLength(10);
  expect((await store.datasets.table("d")).length).toBe(20 * 500);
  expect(store.health()).toEqual({ status: "ok" });
});

test("over HTTP a file that is held is 503 with the time to wait", { timeout: 60_000 }, async () => {
  await using server = await startTestServer();
  const { items } = (await server.call("/api/v1/datasets")).json() as {
    items: { id: string; origin: string; columns: { id: string; type: string; key: boolean }[] }[];
  };
  const sent = items.find(({ origin, columns }) => {
    const keys = columns.filter(({ key }) => key);
    return origin === "sent" && keys.every(({ type }) => type === "string");
  });
  if (!sent) throw new Error("the pack has no dataset with a text as key");
  const row = Object.fromEntries(sent.columns.filter(({ key }) => key).map(({ id }) => [id, "a"]));
  const other = openDatabase(`${server.dataDir}/datasets.db`);
  other.exec("BEGIN IMMEDIATE");
  const refused = await server.call(`/api/v1/datasets/${sent.id}/rows`, { rows: [row] });
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(refused.text).toContain("another program holds datasets.db");
  other.exec("ROLLBACK");
  other.close();
  const taken = await server.call(`/api/v1/datasets/${sent.id}/rows`, { rows: [row] });
  expect(taken.json()).toMatchObject({ stored: 1 });
});
