import { datastreamId } from "@ioc/contracts";
import type { Frame, WarningDefinition } from "@ioc/contracts";
import type { QualifiedObservation } from "@ioc/observations";
import { seededRandom } from "@ioc/testkit";
import { expect, test } from "vitest";
import { TestCity, definition, eight, minute, network, reading } from "../engine/test-city.ts";
import { runBacktest } from "./backtest.ts";
import { readerOf } from "./test-reader.ts";

const step = 5 * minute;
const steps = 2 * 24 * 12;
const kinds = ["parking", "river-level", "tide", "salinity"];
const offline = definition("w-station-offline");
const rule: WarningDefinition = {
  ...offline,
  inputs: offline.inputs.filter((input) => "kind" in input && kinds.includes(input.kind)),
};
/** The engine's clock begins where the backtest looks back to: hold, clearing and missing data before the span. */
const begin = eight - (15 + 30 + 30) * minute;
const stations = network.stations.filter(({ kind }) => kinds.includes(kind));

/** Heartbeats on the grid of the rule: now and then one is lost, a station falls silent for most of an hour or up to ten, or a whole kind does. */
function heartbeats(seed: number): QualifiedObservation[] {
  const random = seededRandom(seed);
  const silentUntil = new Map<string, number>();
  const silence = (id: string, i: number, most: number) => silentUntil.set(id, i + Math.ceil(most * random()));
  const beats: QualifiedObservation[] = stations.map(({ id }) => reading(datastreamId(id, "heartbeat"), begin, 1));
  for (let i = 2; i <= steps; i += 2) {
    if (random() < 0.004) {
      const kind = kinds[Math.floor(kinds.length * random())];
      for (const one of stations) if (one.kind === kind && random() < 0.6) silence(one.id, i, 40);
    }
    for (const { id } of stations) {
      if (random() < 0.01) silence(id, i, random() < 0.7 ? 9 : 120);
      if (i > (silentUntil.get(id) ?? 0) && random() > 0.02) {
        beats.push(reading(datastreamId(id, "heartbeat"), begin + i * step, 1));
      }
    }
  }
  return beats;
}

const cleared = (clear: string) => ({ ...rule, levels: rule.levels.map((level) => ({ ...level, clear })) });

test.each([
  ["as it is", rule],
  ["with clearing conditions that are true together with the levels'", cleared("late <= 1.6")],
  ["with clearing conditions that quiet stretches do not decide", cleared("late <= 0.5")],
])("silence is found as the engine finds it at the same times, %s", async (_name, tried) => {
  const beats = heartbeats(11);
  const to = begin + steps * step;
  await using city = await TestCity.open([tried], begin);
  const due = Map.groupBy(beats, ({ phenomenonTime }) => phenomenonTime);
  for (let at = begin; at <= to; at += step) {
    const batch = due.get(at);
    if (batch) await city.send(batch, at);
    await city.engine.tick(at);
  }
  const { items } = await city.store.list({ state: "all", limit: 5000, offset: 0 });
  const told = items
    .map(({ id, startedAt, firedAt, clearedAt, peakLevel }) => ({ id, startedAt, firedAt, clearedAt, peakLevel }))
    .filter(({ firedAt }) => firedAt !== null && firedAt > eight)
    .sort((a, b) => b.firedAt! - a.firedAt! || b.id.localeCompare(a.id));
  const found = await runBacktest(tried, {
    network,
    reader: readerOf(beats),
    frames: () => Promise.reject<Frame>(new Error("there are no rows")),
    events: [],
    from: eight,
    to,
    now: to,
  });
  expect(found.error).toBeNull();
  expect(found.total).toBeGreaterThan(20);
  expect(
    found.alerts.map(({ id, startedAt, firedAt, clearedAt, peakLevel }) => ({
      id,
      startedAt,
      firedAt,
      clearedAt,
      peakLevel,
    })),
  ).toEqual(told);
});
