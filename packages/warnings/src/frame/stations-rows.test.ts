import { describe, expect, test } from "vitest";
import { network, reading, series } from "../engine/test-city.ts";
import { cityOf, hour, iso, minute, now } from "./rows-city.ts";
import type { Row } from "./rows-city.ts";

const five = 5 * minute;

describe("w-pump-lake", () => {
  const rule = "w-pump-lake";
  /** Five pumps, starts at 1.0 m, empties the lake Đò Xu, which spills at 2.5 m. */
  const [pumps, lake] = ["ps-tram-bom-ho-do-xu", "ll-ho-do-xu"];
  /** A lake that no pump station empties. */
  const alone = "ll-ho-bau-sau";
  const gauges = network.stations.filter(({ kind }) => kind === "rain-gauge");

  interface Works {
    running: string;
    ready: string;
    sump: string;
    power: string;
  }
  const works = (values: Partial<Works>, from = now) => {
    const { running, ready, sump, power } = {
      running: "0x30",
      ready: "5x30",
      sump: "0.5x30",
      power: "1x30",
      ...values,
    };
    return [
      ...series(`${pumps}:pumps_running`, running, from, five),
      ...series(`${pumps}:pumps_ready`, ready, from, five),
      ...series(`${pumps}:sump_level`, sump, from, five),
      ...series(`${pumps}:power_ok`, power, from, five),
    ];
  };
  const lakes = (level: string, id = lake) => series(`${id}:level`, level, now, 2 * five);
  const rain = (every10: number) =>
    gauges.flatMap(({ id }) => series(`${id}:rain`, `${every10}x20`, now - 60 * minute, 2 * five));

  test("pumps that are missing for a quarter of an hour, and come back for half an hour", async () => {
    // 3 of 5 are 0.6; 4 of 5 are 0.8.
    const readings = [...works({ ready: "5x1 3x3 4x24" }), ...lakes("1.2x15"), ...rain(0)];
    await using city = await cityOf(rule, {}, readings);
    await city.pass(now, now + 100 * minute, five);
    expect(await city.log()).toEqual(["0.42 fired 1", "0.5 recovering 1", "1 cleared 0"]);
  });

  test("a near miss: ten minutes without mains, water below the start, a running pump", async () => {
    const readings = [
      ...works({ power: "1 0 0 1x27", sump: "1.49x10 1.6x20", running: "0x10 1x20" }),
      ...lakes("2.29x15"),
      ...rain(10),
    ];
    await using city = await cityOf(rule, {}, readings);
    await city.pass(now, now + 100 * minute, five);
    expect(await city.log()).toEqual([]);
    expect(city.list()).toMatchObject({ error: null });
  });

  test("water that rises without a pump, and in heavy rain without mains", async () => {
    const dry = [...works({ sump: "1.5x30" }), ...lakes("1.2x15"), ...rain(0)];
    await using city = await cityOf(rule, {}, dry);
    await city.pass(now, now + 20 * minute, five);
    expect(await city.levels()).toEqual({ [pumps]: 2 });
    // 21 mm in 60 minutes, sump 1 m above the start.
    const wet = [...works({ sump: "2x30", power: "0x30", running: "1x30" }), ...lakes("1.2x15"), ...rain(21 / 6)];
    await using storm = await cityOf(rule, {}, wet);
    await storm.pass(now, now + 20 * minute, five);
    expect(await storm.open()).toMatchObject([
      { level: 3, evidence: { signals: { r1: expect.closeTo(21, 5), pw: 0 } } },
    ]);
  });

  test("a lake close to spilling is its pump station's matter, or its own where it has none", async () => {
    const readings = [...works({}), ...lakes("2.3x15"), ...lakes("2.31x15", alone), ...rain(0)];
    await using city = await cityOf(rule, {}, readings);
    await city.pass(now, now + 20 * minute, five);
    expect(await city.levels()).toEqual({ [pumps]: 3, [alone]: 3 });
  });

  test("silence leaves the alert stale; what comes late and twice then counts", async () => {
    const start = [
      ...works({ running: "0x6", ready: "5x6", sump: "1.5x6", power: "1x6" }),
      ...lakes("1.2x3"),
      ...rain(0),
    ];
    await using city = await cityOf(rule, {}, start);
    await city.pass(now, now + 90 * minute, five);
    expect(await city.open()).toMatchObject([{ level: 2, stale: true, condition: "firing" }]);
    const late = [...works({ running: "2x40", ready: "5x40", sump: "1.2x40", power: "1x40" }), ...lakes("1.2x20")];
    await city.record([...late, ...late]);
    await city.pass(now + 90 * minute, now + 130 * minute, five);
    expect(await city.open()).toEqual([]);
  });
});

