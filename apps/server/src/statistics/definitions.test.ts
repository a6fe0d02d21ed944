import { join } from "node:path";
import { expect, test } from "vitest";
import { frame, statisticItem, type StatisticDefinition, type StatisticVersion } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { openDefinitionStore } from "@ioc/statistics/store";
import { temporaryFolder } from "@ioc/testkit";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

const withKey = { Authorization: `Bearer ${testKey}` };
const base = "/api/v1/statistics";

test("saved definitions are in force after a restart; one that does not fit any more says so and harms nothing else", async () => {
  using folder = temporaryFolder();
  const env = { IOC_DATA_DIR: folder.path };
  let own: StatisticDefinition;
  {
    await using server = await startTestServer(env);
    const item = statisticItem.parse((await server.call(`${base}/flood-max-depth`)).json());
    own = { ...item, checks: [] };
    const saved = { definition: { ...own, decimals: 1 } };
    expect((await server.send("PUT", `${base}/flood-max-depth`, saved, withKey)).status).toBe(200);
  }
  const db = openDatabase(join(folder.path, "city.db"));
  const store = openDefinitionStore(db);
  const version = (definition: StatisticDefinition): StatisticVersion => {
    return { version: definition.version, at: 1, by: "test", note: "", definition };
  };
  // As a program saved them that had an operator, or a form of definitions, which this one has not.
  await store.save(version({ ...own, id: "old-operator", pipeline: [{ op: "retired" }] }));
  await store.save(version({ ...own, id: "old-input", input: [{ kind: "steam-engine", properties: ["puff"] }] }));
  await store.save(version({ id: "wx-rain-24h", version: 2, shape: "older" } as unknown as StatisticDefinition));
  db.close();

  await using server = await startTestServer(env);
  const item = async (id: string) => statisticItem.parse((await server.call(`${base}/${id}`)).json());
  expect(await item("flood-max-depth")).toMatchObject({ version: 2, custom: true, decimals: 1 });
  const data = async (id: string) => frame.parse((await server.call(`${base}/${id}/data`)).json());
  expect(await data("flood-max-depth")).toMatchObject({ version: 2, error: null });
  expect(await data("old-operator")).toMatchObject({ status: "error", value: null, rows: [] });
  expect((await data("old-operator")).error).toContain('there is no operator "retired"');
  expect((await data("old-input")).error).toContain('there is no station kind "steam-engine"');
  expect(await item("old-operator")).toMatchObject({ custom: true, status: "error", version: 1 });
  // What is no definition at all cannot be listed: the pack's own is in force, and what was saved stays where it is.
  expect(await item("wx-rain-24h")).toMatchObject({ version: 1, custom: false });
  expect((await server.call(`${base}/wx-rain-24h/versions`)).json()).toMatchObject({ total: 1 });
  const mended = { definition: await item("wx-rain-24h") };
  expect((await server.send("PUT", `${base}/wx-rain-24h`, mended, withKey)).json()).toMatchObject({ version: 3 });
  expect((await server.send("DELETE", `${base}/old-operator`, undefined, withKey)).status).toBe(200);
  expect((await server.call(`${base}/old-operator`)).status).toBe(404);
});
