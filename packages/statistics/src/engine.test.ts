import { join } from "node:path";
import { expect, test } from "vitest";
import { datastreamSpecs } from "@ioc/city-pack";
import type { StatisticDefinition } from "@ioc/contracts";
import type { ObservationReader, QualifiedObservation } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { temporaryFolder } from "@ioc/testkit";
import { ViewError, checkStatistic, createStatisticsEngine } from "./index.ts";
import { dataOf, emptyRows, definitionOf, hour, minute, network, networkWith, stream } from "./test-city.ts";

const now = Date.parse("2026-10-22T13:00:00Z");
const ids = ["rl-cam-le", "rl-ai-nghia"];
const small = networkWith(ids);

function reading(station: string, property: string, time: number, result: number): QualifiedObservation {
  return {
    datastream: stream(station, property),
    phenomenonTime: time,
    resultTime: time,
    result,
    quality: 1,
    reasons: [],
  };
}

/** A real store with the river gauges and an engine on it that hears of every commit. */
async function riverEngine(definitions: readonly StatisticDefinition[] = [definitionOf("wx-river-level")]) {
  const folder = temporaryFolder();
  const store = await openObservations({ file: join(folder.path, "observations.db") });
  await store.writer.register(datastreamSpecs(small));
  const calls: string[] = [];
  const reader: ObservationReader = Object.create(store.reader);
  reader.raw = (query) => {
    calls.push(`raw ${query.datastreams.length}`);
    return store.reader.raw(query);
  };
  const engine = createStatisticsEngine({ definitions, network: small, reader, datasets: emptyRows });
  store.changes.subscribe((change) => engine.observe(change));
  return {
    engine,
    store,
    /** Calls of `raw` since the last look. */
    taken: () => calls.splice(0),
    async [Symbol.asyncDispose]() {
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}

test("a change is shown, with all gauges read in one call", async () => {
  await using city = await riverEngine();
  await city.store.writer.record(ids.map((id) => reading(id, "level", now, 1)));
  expect(await city.engine.tick(now)).toEqual(["wx-river-level"]);
  expect(city.taken()).toEqual(["raw 2"]);
  expect(city.engine.get("wx-river-level")?.value).toBe(1);
  // newer than what was read: shown when the refresh period is over
  await city.store.writer.record([reading("rl-cam-le", "level", now + 30 * minute, 1.9)]);
  expect(await city.engine.tick(now + 31 * minute)).toEqual([]);
  expect(await city.engine.tick(now + 60 * minute)).toEqual(["wx-river-level"]);
  expect(city.engine.get("wx-river-level")?.value).toBe(1.9);
});

test("a statistic without a value looks again seconds after the first data, not after its refresh period", async () => {
  await using city = await riverEngine();
  expect(await city.engine.tick(now)).toEqual(["wx-river-level"]);
  expect(city.engine.get("wx-river-level")).toMatchObject({ status: "empty", value: null });
  await city.store.writer.record(ids.map((id) => reading(id, "level", now + 2000, 1)));
  expect(await city.engine.tick(now + 14_000)).toEqual([]);
  expect(await city.engine.tick(now + 15_000)).toEqual(["wx-river-level"]);
  expect(city.engine.get("wx-river-level")).toMatchObject({ status: "ok", value: 1 });
});

test("without a value one that reads a month waits two minutes, not seconds", async () => {
  const definition = definitionOf("wx-river-level");
  const [readings, ...others] = definition.pipeline;
  const long = { ...definition, pipeline: [{ ...readings, op: "readings", span: "P30D" }, ...others] };
  await using city = await riverEngine([long]);
  await city.engine.tick(now);
  await city.store.writer.record(ids.map((id) => reading(id, "level", now + 2000, 1)));
  expect(await city.engine.tick(now + 2 * minute)).toEqual([]);
  expect(await city.engine.tick(now + 2.2 * minute)).toEqual(["wx-river-level"]);
});

test("without a value one that reads a month looks again when history that is filled in has come to rest", async () => {
  const definition = definitionOf("wx-river-level");
  const [readings, ...others] = definition.pipeline;
  const long = { ...definition, pipeline: [{ ...readings, op: "readings", span: "P30D" }, ...others] };
  await using city = await riverEngine([long]);
  const fill = (hoursAgo: number) =>
    city.store.writer.record(ids.map((id) => reading(id, "level", now - hoursAgo * hour, 1)));
  await city.engine.tick(now);
  await fill(400);
  expect(await city.engine.tick(now + 15_000)).toEqual([]);
  await fill(300);
  // As long as it flows it is not read again and again.
  expect(await city.engine.tick(now + 16_000)).toEqual([]);
  await fill(0.1);
  expect(await city.engine.tick(now + 17_000)).toEqual([]);
  expect(await city.engine.tick(now + 18_000)).toEqual(["wx-river-level"]);
  expect(city.engine.get("wx-river-level")).toMatchObject({ status: "ok", value: 1 });
});

test("in a city that just started a value of a part of its history is worked out again when the history has come to rest", async () => {
  await using city = await riverEngine();
  const record = (station: string, time: number, level: number) =>
    city.store.writer.record([reading(station, "level", time, level)]);
  await record("rl-cam-le", now, 1);
  await city.engine.tick(now);
  expect(city.engine.get("wx-river-level")).toMatchObject({ status: "ok", value: 1 });
  await record("rl-ai-nghia", now - 10 * minute, 9);
  expect(await city.engine.tick(now + 15_000)).toEqual([]);
  expect(await city.engine.tick(now + 16_000)).toEqual(["wx-river-level"]);
  // An hour later late data has the patience of every day.
  const later = now + hour + minute;
  await record("rl-cam-le", later, 1);
  expect(await city.engine.tick(later)).toEqual(["wx-river-level"]);
  await record("rl-ai-nghia", later - 20 * minute, 8.9);
  expect(await city.engine.tick(later + minute)).toEqual([]);
  expect(await city.engine.tick(later + 2 * minute)).toEqual([]);
  expect(await city.engine.tick(later + 5 * minute)).toEqual(["wx-river-level"]);
});

test("what was worked out of a part of a dataset is worked out again when its rows have come to rest", async () => {
  const at = Date.parse("2026-11-25T10:00:00+07:00");
  const rows: Record<string, unknown[]> = { "feedback-tickets": [], "population-by-ward": [] };
  await using city = await riverEngine([]);
  const engine = createStatisticsEngine({
    definitions: [definitionOf("fb-received")],
    network: small,
    reader: city.store.reader,
    datasets: { table: async (id) => dataOf({}, rows, at).rows(id) },
  });
  const put = (received: string) => {
    rows["feedback-tickets"]?.push({ ticket_id: received, channel: "app", received_at: received, area_code: "20194" });
    engine.observeRows("feedback-tickets");
  };
  const headline = () => engine.get("fb-received");
  await engine.tick(at);
  expect(headline()).toMatchObject({ status: "empty", value: null });
  put("2026-11-20T10:00:00+07:00");
  await engine.tick(at + 15_000);
  // The older rows came first: today has none yet.
  expect(headline()).toMatchObject({ status: "ok", value: 0, previous: 0 });
  put("2026-11-25T09:00:00+07:00");
  expect(await engine.tick(at + 31_000)).toEqual([]);
  expect(await engine.tick(at + 32_000)).toEqual(["fb-received"]);
  expect(headline()).toMatchObject({ status: "ok", value: 1 });
  expect(await engine.tick(at + 60_000)).toEqual([]);
});

test("late data is shown after five minutes, long before the refresh period is over", async () => {
  await using city = await riverEngine();
  await city.store.writer.record([reading("rl-cam-le", "level", now - hour, 1)]);
  await city.engine.tick(now);
  await city.store.writer.record([reading("rl-cam-le", "level", now, 2.6)]);
  expect(await city.engine.tick(now + 4 * minute)).toEqual([]);
  expect(await city.engine.tick(now + 5 * minute)).toEqual(["wx-river-level"]);
  expect(city.engine.get("wx-river-level")?.value).toBe(2.6);
  // nothing touched it again
  city.taken();
  await city.engine.tick(now + 11 * minute);
  expect(city.taken()).toEqual([]);
});

test("a feed that stops loses its value without any commit", async () => {
  await using city = await riverEngine();
  await city.store.writer.record(ids.map((id) => reading(id, "level", now, 1)));
  await city.engine.tick(now);
  await city.engine.tick(now + 4 * hour);
  expect(city.engine.list().map(({ value, status, asOf }) => [value, status, asOf])).toEqual([
    [null, "insufficient", now],
  ]);
});

test("a new local day makes every definition due", async () => {
  await using city = await riverEngine();
  await city.engine.tick(Date.parse("2026-10-22T16:59:00Z"));
  city.taken();
  await city.engine.tick(Date.parse("2026-10-22T17:00:00Z"));
  expect(city.taken()).toEqual(["raw 2"]);
});

test("overlapping ticks and frames share one run", async () => {
  await using city = await riverEngine();
  await Promise.all([
    city.engine.tick(now),
    city.engine.tick(now),
    city.engine.frame("wx-river-level", {}, now),
    city.engine.frame("wx-river-level", {}, now),
  ]);
  expect(city.taken()).toEqual(["raw 2"]);
});

test("other views are kept for the refresh period and follow the default one", async () => {
  await using city = await riverEngine();
  await city.store.writer.record([reading("rl-cam-le", "level", now, 1.5), reading("rl-ai-nghia", "level", now, 8.5)]);
  await city.engine.tick(now);
  const view = { subject: "rl-cam-le" };
  city.taken();
  const frame = await city.engine.frame("wx-river-level", view, now);
  expect([frame.group, frame.subject, frame.value]).toEqual(["station", "rl-cam-le", 1.5]);
  expect(frame.thresholds.map(({ station }) => station)).toEqual(["rl-cam-le", "rl-cam-le", "rl-cam-le"]);
  await city.engine.frame("wx-river-level", view, now + minute);
  expect(city.taken()).toEqual(["raw 1"]);
  await city.store.writer.record([
    reading("rl-cam-le", "level", now - minute, 1.6),
    reading("rl-cam-le", "level", now, 1.7),
  ]);
  await city.engine.tick(now + 6 * minute);
  // both views from one read
  expect(city.taken()).toEqual(["raw 2"]);
  expect((await city.engine.frame("wx-river-level", view, now + 6 * minute)).value).toBe(1.7);
  // an area narrows the view to its stations
  const ward = small.stations.find(({ id }) => id === "rl-cam-le")?.areas[small.scheme] ?? "";
  const inside = await city.engine.frame("wx-river-level", { subject: ward }, now + 6 * minute);
  expect([inside.subject, inside.value]).toEqual([ward, 1.7]);
});

test("what is not offered or does not exist is said", async () => {
  await using city = await riverEngine();
  const reasonOf = async (id: string, view: Parameters<typeof city.engine.frame>[1]) => {
    const error = await city.engine.frame(id, view, now).catch((caught: unknown) => caught);
    return error instanceof ViewError ? error.reason : error;
  };
  expect(await reasonOf("wx-tide", {})).toBe("unknown-statistic");
  expect(await reasonOf("wx-river-level", { group: "ward" })).toBe("bad-group");
  expect(await reasonOf("wx-river-level", { subject: "rl-nowhere" })).toBe("unknown-subject");
});

test("a definition that fails says so and harms no other", async () => {
  const good = definitionOf("wx-river-level");
  const broken: StatisticDefinition = {
    ...good,
    id: "wx-broken",
    pipeline: good.pipeline.map((step) => (step.op === "alarm-levels" ? { ...step, table: "no_such_table" } : step)),
  };
  await using city = await riverEngine([broken, good]);
  await city.store.writer.record(ids.map((id) => reading(id, "level", now, 1)));
  await city.engine.tick(now);
  const [first, second] = city.engine.list();
  expect([first?.status, first?.value, second?.status, second?.value]).toEqual(["error", null, "ok", 1]);
  expect(first?.error).toContain("no_such_table");
});

test("a store that cannot answer gives an error, and the next run recovers", async () => {
  await using city = await riverEngine();
  let broken = true;
  const reader: ObservationReader = Object.create(city.store.reader);
  reader.raw = (query) => (broken ? Promise.reject(new Error("disk is gone")) : city.store.reader.raw(query));
  const engine = createStatisticsEngine({
    definitions: [definitionOf("wx-river-level")],
    network: small,
    reader,
    datasets: emptyRows,
  });
  await city.store.writer.record([reading("rl-cam-le", "level", now, 1), reading("rl-ai-nghia", "level", now, 1)]);
  await engine.tick(now);
  expect(engine.get("wx-river-level")).toMatchObject({ status: "error", error: "disk is gone", value: null });
  broken = false;
  await engine.tick(now + hour);
  expect(engine.get("wx-river-level")).toMatchObject({ status: "ok", error: null });
});

test("a definition with mistakes is told all of them", () => {
  const good = definitionOf("wx-river-level");
  const problems = checkStatistic(
    {
      ...good,
      window: "three hours",
      input: [
        { kind: "river-level", properties: ["depth"] },
        { kind: "lake", properties: ["level"] },
      ],
      pipeline: [{ op: "readings", spam: 1 }, { op: "roll-up", measures: ["level"] }, { op: "magic" }],
    },
    network,
  );
  expect(problems.map((problem) => problem.slice(0, 60))).toEqual([
    'input[0]: kind "river-level" has no property "depth"',
    'input[1]: there is no station kind "lake"',
    'pipeline[0] (readings): Unrecognized key: "spam"',
    "pipeline[0] (readings): name `span` or `since`",
    'pipeline[1]: "roll-up" works on grid, but what comes before ',
    'pipeline[2]: there is no operator "magic"; known are accumul',
    "pipeline: it ends with grouped; the last steps must make a t",
    'window: "three hours" is no duration such as PT24H',
  ]);
  expect(checkStatistic(good, { ...network, reference: {} })).toEqual([
    'pipeline[2] (alarm-levels): reference table "flood_alarm" is missing',
    'pipeline[5] (thresholds): reference table "flood_alarm" is missing',
  ]);
});
