import { describe, expect, test } from "vitest";
import { TestCity, eight, minute, network, reading, series } from "./test-city.ts";

const hour = 60 * minute;

describe("w-river-alarm", () => {
  const level = "rl-ai-nghia:level";

  test("fires at the alarm levels of the gauge and clears with hysteresis", async () => {
    await using city = await TestCity.open(["w-river-alarm"], eight);
    await city.play(level, "6.4 6.6 8.95 9.02 8.95 8.85x4 6.3x6", eight, hour);
    expect(await city.log(eight)).toEqual([
      "60 fired 1",
      "120 raised 2",
      "180 raised 3",
      "300 recovering 3",
      "480 lowered 2",
      "600 recovering 2",
      "780 lowered 1",
      "840 cleared 0",
    ]);
  });

  test("says by which decision, and how sure the table is", async () => {
    await using city = await TestCity.open(["w-river-alarm"], eight);
    await city.send([reading(level, eight, 9.02)]);
    expect(await city.open()).toMatchObject([
      {
        scale: "risk",
        level: 3,
        severity: "Severe",
        headline: {
          vi: "Mực nước Ái Nghĩa (sông Vu Gia) 9,02 m, trên báo động III",
          en: "Water level at Ai Nghia (Vu Gia river) 9.02 m, above alarm III",
        },
        evidence: { basis: "official", when: "h >= bd3", signals: { h: 9.02, bd1: 6.5, bd2: 8, bd3: 9 } },
      },
    ]);
    await city.send([reading(level, eight + hour, 10)]);
    expect(await city.open()).toMatchObject([{ level: 4, evidence: { basis: "project" } }]);
  });

  test("never shows a local step as official; a gauge without steps is not watched", async () => {
    await using city = await TestCity.open(["w-river-alarm"], eight);
    await city.send([reading("rl-dap-an-trach:level", eight, 3.1), reading("rl-cau-song-han:level", eight, 9)]);
    expect(await city.open()).toMatchObject([
      { subject: { id: "rl-dap-an-trach" }, level: 1, evidence: { basis: "project" } },
    ]);
    expect(city.engine.list(eight)).toMatchObject([{ subjects: 14, openAlerts: 1, lastEvaluatedAt: eight }]);
  });

  test("a gauge that falls silent at high water stays at its level", async () => {
    await using city = await TestCity.open(["w-river-alarm"], eight);
    await city.play(level, "9.02", eight, hour);
    await city.engine.tick(eight + 10 * hour);
    expect(await city.log(eight)).toEqual(["0 fired 3", "240 stale 3"]);
  });

  test("stays silent just below", async () => {
    await using city = await TestCity.open(["w-river-alarm"], eight);
    await city.play(level, "6.49x8", eight, hour);
    expect(await city.log(eight)).toEqual([]);
  });
});

describe("w-river-rise", () => {
  const lower = "rl-ai-nghia:level";
  const upper = "rl-nong-son:level";

  test("fires on the mean rise over three hours and clears with hysteresis", async () => {
    await using city = await TestCity.open(["w-river-rise"], eight);
    await city.play(lower, "2 2.1 2.2 2.5 2.8 3.3 3.5 3.6 3.65 3.75 3.85 3.9 3.95 3.95x4", eight, hour);
    // v3 from the 4th reading: 0.167 0.233 0.367 0.333 0.267 0.117 0.083 0.083 0.083 0.067 0.033 0.017 0
    expect(await city.log(eight)).toEqual([
      "180 fired 1",
      "300 raised 2",
      "480 recovering 2",
      "660 lowered 1",
      "780 recovering 1",
      "960 cleared 0",
    ]);
  });

  test("upper rivers need more, and one fast hour is a flash flood", async () => {
    await using city = await TestCity.open(["w-river-rise"], eight);
    await city.play(upper, "5 5.3 5.6 5.9 6.2", eight, hour);
    expect(await city.log(eight)).toEqual([]);
    await city.play(upper, "8.2", eight + 5 * hour, hour);
    expect(await city.log(eight)).toEqual(["300 fired 3"]);
  });

  test("rain at the three nearest gauges decides the second level of an upper river", async () => {
    await using city = await TestCity.open(["w-river-rise"], eight);
    const gauges = city.aroundOf("w-river-rise", "rl-nong-son");
    expect(gauges).toHaveLength(3);
    await city.send(series(upper, "5 5.7 6.4 7.1", eight, hour));
    expect(await city.log(eight)).toEqual(["180 fired 1"]);
    const rain = (id: string) => series(id, "4x17", eight + 10 * minute, 10 * minute);
    await city.send(gauges.slice(0, 2).flatMap(rain), eight + 3 * hour);
    expect(await city.log(eight)).toEqual(["180 fired 1"]);
    await city.send(rain(gauges[2] ?? ""), eight + 3 * hour + minute);
    expect(await city.log(eight)).toEqual(["180 fired 1", "180 raised 2"]);
  });

  test("a missing earlier reading is not made up", async () => {
    await using city = await TestCity.open(["w-river-rise"], eight);
    await city.play(lower, "2 _ _ _ 4", eight, hour);
    expect(await city.log(eight)).toEqual([]);
  });

  test("watches every river gauge and no rain gauge", async () => {
    await using city = await TestCity.open(["w-river-rise"], eight);
    const rivers = network.stations.filter(({ kind }) => kind === "river-level").length;
    expect(city.engine.list(eight)).toMatchObject([{ subjects: rivers }]);
  });
});
