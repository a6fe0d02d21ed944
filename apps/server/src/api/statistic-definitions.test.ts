import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { frame, problem, statisticItem, type StatisticItem, type StatisticVersion } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { openApiKeys } from "@ioc/identity";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;
const withKey = { Authorization: `Bearer ${testKey}` };
const base = "/api/v1/statistics";

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const itemOf = async (id: string) => statisticItem.parse((await server.call(`${base}/${id}`)).json());
const put = (id: string, definition: unknown, more: { note?: string; headers?: Record<string, string> } = {}) =>
  server.send("PUT", `${base}/${id}`, { definition, note: more.note }, more.headers ?? withKey);
const takeBack = (id: string, headers: Record<string, string> = withKey) =>
  server.send("DELETE", `${base}/${id}`, undefined, headers);
const versionsOf = async (id: string) =>
  ((await server.call(`${base}/${id}/versions`)).json() as { items: StatisticVersion[] }).items;
const preview = (body: unknown) => server.call(`${base}/preview`, body);

/** A key of its own, as an administrator makes one. */
function keyNamed(name: string, scope: string): Record<string, string> {
  const db = openDatabase(join(server.dataDir, "city.db"));
  const { key } = openApiKeys(db).create(name, [scope]);
  db.close();
  return { Authorization: `Bearer ${key}` };
}

/** A definition that the pack does not have. */
async function newDefinition(id: string): Promise<StatisticItem> {
  const own = await itemOf("flood-max-depth");
  return { ...own, id, version: 1, name: { vi: "Độ sâu ngập của tôi", en: "My depth" } };
}

