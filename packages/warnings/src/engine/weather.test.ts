import { describe, expect, test } from "vitest";
import { TestCity, eight, minute, network, reading, series } from "./test-city.ts";

const ten = 10 * minute;

function first(kind: string): string {
  const found = network.stations.find((station) => station.kind === kind);
  if (!found) throw new Error(`no station of kind ${kind}`);
  return found.id;
}

describe("w-rain-intensity", () => {
  const rain = `${first("rain-gauge")}:rain`;

  test("fires on the sum of an hour and of three, and clears with hysteresis", async () => {
    await using city = await TestCity.open(["w-rain-intensity"], eight);
    await city.play(rain, "0x17 5 6 7 8 9 15 4 0x30", eight, ten);
    // r1: 30 needs 5+6+7+8 = 26, +9 = 35 at 220; +15 = 50 at 230; r3 stays at 54 and falls below 50 after three hours.
    expect(await city.log(eight)).toEqual([
      "220 fired 1",
      "230 raised 2",
      "260 recovering 2",
      "320 lowered 1",
      "360 recovering 1",
      "420 cleared 0",
    ]);
  });

  test("stays silent on a near miss", async () => {
    await using city = await TestCity.open(["w-rain-intensity"], eight);
    await city.play(rain, "0x17 4.8x5 0x6 4.9x5 0x10", eight, ten);
    expect(await city.log(eight)).toEqual([]);
  });

  test("what has fallen is enough to fire, but missing readings clear nothing", async () => {
    await using city = await TestCity.open(["w-rain-intensity"], eight);
    await city.play(rain, "16 _ 15 _ _ 0 _ _ 0 _ _ 0 _ _ 0 _ _ 0 _ _ 0 _ _ 0 _ _ 0 _ _ 0", eight, ten);
    expect(await city.log(eight)).toEqual(["20 fired 1", "110 stale 1"]);
    expect(await city.open()).toMatchObject([{ condition: "firing", level: 1, stale: true }]);
  });
});

describe("w-wind-gust", () => {
  const station = first("weather");

  test("fires on the highest gust of half an hour and clears with hysteresis", async () => {
    await using city = await TestCity.open(["w-wind-gust"], eight);
    const wind = series(`${station}:wind_speed`, "6x31", eight, ten);
    const gust = series(`${station}:gust`, "9x12 13.8 14 21 14 11x14", eight, ten);
    await city.sendInTurn([...wind, ...gust]);
    // The gust of 21 at 150 counts until 170, that of 14 until 180; then 11 is below 11.9 (13.9 - 2).
    expect(await city.log(eight)).toEqual([
      "140 fired 1",
      "150 raised 2",
      "180 recovering 2",
      "300 lowered 1",
      "310 cleared 0",
    ]);
  });

  test("a sudden jump is a squall", async () => {
    await using city = await TestCity.open(["w-wind-gust"], eight);
    await city.play(`${station}:gust`, "1.5x12 13.6", eight, ten);
    const log = await city.log(eight);
    expect(log).toEqual(["130 fired 2"]);
    expect(await city.open()).toMatchObject([{ evidence: { signals: { w: null, g: 13.6 } } }]);
  });

  test("stays silent on a near miss", async () => {
    await using city = await TestCity.open(["w-wind-gust"], eight);
    const gust = series(`${station}:gust`, "6 8 10 12 13.8 13.8 12 10", eight, ten);
    const wind = series(`${station}:wind_speed`, "4 6 8 9 10.7 10.7 9 8", eight, ten);
    await city.sendInTurn([...wind, ...gust]);
    expect(await city.log(eight)).toEqual([]);
  });
});

describe("w-aqi-hour", () => {
  const station = first("air-quality");
  const pm25 = `${station}:pm25`;
  const hour = 60 * minute;

  test("fires after three hours in a band and clears with hysteresis", async () => {
    await using city = await TestCity.open(["w-aqi-hour"], eight);
    await city.play(pm25, "10x2 60x16 10x16", eight, hour);
    const log = await city.log(eight);
    expect(log[0]).toMatch(/^\d+ fired 1$/);
    expect(log.map((line) => line.replace(/^\d+ /, ""))).toEqual(["fired 1", "recovering 1", "cleared 0"]);
    const alert = (await city.store.list({ state: "all", limit: 1, offset: 0 })).items[0];
    const held = ((alert?.firedAt ?? 0) - (alert?.startedAt ?? 0)) / hour;
    expect(held).toBe(3);
    const [, recovering, cleared] = log.map((line) => Number(line.split(" ")[0]));
    expect((cleared ?? 0) - (recovering ?? 0)).toBe(180);
  });

  test("the two top bands alert after an hour", async () => {
    await using city = await TestCity.open(["w-aqi-hour"], eight);
    await city.play(pm25, "200 200 200 200", eight, hour);
    // PM2.5 200 means VN_AQI 250; known from the second hour on.
    expect(await city.log(eight)).toEqual(["120 fired 3"]);
    expect(await city.open()).toMatchObject([
      { value: 250, headline: { vi: expect.stringMatching(/^VN_AQI 250 \(rất xấu\) tại /) } },
    ]);
  });

  test("stays silent on two hours in the band", async () => {
    await using city = await TestCity.open(["w-aqi-hour"], eight);
    await city.play(pm25, "30 30 30 55 55 30 30 30", eight, hour);
    expect(await city.log(eight)).toEqual([]);
  });

  test("without particles there is no index, and no data clears nothing", async () => {
    await using city = await TestCity.open(["w-aqi-hour"], eight);
    await city.play(pm25, "200x3", eight, hour);
    await city.play(`${station}:o3`, "20x9", eight + 4 * hour, hour);
    await city.engine.tick(eight + 14 * hour);
    expect(await city.log(eight)).toEqual(["120 fired 3", "600 stale 3"]);
  });

  test("a value of five of six pollutants is the same, whatever order they come in", async () => {
    await using city = await TestCity.open(["w-aqi-hour"], eight);
    for (let i = 0; i < 4; i++) {
      const at = eight + i * hour;
      await city.send([reading(`${station}:o3`, at, 20)]);
      await city.send([reading(pm25, at, 200)]);
      await city.send([reading(`${station}:no2`, at, 20)]);
    }
    expect(await city.log(eight)).toEqual(["120 fired 3"]);
  });
});