describe("w-fire-alarm", () => {
  const rule = "w-fire-alarm";
  const building = network.stations.find(({ kind }) => kind === "fire-alarm");
  const [fa, ward] = [building?.id ?? "", building?.areas[network.scheme] ?? ""];
  const tower = network.stations.find(({ kind }) => kind === "forest-fire")?.id ?? "";
  const alarm = (detectors: string, from = now - 20 * minute) => [
    ...series(`${fa}:detectors_active`, detectors, from, minute),
    ...series(`${fa}:alarm`, detectors.replaceAll(/(^| )[1-9]\d*/g, "$11"), from, minute),
  ];
  const call = (type: string, ago: number, area: string): Row => ({
    incident_id: `${type}-${ago}-${area}`,
    type,
    area_code: area,
    reported_at: iso(now - ago * minute),
  });

  test("the worked example: one detector for 3 min, then for 5, then three for two minutes", async () => {
    await using city = await cityOf(rule, {}, alarm("0x16 1x9 3x20"));
    // The alarm began three minutes ago.
    await city.review(now);
    expect(await city.open()).toMatchObject([
      { subject: { type: "station", id: fa }, level: 1, evidence: { signals: { a: 1, n: 1, age: 3, c: 0, sm: 0 } } },
    ]);
    await city.pass(now, now + 10 * minute, minute);
    expect(await city.log()).toEqual(["0 fired 1", "0.02 raised 2", "0.12 raised 3"]);
  });

  test("clears half an hour after the panel is at rest; another alarm within it is the same one", async () => {
    await using city = await cityOf(rule, {}, alarm("0x18 1x2 0x19 1x1 0x60"));
    await city.review(now);
    await city.pass(now, now + 60 * minute, minute);
    expect(await city.log()).toEqual([
      "0 fired 1",
      "0.03 recovering 1",
      "0.37 refired 1",
      "0.4 recovering 1",
      "0.9 cleared 0",
    ]);
  });

  test("a call to 114 from the ward confirms it; one from elsewhere, an old one or a false alarm does not", async () => {
    const elsewhere = [call("building", 5, "20194"), call("building", 15, ward), call("false-alarm", 5, ward)];
    await using city = await cityOf(rule, { "fire-incidents": elsewhere }, alarm("0x19 1x40"));
    await city.review(now);
    expect(await city.levels()).toEqual({ [fa]: 1 });
    city.rows["fire-incidents"] = [...elsewhere, call("building", 1, ward)];
    await city.review(now + minute);
    expect(await city.levels()).toEqual({ [fa]: 3 });
  });

  test("smoke and flame in the forest; 4.9 is fog", async () => {
    const smoke = (values: string, flames = "0x9") => [
      ...series(`${tower}:smoke`, values, now, five),
      ...series(`${tower}:flame`, flames, now, five),
    ];
    await using city = await cityOf(rule, {}, smoke("4.9 4.9 5 9.9 10 3 2.9x3", "0x5 0x4"));
    await city.pass(now - minute, now + 40 * minute, minute);
    expect(await city.log()).toEqual(["0.17 fired 1", "0.33 raised 2", "0.5 recovering 2"]);
    await using burning = await cityOf(rule, {}, smoke("10", "1"));
    await burning.review(now);
    expect(await burning.levels()).toEqual({ [tower]: 3 });
  });

  test("a panel that falls silent in an alarm stays in alarm and grows stale; late and again, it says how it went on", async () => {
    await using city = await cityOf(rule, {}, alarm("0x18 1x3"));
    await city.review(now);
    await city.pass(now, now + 30 * minute, minute);
    expect(await city.open()).toMatchObject([{ level: 2, stale: true }]);
    const late = alarm("0x18 1x3 0x60");
    await city.record([...late, ...late]);
    await city.record([reading(`${fa}:alarm`, now + 30 * minute, 0)]);
    await city.pass(now + 30 * minute, now + 2 * hour, minute);
    expect(await city.open()).toEqual([]);
  });
});