test("a definition is changed, each change is a version with who, when and why, and the pack's own comes back", async () => {
  const own = await itemOf("flood-max-depth");
  expect(own).toMatchObject({ version: 1, custom: false });
  const desk = keyNamed("Trực ban", "statistics:write");
  const first = await put("flood-max-depth", { ...own, decimals: 1 }, { note: "one decimal is enough", headers: desk });
  expect(first.status, first.text).toBe(200);
  expect(statisticItem.parse(first.json())).toMatchObject({ version: 2, custom: true, decimals: 1 });
  const data = frame.parse((await server.call(`${base}/flood-max-depth/data`)).json());
  expect(data).toMatchObject({ version: 2, decimals: 1 });
  const second = await put("flood-max-depth", { ...own, version: 2, decimals: 0 });
  expect(second.json()).toMatchObject({ version: 3, decimals: 0 });

  const versions = await versionsOf("flood-max-depth");
  expect(versions.map(({ version, by, note }) => [version, by, note])).toEqual([
    [3, "IOC_API_KEY", ""],
    [2, "Trực ban", "one decimal is enough"],
  ]);
  expect(Math.abs((versions[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
  expect(versions[1]?.definition).toMatchObject({ id: "flood-max-depth", version: 2, decimals: 1, input: own.input });

  expect((await takeBack("flood-max-depth")).json()).toEqual({ id: "flood-max-depth" });
  expect(await itemOf("flood-max-depth")).toMatchObject({ version: 1, custom: false, decimals: own.decimals });
  expect((await takeBack("flood-max-depth")).status).toBe(404);
  // A number never means two definitions.
  expect((await put("flood-max-depth", own)).json()).toMatchObject({ version: 4 });
  expect((await takeBack("flood-max-depth", desk)).status).toBe(200);
});

test("a new definition is listed and calculated, and gone when it is taken back; its versions stay", async () => {
  const mine = await newDefinition("my-depth");
  expect((await put("my-depth", mine)).json()).toMatchObject({ version: 1, custom: true });
  const { items } = (await server.call(`${base}?q=cua%20toi`)).json() as { items: StatisticItem[] };
  expect(items.map(({ id }) => id)).toEqual(["my-depth"]);
  expect(JSON.stringify(items)).not.toContain('"checks"');
  expect((await server.call(`${base}/my-depth/data?group=station`)).json()).toMatchObject({ statistic: "my-depth" });
  await takeBack("my-depth");
  expect((await server.call(`${base}/my-depth`)).status).toBe(404);
  expect((await server.call(`${base}/my-depth/data`)).status).toBe(404);
  expect((await versionsOf("my-depth")).map(({ version }) => version)).toEqual([1]);
  expect((await server.call(`${base}/none-such/versions`)).status).toBe(404);
});

test("whoever changes what somebody else changed meanwhile is told which version is in force", async () => {
  const mine = await newDefinition("shared-depth");
  const both = await Promise.all([put("shared-depth", mine), put("shared-depth", { ...mine, decimals: 3 })]);
  // The second was made from version 1 as well, which is what is in force by then: it is the next version.
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  const late = await Promise.all([2, 2].map((version) => put("shared-depth", { ...mine, version })));
  expect(late.map(({ status }) => status).sort()).toEqual([200, 409]);
  const told = problem.parse(late.find(({ status }) => status === 409)?.json());
  expect(told.detail).toBe("Version 3 of shared-depth is in force, and this was made from version 2.");
  expect(told.errors).toEqual([{ path: "body.definition.version", message: "must be 3" }]);
  expect((await put("other-depth", { ...mine, id: "other-depth", version: 7 })).json()).toMatchObject({
    status: 409,
    detail: "There is no statistic other-depth; a new one has version 1.",
  });
  await takeBack("shared-depth");
});

test("a definition that cannot be used is refused with each place, and nothing changes", async () => {
  const own = await itemOf("wx-rain-24h");
  const [first, second] = own.pipeline;
  const pipeline = [first, { ...second, every: "sometimes" }, { op: "guess" }];
  const refused = await put("wx-rain-24h", { ...own, pipeline, domain: "mars", unit: "furlongs" });
  expect(refused.status).toBe(422);
  const { errors = [] } = problem.parse(refused.json());
  const found = Object.fromEntries(errors.map(({ path, message }) => [path, message]));
  expect(Object.keys(found)).toEqual(
    expect.arrayContaining([
      "body.definition.pipeline.1",
      "body.definition.pipeline.2",
      "body.definition.domain",
      "body.definition.unit",
    ]),
  );
  expect(found["body.definition.pipeline.2"]).toMatch(/^there is no operator "guess"; known are /);
  expect(found["body.definition.pipeline.1"]).toMatch(/^\(clock\): every: /);
  expect(found["body.definition.domain"]).toMatch(/there is no domain "mars"; known are .*weather-hydro/);
  const wide = { ...own, pipeline: [{ ...first, span: "P40000D" }, ...own.pipeline.slice(1)] };
  const costly = problem.parse((await put("wx-rain-24h", wide)).json());
  expect(costly.status).toBe(422);
  expect(costly.errors?.[0]).toMatchObject({ path: "body.definition.window" });
  expect(costly.errors?.[0]?.message).toMatch(/would read \d{8,} values; at most 5000000/);
  expect(await itemOf("wx-rain-24h")).toMatchObject({ version: 1, custom: false });
  expect(await versionsOf("wx-rain-24h")).toEqual([]);
});

/** Arrays in arrays, as text: no program writes such a thing. */
const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

test.each<[string, (own: StatisticItem) => unknown, number, string | undefined]>([
  ["another id", (own) => ({ definition: { ...own, id: "other" } }), 400, "body.definition.id"],
  ["no definition", () => ({}), 400, "body.definition"],
  ["a list", () => [], 400, "body"],
  ["a missing language", (own) => ({ definition: { ...own, name: { vi: "Mưa" } } }), 400, "body.definition.name.en"],
  ["a long note", (own) => ({ definition: own, note: "x".repeat(501) }), 400, "body.note"],
  ["version 0", (own) => ({ definition: { ...own, version: 0 } }), 400, "body.definition.version"],
  ["over 256 KiB", (own) => ({ definition: { ...own, formula: "x".repeat(300_000) } }), 413, undefined],
  [
    "deep nesting",
    (own) => JSON.stringify({ definition: own }).replace('"op":"readings"', `"op":"readings","x":${nested(100_000)}`),
    400,
    "body.definition",
  ],
  ["no JSON", () => '{"definition":', 400, "body"],
])("a body with %s is refused", async (_what, make, status, path) => {
  const body = make(await itemOf("flood-max-depth"));
  const answer = await server.send("PUT", `${base}/flood-max-depth`, body, withKey);
  expect(answer.status).toBe(status);
  const told = problem.parse(answer.json());
  expect(told.errors?.[0]?.path).toBe(path);
  if (status === 413) expect(told.detail).toBe("The body is larger than 256 KiB.");
});

test("editing needs a key that may", async () => {
  const own = await itemOf("flood-max-depth");
  const sender = keyNamed("Gateway", "observations:write");
  for (const [headers, status] of [
    [{}, 401],
    [{ Authorization: "Bearer wrong" }, 401],
    [sender, 403],
  ] as const) {
    expect((await put("flood-max-depth", own, { headers })).status).toBe(status);
    expect((await takeBack("flood-max-depth", headers)).status).toBe(status);
    const asked = await server.send("POST", `${base}/preview`, { definition: own }, headers);
    expect(asked.status).toBe(status);
  }
  expect(await itemOf("flood-max-depth")).toMatchObject({ custom: false });
});

test("what cannot be written is not in force", async () => {
  const own = await itemOf("flood-max-depth");
  const db = openDatabase(join(server.dataDir, "city.db"));
  db.exec("BEGIN EXCLUSIVE");
  try {
    const refused = await put("flood-max-depth", { ...own, decimals: 5 });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(refused.text).toMatch(/another program holds city\.db; end it or wait until it is done/);
    expect(await itemOf("flood-max-depth")).toMatchObject({ custom: false, decimals: own.decimals });
  } finally {
    db.exec("ROLLBACK");
    db.close();
  }
  const saved = await put("flood-max-depth", { ...own, decimals: 5 });
  expect(saved.json()).toMatchObject({ custom: true, decimals: 5 });
  expect((await takeBack("flood-max-depth")).status).toBe(200);
});

test("a preview says what is wrong, or what would come out, and keeps nothing", async () => {
  const mine = await newDefinition("only-looked-at");
  const good = (await preview({ definition: mine, group: "station" })).json() as { problems: string[]; frame: unknown };
  expect(good.problems).toEqual([]);
  expect(frame.parse(good.frame)).toMatchObject({ statistic: "only-looked-at", group: "station", status: "empty" });
  expect((await server.call(`${base}/only-looked-at`)).status).toBe(404);

  const problemsIn = async (definition: unknown) => {
    const answer = (await preview({ definition })).json() as { problems: string[]; frame: unknown };
    expect(answer.frame).toBeNull();
    return answer.problems;
  };
  expect(await problemsIn({ ...mine, groups: [], name: "x" })).toEqual([
    expect.stringMatching(/^name: /),
    expect.stringMatching(/^groups: /),
  ]);
  expect(await problemsIn({ ...mine, pipeline: [{ op: "guess" }] })).toEqual([
    expect.stringMatching(/^pipeline\[0\]: there is no operator "guess"/),
    expect.stringMatching(/^pipeline: it ends with nothing/),
  ]);
  for (const nothing of [null, 7, "x", []]) {
    expect(await problemsIn(nothing)).toEqual([expect.stringMatching(/^definition: /)]);
  }
});

test("a preview of a view that the definition does not have, or of nonsense, is refused", async () => {
  const mine = await newDefinition("only-looked-at");
  const told = async (body: unknown) => problem.parse((await preview(body)).json());
  expect(await told({ definition: mine, group: "agency" })).toMatchObject({
    status: 400,
    errors: [{ path: "body.group", message: expect.stringContaining('not "agency"') as string }],
  });
  expect(await told({ definition: mine, subject: "sf-none" })).toMatchObject({
    status: 400,
    errors: [{ path: "body.subject" }],
  });
  const deep = `{"definition":${nested(50_000)}}`;
  expect(await told(deep)).toMatchObject({ status: 400, errors: [{ path: "body.definition" }] });
  expect(await told({ definition: { x: "y".repeat(300_000) } })).toMatchObject({ status: 413 });
});

test("operators are listed with what they take and give", async () => {
  const { items, total } = (await server.call("/api/v1/operators?limit=2")).json() as {
    items: { op: string; takes: string; gives: string; parameters: object }[];
    total: number;
  };
  expect(items).toHaveLength(2);
  expect(total).toBeGreaterThan(20);
  const all = (await server.call("/api/v1/operators")).json() as { items: { op: string }[] };
  expect(all.items.find(({ op }) => op === "readings")).toMatchObject({
    takes: "nothing",
    doc: { vi: expect.any(String) as string, en: expect.any(String) as string },
    parameters: { properties: { span: {} } },
  });
});
