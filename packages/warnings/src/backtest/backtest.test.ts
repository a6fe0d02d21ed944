import { datastreamId } from "@ioc/contracts";
import type { Frame, WarningDefinition } from "@ioc/contracts";
import type { QualifiedObservation } from "@ioc/observations";
import { seededRandom } from "@ioc/testkit";
import { describe, expect, test } from "vitest";
import { TestCity, definition, eight, minute, network, reading, series } from "../engine/test-city.ts";
import { checkTrial, runBacktest } from "./backtest.ts";
import type { BacktestOptions } from "./backtest.ts";
import { readerOf } from "./test-reader.ts";

const hour = 60 * minute;
const day = 24 * hour;
const noRows = () => Promise.reject<Frame>(new Error("there are no rows"));

async function backtest(
  rule: string | WarningDefinition,
  stored: readonly QualifiedObservation[],
  more: Partial<BacktestOptions> & Pick<BacktestOptions, "from" | "to">,
) {
  const tried = typeof rule === "string" ? definition(rule) : rule;
  return await runBacktest(tried, {
    network,
    reader: readerOf(stored),
    frames: noRows,
    events: [],
    now: more.to,
    ...more,
  });
}

/** A random walk that jumps now and then, with lost, doubtful and missing stretches of readings. */
function walk(
  datastream: string,
  random: () => number,
  { from, every, count, top }: { from: number; every: number; count: number; top: number },
): QualifiedObservation[] {
  const readings: QualifiedObservation[] = [];
  let value = 0;
  let silentUntil = -1;
  for (let i = 0; i < count; i++) {
    if (random() < 0.01) silentUntil = i + Math.floor(40 * random());
    value = random() < 0.03 ? top * random() : Math.max(0, value + (random() - 0.55) * top * 0.1);
    if (i <= silentUntil || random() < 0.03) continue;
    const quality = random() < 0.02 ? 3 : 1;
    readings.push(reading(datastream, from + i * every, Number(value.toFixed(2)), quality));
  }
  return readings;
}

describe("the same alerts as in production", () => {
  const rules: [string, string, Record<string, { every: number; top: number }>][] = [
    ["w-street-flood", "street-flood", { depth: { every: 5 * minute, top: 0.7 } }],
    ["w-rain-intensity", "rain-gauge", { rain: { every: 10 * minute, top: 30 } }],
    ["w-wind-gust", "weather", { wind_speed: { every: 10 * minute, top: 30 }, gust: { every: 10 * minute, top: 40 } }],
    ["w-bridge-wind", "bridge-wind", { wind_speed: { every: minute, top: 30 }, gust: { every: minute, top: 40 } }],
    ["w-river-alarm", "river-level", { level: { every: hour, top: 12 } }],
    [
      "w-congestion",
      "traffic-counter",
      { speed: { every: 5 * minute, top: 60 }, car: { every: 5 * minute, top: 300 } },
    ],
  ];
  test.each(rules)("%s over random readings with gaps", async (rule, kind, properties) => {
    for (const seed of [1, 2, 3]) {
      const random = seededRandom(seed);
      const stations = network.stations.filter((station) => station.kind === kind).slice(0, 3);
      const stored = stations.flatMap(({ id }) =>
        Object.entries(properties).flatMap(([property, { every, top }]) =>
          walk(datastreamId(id, property), random, { from: eight, every, count: 400, top }),
        ),
      );
      const from = eight - day;
      const to = Math.max(...stored.map(({ phenomenonTime }) => phenomenonTime));
      await using city = await TestCity.open([rule], from);
      for (const [at, batch] of [...Map.groupBy(stored, ({ phenomenonTime }) => phenomenonTime)].sort(
        ([a], [b]) => a - b,
      )) {
        await city.engine.tick(at - 1);
        await city.send(batch, at);
      }
      const { items } = await city.store.list({ state: "all", limit: 5000, offset: 0 });
      const told = items
        .map(({ id, startedAt, firedAt, clearedAt, peakLevel }) => ({ id, startedAt, firedAt, clearedAt, peakLevel }))
        .sort((a, b) => (b.firedAt ?? 0) - (a.firedAt ?? 0) || b.id.localeCompare(a.id));
      const found = await backtest(rule, stored, { from, to });
      expect(
        found.alerts.map(({ id, startedAt, firedAt, clearedAt, peakLevel }) => ({
          id,
          startedAt,
          firedAt,
          clearedAt,
          peakLevel,
        })),
        `seed ${seed}`,
      ).toEqual(told);
      expect(found.error).toBeNull();
      if (seed === 1) expect(found.total).toBeGreaterThan(0);
    }
  });
});

