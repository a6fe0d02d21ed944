import { networkOf, readPack } from "@ioc/city-pack";
import type { QualifiedObservation } from "@ioc/observations";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { TestCity, definitions, eight, minute, network, reading } from "./test-city.ts";

const all = definitions.map(({ id }) => id);
const day = 24 * 60 * minute;

function everyStream(at: number): QualifiedObservation[] {
  return network.stations.flatMap((station) =>
    (network.kinds.find(({ id }) => id === station.kind)?.properties ?? []).map(({ id, min }) =>
      reading(`${station.id}:${id}`, at, id === "lit" ? 0 : Math.max(1, min ?? 0)),
    ),
  );
}

describe("with every rule on the whole network", () => {
  test("a batch of history evaluates nothing and tells nothing", async () => {
    await using city = await TestCity.open(all, eight);
    await city.engine.observe({ sequence: 1, observations: everyStream(eight) }, eight);
    const one = everyStream(eight - 30 * day);
    const observations = Array.from({ length: 50_000 }, (_, i) => ({
      ...one[i % one.length]!,
      phenomenonTime: eight - 30 * day + Math.floor(i / one.length) * 5 * minute,
    }));
    const before = await city.log(eight);
    const evaluated = city.engine.list(eight).map(({ lastEvaluatedAt }) => lastEvaluatedAt);
    for (let i = 0; i < 5; i++) await city.engine.observe({ sequence: 2 + i, observations }, eight + i + 1);
    expect(await city.log(eight)).toEqual(before);
    expect(city.engine.list(eight).map(({ lastEvaluatedAt }) => lastEvaluatedAt)).toEqual(evaluated);
  });

  test("four hundred stations that fail at once are alerts in one go", async () => {
    await using city = await TestCity.open(["w-station-offline"], eight);
    const heartbeats = network.stations.map(({ id }) => reading(`${id}:heartbeat`, eight, 1));
    await city.engine.observe({ sequence: 1, observations: heartbeats }, eight);
    await city.engine.observe(
      {
        sequence: 2,
        observations: heartbeats.slice(400).map((item) => ({ ...item, phenomenonTime: eight + 30 * minute })),
      },
      eight + 30 * minute,
    );
    expect(await city.engine.tick(eight + 31 * minute)).toHaveLength(400);
  });
});

test("headlines stay within 90 characters at every station, in both languages", async () => {
  const { headlineOf } = await import("./headline.ts");
  const { pack } = await readPack(resolve(import.meta.dirname, "../../../../fixtures/danang"));
  for (const definition of pack?.warnings ?? []) {
    for (const { name } of networkOf(pack!).stations) {
      for (const { level } of definition.levels) {
        const item = { vi: "Hội chứng cúm hoặc bệnh dài tên", en: "Hand, foot and mouth disease" };
        const plain = headlineOf(definition, level, { name }, 12_345.678);
        const withItem = headlineOf(definition, level, { name, item }, 12_345.678);
        for (const text of [plain.vi, plain.en, withItem.vi, withItem.en]) {
          expect([...text].length).toBeLessThanOrEqual(90);
          expect(text).not.toMatch(/[{}]/);
        }
      }
    }
  }
});
