import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatasets } from "@ioc/catalogue";
import type { Datasets } from "@ioc/catalogue";
import { renderSvg } from "@ioc/charts";
import { datastreamSpecs, networkOf } from "@ioc/city-pack";
import { frame as frameSchema, statisticDefinition } from "@ioc/contracts";
import type { Frame, LocalizedText, Network, ObservedProperty, QualityFlag } from "@ioc/contracts";
import type { QualifiedObservation } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import type { Observations } from "@ioc/observations/sqlite";
import { seededRandom, temporaryFolder } from "@ioc/testkit";
import { checkStatistic, createStatisticsEngine } from "./index.ts";
import { randomRows } from "./test-rows.ts";
import { datasetsOf } from "./view.ts";
import { day, hour, minute, network as fullNetwork, pack } from "./test-city.ts";

/** 3 November 2026, 15:20 in the city: inside a day, a month and an hour. */
const now = Date.parse("2026-11-03T08:20:00Z");
/** Long enough for rain of 72 hours and the month so far; the week profile of traffic needs two weeks. */
const startOf = (kind: string) => now - (kind === "traffic-counter" ? 15 * day : 76 * hour);
const definitions = pack.statistics;

/** Two stations of every kind, and those that definitions or reference tables name. */
function someStations(): Network {
  const named = JSON.stringify([definitions, pack.reference["flood_alarm"], pack.reference["reservoirs"]]);
  const kept = new Map<string, number>();
  const stations = fullNetwork.stations.filter((station) => {
    const seen = kept.get(station.kind) ?? 0;
    if (seen >= 2 && !named.includes(`"${station.id}"`)) return false;
    kept.set(station.kind, seen + 1);
    return true;
  });
  return { ...fullNetwork, stations };
}
const network = someStations();

/** Plausible values in range, some doubtful or missing ones, from a seed. */
function seriesOf(id: string, from: number, property: ObservedProperty, random: () => number): QualifiedObservation[] {
  const period = property.periodSeconds * 1000;
  const low = Math.max(0, property.min ?? 0);
  const width = Math.min((property.max ?? low + 40) - low, 40);
  const found: QualifiedObservation[] = [];
  for (let time = Math.ceil(from / period) * period; time <= now; time += period) {
    const chance = random();
    if (chance < 0.01) continue;
    const quality: QualityFlag = chance < 0.02 ? 3 : chance < 0.3 ? 2 : 1;
    const raw = property.id === "depth" ? random() * 0.25 : low + random() * width;
    const result = chance < 0.015 ? 9999 : Number(raw.toFixed(property.decimals));
    found.push({ datastream: id, phenomenonTime: time, resultTime: time, result, quality, reasons: [] });
  }
  return found;
}

function readings(): QualifiedObservation[] {
  const random = seededRandom(7);
  const used = new Set(
    definitions.flatMap(({ input }) =>
      input.flatMap((one) => ("kind" in one ? one.properties.map((property) => `${one.kind} ${property}`) : [])),
    ),
  );
  return network.stations.flatMap((station) => {
    const kind = network.kinds.find(({ id }) => id === station.kind);
    return (kind?.properties ?? [])
      .filter((property) => used.has(`${station.kind} ${property.id}`))
      .flatMap((property) => seriesOf(`${station.id}:${property.id}`, startOf(station.kind), property, random));
  });
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}

/** Rows of every dataset that a definition reads. */
function datasetRows(): Map<string, Record<string, unknown>[]> {
  const random = seededRandom(11);
  const used = new Set(definitions.flatMap(datasetsOf));
  return new Map(
    network.datasets.flatMap((dataset) =>
      used.has(dataset.id) ? [[dataset.id, randomRows(dataset, network, random, now)] as const] : [],
    ),
  );
}

/** Observations and rows of a city in real files. */
interface City {
  store: Observations;
  datasets: Datasets;
}

async function putRows(datasets: Datasets, rows: ReadonlyMap<string, readonly unknown[]>, at = now): Promise<void> {
  for (const [id, all] of rows) {
    const { problems } = await datasets.put(id, all, { synthetic: true, now: at });
    if (problems.length > 0) throw new Error(`${id}: ${JSON.stringify(problems[0])}`);
  }
}

async function record(store: Observations, items: readonly QualifiedObservation[]): Promise<void> {
  for (let i = 0; i < items.length; i += 20_000) await store.writer.record(items.slice(i, i + 20_000));
}

/** The frame without the time of its calculation. */
const comparable = (frame: Frame) => ({ ...frame, computedAt: 0 });

