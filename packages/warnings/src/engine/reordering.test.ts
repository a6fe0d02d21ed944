import { seededRandom } from "@ioc/testkit";
import { describe, expect, test } from "vitest";
import { array, assert, constantFrom, integer, nat, property, record, tuple, uniqueArray } from "fast-check";
import type { WarningDefinition } from "@ioc/contracts";
import { compileRule } from "../rule/compile.ts";
import { isOpen } from "../state/state.ts";
import type { MachineState } from "../state/state.ts";
import { RecentReadings } from "./recent-readings.ts";
import { StationContacts } from "./station-contacts.ts";
import { SubjectRun } from "./subject-run.ts";
import { TestCity, definition, eight, minute, network, reading, series } from "./test-city.ts";

const seed = 20_261_023;
const station = "sf-phuong-an-khe";
const depth = `${station}:depth`;

const flood: WarningDefinition = definition("w-street-flood");

function runOf(): { run: SubjectRun; readings: RecentReadings } {
  const horizon = 6 * 60 * minute;
  const readings = new RecentReadings(new Map([[depth, horizon]]));
  const rule = compileRule(flood, network, { readings, contacts: new StationContacts(0) });
  const subject = rule.subjects.find((candidate) => candidate.station.id === station);
  if (!subject) throw new Error("the station is not watched");
  return { run: new SubjectRun({ ...rule, horizon }, subject, readings), readings };
}

/** What is to be shown of an open alert. */
function shown({ condition, level, stale, episode }: MachineState, open: boolean) {
  return open ? { condition, level, stale, episode } : null;
}

interface Delivery {
  minute: number;
  value: number;
}

/** Delivers readings in the order given, committing each outcome; returns what is open at `end`. */
function deliver(deliveries: readonly Delivery[], end: number) {
  const { run, readings } = runOf();
  let now = eight;
  for (const { minute: at, value } of deliveries) {
    const time = eight + at * minute;
    now = Math.max(now, time);
    if (!readings.put(depth, time, value)) continue;
    const outcomes = run.readingsChanged(time, [time], now);
    if (outcomes.length > 0) run.settle({} as never);
  }
  if (run.clock(end).length > 0) run.settle({} as never);
  return shown(run.told, isOpen(run.told));
}