describe("a street under water", () => {
  const depth = network.stations.find(({ kind }) => kind === "street-flood")!;
  const id = datastreamId(depth.id, "depth");
  // 25 dry readings, 8 at 0.25 m from minute 125 on, dry again for four hours.
  const stored = series(id, "0.01x24 0.25x7 0.01x48", eight, 5 * minute);
  const span = { from: eight - hour, to: eight + 8 * hour };

  test("is told with start, fired, cleared, highest level and subject", async () => {
    const found = await backtest("w-street-flood", stored, span);
    expect(found).toMatchObject({ total: 1, byLevel: { 1: 0, 2: 1, 3: 0, 4: 0 }, scores: null, stepMs: null });
    expect(found.bySubject).toEqual([{ id: depth.id, name: depth.name, alerts: 1 }]);
    const [alert] = found.alerts;
    expect(alert).toMatchObject({ subject: { type: "station", id: depth.id }, peakLevel: 2, outcome: null });
    // The median of three is wet from the second wet reading on, dry from the second dry one; two levels are left one by one.
    expect((alert!.firedAt - eight) / minute).toBe(140);
    expect((alert!.clearedAt! - eight) / minute).toBe(205);
  });

  test("with higher thresholds it is not told, with a longer hold neither", async () => {
    const present = definition("w-street-flood");
    const higher = { ...present, levels: present.levels.map((level) => ({ ...level, when: "d >= 0.4" })) };
    const slower = { ...present, levels: present.levels.map((level) => ({ ...level, for: "PT2H" })) };
    expect((await backtest(higher, stored, span)).total).toBe(0);
    expect((await backtest(slower, stored, span)).total).toBe(0);
  });

  test("an alert that was open when the span began is not counted, one that is open at its end has no end", async () => {
    const late = await backtest("w-street-flood", stored, { from: eight + 140 * minute, to: span.to });
    expect(late.total).toBe(0);
    const early = await backtest("w-street-flood", stored, { from: span.from, to: eight + 150 * minute });
    expect(early.alerts).toMatchObject([{ clearedAt: null, peakLevel: 2 }]);
  });

  test("against events: hit with its lead, and null below five events", async () => {
    const area = depth.areas[network.scheme]!;
    const event = { hazard: "urban-flood", area, started: eight + 150 * minute, ended: eight + 200 * minute };
    const found = await backtest("w-street-flood", stored, { ...span, events: [event], now: span.to + day });
    expect(found.alerts).toMatchObject([{ outcome: "hit", leadMs: 10 * minute }]);
    expect(found.scores).toMatchObject({ events: 1, hits: 1, misses: 0, falseAlarms: 0, pod: null, csi: null });
  });

  test("other work gets a turn, and can end it", async () => {
    let turns = 0;
    const all = network.stations.filter(({ kind }) => kind === "street-flood");
    const many = all.flatMap(({ id }) => series(datastreamId(id, "depth"), "0.01x200", eight, 5 * minute));
    const pause = () => {
      turns++;
      return Promise.resolve();
    };
    await backtest("w-street-flood", many, { ...span, to: eight + day, pause });
    expect(turns).toBeGreaterThan(3);
    const end = () => Promise.reject(new Error("nobody waits"));
    await expect(backtest("w-street-flood", many, { ...span, to: eight + day, pause: end })).rejects.toThrow(
      "nobody waits",
    );
  });
});

test("a silent station is told at the cadence of the rule", async () => {
  const gauge = network.stations.find(({ kind }) => kind === "rain-gauge")!;
  const beats = network.stations.flatMap(({ id, kind }) => {
    const fastest = network.kinds
      .find((one) => one.id === kind)!
      .properties.toSorted((a, b) => a.periodSeconds - b.periodSeconds)[0]!;
    const count = Math.floor((30 * hour) / (fastest.periodSeconds * 1000));
    return Array.from({ length: count }, (_, i) =>
      reading(datastreamId(id, fastest.id), eight - 20 * hour + i * fastest.periodSeconds * 1000, 1),
    ).filter(({ phenomenonTime }) => id !== gauge.id || phenomenonTime <= eight || phenomenonTime > eight + 2 * hour);
  });
  const found = await backtest("w-station-offline", beats, { from: eight - 4 * hour, to: eight + 6 * hour });
  expect(found.stepMs).toBe(5 * minute);
  expect(found.alerts.map(({ subject }) => subject.id)).toEqual([gauge.id]);
  const [alert] = found.alerts;
  expect((alert!.firedAt - eight) / minute).toBeGreaterThanOrEqual(30);
  expect((alert!.firedAt - eight) / minute).toBeLessThanOrEqual(35);
  expect(alert!.clearedAt).not.toBeNull();
});

describe("rules on rows", () => {
  const base = definition("w-dengue-ears");
  const frameAt = (now: number): Frame =>
    ({
      status: "ok",
      error: null,
      asOf: now,
      columns: [
        { id: "ward", role: "x", type: "category" },
        { id: "value", role: "y", type: "number" },
        { id: "c2", role: "y", type: "number" },
        { id: "k", role: "y", type: "number" },
      ],
      rows: [["20194", 12, now >= eight + day && now < eight + 3 * day ? 5 : 0, 1]],
    }) as unknown as Frame;

  test("are worked out at every `every`, as of each time", async () => {
    const asked: number[] = [];
    const found = await runBacktest(base, {
      network,
      reader: readerOf([]),
      frames: (_, now) => {
        asked.push(now);
        return Promise.resolve(frameAt(now));
      },
      events: [],
      from: eight,
      to: eight + 30 * day,
      now: eight + 30 * day,
    });
    expect(new Set(asked.slice(1).map((at, i) => at - (asked[i] ?? 0)))).toEqual(new Set([6 * hour]));
    expect(found).toMatchObject({ stepMs: 6 * hour, subjects: 1, total: 1 });
    expect(found.alerts[0]!.firedAt - (eight + day)).toBeLessThan(6 * hour);
    expect(found.alerts[0]!.clearedAt).not.toBeNull();
  });

  test("a pipeline that fails is told, and changes nothing", async () => {
    const found = await backtest(base, [], { from: eight, to: eight + day });
    expect(found).toMatchObject({ total: 0, error: "there are no rows" });
  });

  test("a span that needs steps wider than data stay fresh is refused", async () => {
    const quick = { ...base, every: "PT1M", staleAfter: "PT2M" };
    await expect(backtest(quick, [], { from: eight - 90 * day, to: eight })).rejects.toThrow("take a shorter one");
  });
});

test("a changed definition is judged without its own test vectors", () => {
  const present = definition("w-street-flood");
  const changed = (when: string) => ({ ...present, levels: present.levels.map((level) => ({ ...level, when })) });
  expect(checkTrial(changed("d >= 0.4"), network)).toEqual([]);
  expect(checkTrial(changed("d >= "), network)).not.toEqual([]);
});