describe("every definition of the pack", () => {
  const folder = temporaryFolder();
  const cities: City[] = [];
  const open = async (name: string): Promise<City> => {
    const store = await openObservations({ file: join(folder.path, `${name}.db`) });
    const datasets = openDatasets({
      file: join(folder.path, `${name}-rows.db`),
      definitions: network.datasets,
      timeZone: network.timezone,
    });
    const city = { store, datasets };
    cities.push(city);
    await store.writer.register(datastreamSpecs(network));
    return city;
  };
  let incremental: Map<string, Frame>;
  /** Fresh results at the time of the incremental ones. */
  let again: Map<string, Frame>;
  let fresh: Map<string, Frame>;
  let mixed: Map<string, Frame>;
  let empty: Map<string, Frame>;
  /** Every grouping of every definition, by scheme. */
  const views: { scheme: string; id: string; group: string; frame: Frame }[] = [];

  const collectViews = async ({ store, datasets }: City, seen: Network) => {
    const engine = createStatisticsEngine({ definitions, network: seen, reader: store.reader, datasets });
    for (const { id, groups } of definitions) {
      for (const group of groups) {
        views.push({ scheme: seen.scheme, id, group, frame: await engine.frame(id, { group }, now) });
      }
    }
  };

  const framesOf = async (city: City, at: number, engine = engineOf(city)) => {
    await engine.tick(at);
    const entries = definitions.map(async ({ id }) => [id, await engine.frame(id, {}, at)] as const);
    return new Map(await Promise.all(entries));
  };
  const engineOf = ({ store, datasets }: City) =>
    createStatisticsEngine({ definitions, network, reader: store.reader, datasets });

  beforeAll(async () => {
    const all = readings();
    const early = all.filter(({ phenomenonTime }) => phenomenonTime <= now - 20 * minute);
    const late = all.filter(({ phenomenonTime }) => phenomenonTime > now - 20 * minute);
    // One hour ago something is corrected and something arrives late.
    const held = early.filter((_, i) => i % 997 === 0);
    const wrong = early.filter((_, i) => i % 997 === 500).map((o) => ({ ...o, result: 1 }));

    const steps = await open("steps");
    const engine = engineOf(steps);
    steps.store.changes.subscribe((change) => engine.observe(change));
    steps.datasets.subscribe(({ dataset }) => engine.observeRows(dataset));
    const rows = datasetRows();
    const some = (keep: (i: number) => boolean) =>
      new Map([...rows].map(([id, all]) => [id, all.filter((_, i) => keep(i))] as const));
    const heldSet = new Set(held);
    await record(
      steps.store,
      early.filter((o) => !heldSet.has(o)),
    );
    await record(steps.store, wrong);
    await putRows(
      steps.datasets,
      some((i) => i % 3 === 0),
      now - 20 * minute,
    );
    await engine.tick(now - 20 * minute);
    await record(steps.store, held);
    await record(
      steps.store,
      early.filter((_, i) => i % 997 === 500),
    );
    await putRows(
      steps.datasets,
      some((i) => i % 3 === 1),
      now - 10 * minute,
    );
    await engine.tick(now - 10 * minute);
    await record(steps.store, late);
    await putRows(steps.datasets, rows);
    incremental = await framesOf(steps, now, engine);
    fresh = await framesOf(steps, now);
    again = new Map();
    for (const [id, { computedAt }] of incremental) again.set(id, await engineOf(steps).frame(id, {}, computedAt));
    await collectViews(steps, network);
    const before = networkOf(pack, "dn-2024");
    const kept = new Set(network.stations.map(({ id }) => id));
    await collectViews(steps, { ...before, stations: before.stations.filter(({ id }) => kept.has(id)) });

    const anyOrder = await open("mixed");
    await record(anyOrder.store, shuffled(all, seededRandom(3)));
    const mixedRows = [...rows].map(([id, items]) => [id, shuffled(items, seededRandom(5))] as const);
    await putRows(anyOrder.datasets, new Map(mixedRows));
    mixed = await framesOf(anyOrder, now);
    empty = await framesOf(await open("empty"), now);
  }, 120_000);

  afterAll(async () => {
    await Promise.all(cities.flatMap(({ store, datasets }) => [store.close(), datasets.close()]));
    folder[Symbol.dispose]();
  });

  test("there are at least 140 in sixteen domains, with every kind of chart that answers a question", () => {
    expect(definitions.length).toBeGreaterThanOrEqual(140);
    expect(new Set(definitions.map(({ id }) => id)).size).toBe(definitions.length);
    expect(new Set(definitions.map(({ domain }) => domain)).size).toBe(16);
    expect(new Set(definitions.map(({ chart }) => chart)).size).toBeGreaterThanOrEqual(15);
  });

  test("examples and figures of the past are kept with the definitions", () => {
    expect(definitions.filter(({ checks }) => checks.length > 0).length).toBeGreaterThanOrEqual(60);
    expect(definitions.filter(({ seeds }) => seeds.length > 0).length).toBeGreaterThanOrEqual(30);
  });

  for (const definition of definitions) {
    const { id } = definition;
    describe(id, () => {
      test("is well formed, runs in the network, and says where its numbers come from", () => {
        expect(statisticDefinition.safeParse(definition).error).toBeUndefined();
        expect(checkStatistic(definition, fullNetwork)).toEqual([]);
        expect(pack.domains.map((domain) => domain.id)).toContain(definition.domain);
        for (const threshold of definition.thresholds) expect(threshold.source).not.toBe("");
        if (definition.target?.basis === "project") expect(definition.target.source).toMatch(/^Project setting/);
      });

      test("has texts in both languages", () => {
        const texts: LocalizedText[] = [definition.name, definition.question, definition.measures, definition.method];
        for (const { vi, en } of texts) {
          expect(vi.trim()).not.toBe(en.trim());
          expect([vi, en].every((one) => one.trim().length > 3 && one === one.normalize("NFC"))).toBe(true);
        }
        expect(definition.question.vi.endsWith("?") && definition.question.en.endsWith("?")).toBe(true);
        expect(definition.name.vi).not.toMatch(/^[\x20-\x7e]*$/);
      });

      test("has no value without readings", () => {
        const frame = empty.get(id);
        expect([frame?.value, frame?.previous, frame?.status, frame?.asOf]).toEqual([null, null, "empty", null]);
      });

      test("says where it stands: value or why not, age, coverage", () => {
        const frame = fresh.get(id) as Frame;
        expect([frame.error, frame.status === "ok"]).toEqual([null, Number.isFinite(frame.value)]);
        expect(["ok", "insufficient"]).toContain(frame.status);
        expect(frame.synthetic).toBe(datasetsOf(definition).length > 0);
        expect(frame.coverage ?? 2).toBeLessThanOrEqual(1);
        expect(frame.asOf).not.toBeNull();
        expect(frame.asOf ?? Infinity).toBeLessThanOrEqual(now);
        expect(frame.finding === null || frame.finding.vi !== frame.finding.en).toBe(true);
      });

      const keeps = (frame: Frame) => {
        expect(frame.error).toBeNull();
        expect(frameSchema.safeParse(frame).error).toBeUndefined();
        for (const row of frame.rows) {
          expect(row).toHaveLength(frame.columns.length);
          for (const [i, cell] of row.entries()) {
            const type = frame.columns[i]?.type;
            if (cell !== null) expect(typeof cell).toBe(type === "number" || type === "time" ? "number" : "string");
            if (typeof cell === "number") expect(Number.isFinite(cell)).toBe(true);
          }
        }
        expect(new Set(frame.columns.map((column) => column.id)).size).toBe(frame.columns.length);
        expect(frame.columns.some(({ role }) => role === "value")).toBe(true);
      };

      test("keeps the contract in every view of both schemes, with finite numbers only", () => {
        const own = views.filter((view) => view.id === id);
        expect(own).toHaveLength(2 * definition.groups.length);
        for (const { frame, group, scheme } of own) {
          keeps(frame);
          // The older scheme knows of its stations only the district, and rows name units of the newer one.
          // Of hotspots there may be none.
          if (scheme !== "dn-2024" && id !== "fb-hotspots") expect(frame.rows.length).toBeGreaterThan(0);
          expect(frame.group).toBe(group === "district" && scheme === "dn-2025" ? "ward" : group);
          const areas = pack.areas.filter((area) => area.scheme === scheme).map((area) => area.id);
          const column = frame.columns.findIndex(({ type }) => type === "area");
          if (column >= 0) for (const row of frame.rows) expect(areas).toContain(row[column]);
        }
      });

      test("is drawn in light and dark, in both languages", () => {
        const frame = fresh.get(id) as Frame;
        for (const theme of ["light", "dark"] as const) {
          for (const lang of ["vi", "en"] as const) {
            const svg = renderSvg(
              {
                kind: definition.chart,
                title: definition.question,
                subtitle: definition.measures,
                source: definition.source,
              },
              frame,
              { width: 720, theme, lang, now, nameOf: (name) => name },
            );
            expect(svg).toMatch(/^<svg [\s\S]*<\/svg>$/);
            expect(svg).not.toMatch(/NaN|undefined|Infinity/);
          }
        }
      });

      test("does not depend on the order of readings and rows", () => {
        expect(comparable(mixed.get(id) as Frame)).toEqual(comparable(fresh.get(id) as Frame));
      });

      test("ends the same step by step as in one go", () => {
        expect(incremental.get(id)).toEqual(again.get(id));
      });
    });
  }
});