test("duplicates and any order of the same readings end in the same alert", () => {
  const arbitrary = uniqueArray(integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 30 }).chain((slots) =>
    record({
      readings: tuple(
        ...slots.map((slot) =>
          constantFrom(0, 0.05, 0.08, 0.12, 0.18, 0.25, 0.35, 0.6).map((value) => ({ minute: slot * 5, value })),
        ),
      ),
      order: array(nat(1000), { minLength: slots.length, maxLength: slots.length }),
      repeats: array(nat(29), { maxLength: 10 }),
    }),
  );
  let open = 0;
  assert(
    property(arbitrary, ({ readings, order, repeats }) => {
      const end = eight + 301 * minute;
      const sorted = readings.toSorted((a, b) => a.minute - b.minute);
      const mixed = readings
        .map((item, index) => ({ item, key: order[index] ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item);
      const repeated = mixed.flatMap((item, index) => (repeats.includes(index) ? [item, item] : [item]));
      const expected = deliver(sorted, end);
      expect(deliver(repeated, end)).toEqual(expected);
      if (expected) open++;
    }),
    { seed, numRuns: 200 },
  );
  expect(open).toBeGreaterThan(40);
});

describe("a stream much denser than the horizon", () => {
  /** Ten readings a second for four minutes in waves that cross every level; some of them late. */
  const waves = Array.from({ length: 2400 }, (_, i) => ({
    minute: i / 600,
    value: Number((0.3 + 0.3 * Math.sin(i / 200)).toFixed(3)),
  }));

  test("is the same in order and with late readings, from few states", () => {
    const random = seededRandom(seed);
    const late = waves.filter(() => random() < 0.03);
    const rest = waves.filter((one) => !late.includes(one));
    const mixed = [...rest.slice(0, 1200), ...late.filter((one) => one.minute < 2), ...rest.slice(1200)];
    const end = eight + 5 * minute;
    expect(late.length).toBeGreaterThan(50);
    expect(deliver([...mixed, ...late], end)).toEqual(deliver(waves, end));
    const { run, readings } = runOf();
    for (const { minute: at, value } of waves) {
      readings.put(depth, eight + at * minute, value);
      run.readingsChanged(eight + at * minute, [eight + at * minute], eight + at * minute);
    }
    expect(run.statesHeld).toBeLessThan(10);
  });
});

describe("through the whole city", () => {
  test("the log replays to the same projection after lateness, corrections and a restart", async () => {
    await using city = await TestCity.open(["w-street-flood", "w-river-alarm"], eight, "stored");
    const five = 5 * minute;
    const batch = [...series(depth, "0.6x3 0.2x4 0x20", eight, five), reading("rl-ai-nghia:level", eight, 9.5)];
    await city.send(batch.toReversed());
    await city.send(batch.slice(3));
    await city.restart(eight + 140 * minute);
    await city.play(depth, "0.4x4", eight + 140 * minute, five);
    const before = await city.store.list({ state: "all", limit: 100, offset: 0 });
    expect(before.total).toBeGreaterThan(1);
    await city.store.writer.rebuild();
    expect(await city.store.list({ state: "all", limit: 100, offset: 0 })).toEqual(before);
  });

  test("random deliveries leave a log without breaks that replays to the same projection", async () => {
    await using city = await TestCity.open(["w-street-flood"], eight);
    const random = seededRandom(seed);
    const stations = network.stations.filter(({ kind }) => kind === "street-flood").slice(0, 3);
    const depths = [0, 0.02, 0.08, 0.15, 0.3, 0.6];
    let now = eight;
    for (let i = 0; i < 400; i++) {
      now += Math.floor(random() * 3) * minute;
      const id = stations[Math.floor(random() * stations.length)]?.id ?? "";
      const time = now - Math.floor(random() ** 3 * 60) * minute;
      const value = depths[Math.floor((i / 40 + random() * 3) % depths.length)] ?? 0;
      if (random() < 0.15) await city.engine.tick(now);
      else await city.send([reading(`${id}:depth`, time, value)], now);
    }
    const before = await city.store.list({ state: "all", limit: 1000, offset: 0 });
    expect(before.total).toBeGreaterThan(4);
    for (const { id } of before.items) {
      const { items } = await city.store.events(id, { limit: 1000, offset: 0 });
      expect(items[0]?.type).toBe("fired");
      for (const [index, event] of items.entries()) {
        const last = items[index - 1];
        if (last && event.type !== "stale" && event.type !== "error" && last.type !== "fresh") {
          expect(event.from.level).toBe(last.to.level);
        }
      }
    }
    await city.store.writer.rebuild();
    expect(await city.store.list({ state: "all", limit: 1000, offset: 0 })).toEqual(before);
  });

  test("what could not be committed is told once it can be", async () => {
    await using city = await TestCity.open(["w-river-alarm"], eight);
    const level = "rl-ai-nghia:level";
    await city.send([reading(level, eight, 9.5)]);
    const [open] = await city.open();
    if (!open) throw new Error("no alert");
    const foreign = { ...open, id: "foreign", subject: { type: "station" as const, id: "rl-cau-lau" } };
    const { sequence: _sequence, evidence, ...after } = foreign;
    const told = (condition: "firing" | "cleared") => ({
      event: {
        alert: foreign.id,
        type: condition === "firing" ? ("fired" as const) : ("cleared" as const),
        time: eight,
        processedAt: eight,
        actor: "test",
        from: { condition: null, level: 0 },
        to: { condition, level: 1 },
        evidence,
      },
      after: { ...after, condition },
      machine: {} as MachineState,
    });
    await city.store.writer.append([told("firing")]);
    const second = reading("rl-cau-lau:level", eight + minute, 4.5);
    await expect(city.send([second])).rejects.toThrow(/UNIQUE/);
    await city.store.writer.append([told("cleared")]);
    expect(await city.engine.tick(eight + 2 * minute)).toMatchObject([
      { definition: "w-river-alarm", subject: { id: "rl-cau-lau" }, level: 3 },
    ]);
    expect(await city.engine.tick(eight + 3 * minute)).toEqual([]);
  });

  test("a thousand triggers at once make one alert", async () => {
    await using city = await TestCity.open(["w-river-alarm"], eight);
    const triggers = Array.from({ length: 1000 }, (_, i) =>
      reading("rl-ai-nghia:level", eight + i * 1000, 9.5 + i / 1e4),
    );
    await Promise.all(
      triggers.map((item) => city.engine.observe({ sequence: 1, observations: [item] }, eight + 1_000_000)),
    );
    expect(await city.log(eight)).toEqual(["0 fired 3"]);
  });
});
