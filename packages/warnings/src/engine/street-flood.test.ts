import { describe, expect, test } from "vitest";
import { TestCity, definition, eight, minute, network, reading, series } from "./test-city.ts";

const station = "sf-phuong-an-khe";
const depth = `${station}:depth`;
const five = 5 * minute;
/** The sensor's dry offset is taken away from every reading. */
const offset = Number(network.stations.find(({ id }) => id === station)?.attributes["dry_offset_m"]);

function depths(text: string): string {
  return text
    .split(" ")
    .map((value) => (value === "_" ? value : (Number(value) + offset).toFixed(3)))
    .join(" ");
}

test("fires as the catalogue's worked example says", async () => {
  await using city = await TestCity.open(["w-street-flood"], eight, "stored");
  await city.play(depth, depths("0.08 0.22 0.24 0.26 0.26 0.12 0.09 0.08"), eight, five);
  expect(await city.log(eight)).toEqual(["15 fired 1", "20 raised 2", "30 recovering 2"]);
  expect(await city.open()).toMatchObject([
    {
      id: "w-street-flood.sf-phuong-an-khe.1",
      condition: "recovering",
      level: 2,
      peakLevel: 2,
      severity: "Moderate",
      startedAt: eight + five,
      firedAt: eight + 3 * five,
      areas: { "dn-2025": ["20305", "48"], "dn-2024": ["491", "48"] },
    },
  ]);
});

test("tells place and value in both languages, and why", async () => {
  await using city = await TestCity.open(["w-street-flood"], eight);
  await city.play(depth, depths("0.42 0.42 0.42"), eight, five);
  const [alert] = await city.open();
  expect(alert?.headline).toEqual({ vi: "Ngập 0,42 m tại Phường An Khê", en: "0.42 m of water at An Khe ward" });
  expect(alert).toMatchObject({ level: 3, severity: "Severe", unit: "m", decimals: 2 });
  expect(alert?.value).toBeCloseTo(0.42);
  expect(alert?.evidence).toMatchObject({
    when: "d >= 0.30",
    clear: "not (d >= 0.25)",
    basis: "project",
    definitionVersion: 1,
  });
  expect(alert?.evidence.readings.map(({ time }) => (time - eight) / minute)).toEqual([5, 0]);
});

test("stays silent on a near miss", async () => {
  await using city = await TestCity.open(["w-street-flood"], eight);
  await city.play(depth, depths("0.09 0.09 0.12 0.12 0.09 0.09 0.09 0.09 0.12 0.09 0.09"), eight, five);
  expect(await city.log(eight)).toEqual([]);
});

test("clears one level at a time, lower than it fired", async () => {
  await using city = await TestCity.open(["w-street-flood"], eight);
  await city.play(depth, depths("0.6 0.6 0.07 0.07 0.07 0.07 0.07 0.07 0.07 0.07 0.07 0.07 0.07 0.07"), eight, five);
  await city.play(depth, depths("0.02 0.02 0.02 0.02 0.02 0.02 0.02 0.02 0.02"), eight + 14 * five, five);
  expect(await city.log(eight)).toEqual([
    "5 fired 4",
    "15 recovering 4",
    "45 lowered 3",
    "50 lowered 2",
    "55 lowered 1",
    "75 recovering 1",
    "105 cleared 0",
  ]);
  expect(await city.open()).toEqual([]);
});

describe("gaps", () => {
  test("mark the alert and never clear it", async () => {
    await using city = await TestCity.open(["w-street-flood"], eight);
    await city.play(depth, depths("0.6 0.6"), eight, five);
    expect(await city.engine.tick(eight + 24 * minute)).toEqual([]);
    expect(await city.engine.tick(eight + 600 * minute)).toMatchObject([
      { stale: true, condition: "firing", level: 4 },
    ]);
    await city.send([reading(depth, eight + 601 * minute, 0.6 + offset)]);
    expect(await city.log(eight)).toEqual(["5 fired 4", "25 stale 4", "601 fresh 4"]);
  });

  test("bad and missing values count as none", async () => {
    await using city = await TestCity.open(["w-street-flood"], eight, "stored");
    await city.play(depth, depths("0.6 0.6"), eight, five);
    await city.send([reading(depth, eight + 10 * minute, 0, 4), reading(depth, eight + 15 * minute, null, 9)]);
    await city.engine.tick(eight + 26 * minute);
    expect(await city.log(eight)).toEqual(["5 fired 4", "25 stale 4"]);
  });

  test("the clock confirms a level when the next reading is late", async () => {
    await using city = await TestCity.open(["w-street-flood"], eight);
    await city.play(depth, depths("0.15 0.15"), eight, five);
    expect(await city.engine.tick(eight + 12 * minute)).toEqual([]);
    expect(await city.engine.tick(eight + 13 * minute)).toHaveLength(1);
    expect(await city.log(eight)).toEqual(["12.5 fired 1"]);
  });
});

describe("lateness", () => {
  const flood = depths("0.0 0.35 0.36 0.37 0.2 0.01 0.01 0.01 0.01 0.01 0.01 0.01");

  test("duplicates tell nothing twice", async () => {
    await using city = await TestCity.open(["w-street-flood"], eight, "stored");
    const readings = series(depth, flood, eight, five);
    for (const item of readings) {
      await city.send([item]);
      expect(await city.send([item])).toEqual([]);
    }
    await city.send(readings);
    expect(await city.log(eight)).toEqual(["15 fired 3", "25 recovering 3", "55 lowered 2"]);
  });

  test("one batch tells the same as reading by reading", async () => {
    await using city = await TestCity.open(["w-street-flood"], eight);
    await city.send(series(depth, flood, eight, five));
    expect(await city.log(eight)).toEqual(["15 fired 3", "25 recovering 3", "55 lowered 2"]);
  });

  test("a late reading is set in its place and only the difference is told", async () => {
    await using city = await TestCity.open(["w-street-flood"], eight);
    const [a, b, c, d] = series(depth, depths("0.35 0.36 0.37 0.36"), eight, five);
    for (const item of [a, d]) await city.send([item!]);
    expect(await city.log(eight)).toEqual(["15 fired 3"]);
    // Nothing new to tell but that it began earlier.
    await city.send([b!], eight + 16 * minute);
    await city.send([c!], eight + 17 * minute);
    expect(await city.log(eight)).toEqual(["15 fired 3", "15 amended 3"]);
    expect(await city.open()).toMatchObject([{ firedAt: eight + five, startedAt: eight, level: 3 }]);
  });

  test("a level that was never held after all is dropped", async () => {
    await using city = await TestCity.open(["w-street-flood"], eight);
    const [a, b, c, d, e] = series(depth, depths("0.15 0.01 0.01 0.15 0.01"), eight, five);
    for (const item of [a, d]) await city.send([item!]);
    expect(await city.log(eight)).toEqual(["15 fired 1"]);
    await city.send([b!, c!, e!], eight + 20 * minute);
    expect(await city.log(eight)).toEqual(["15 fired 1", "20 dropped 0"]);
    expect(await city.open()).toEqual([]);
  });

  test("a correction counts like a late reading", async () => {
    await using city = await TestCity.open(["w-street-flood"], eight);
    await city.play(depth, depths("0.6 0.6"), eight, five);
    await city.send([reading(depth, eight, 9.9, 4), reading(depth, eight + five, 0.01 + offset)], eight + five);
    expect(await city.log(eight)).toEqual(["5 fired 4", "5 dropped 0"]);
  });

  test("back-filled history tells nothing", async () => {
    await using city = await TestCity.open(["w-street-flood"], eight);
    await city.send(series(depth, "0.9x400", eight - 30 * 24 * 60 * minute, five), eight);
    await city.send([reading(depth, eight, 0)]);
    await city.send(series(depth, "0.9x400", eight - 20 * 24 * 60 * minute, five), eight);
    await city.engine.tick(eight + minute);
    expect(await city.log(eight)).toEqual([]);
  });
});

describe("after a restart", () => {
  test("what is open stays open and goes on where it was", async () => {
    await using city = await TestCity.open(["w-street-flood"], eight, "stored");
    await city.play(depth, depths("0.6 0.6 0.01 0.01 0.01"), eight, five);
    const before = await city.open();
    await city.restart(eight + 22 * minute);
    expect(await city.open()).toEqual(before);
    expect(await city.engine.tick(eight + 23 * minute)).toEqual([]);
    await city.play(depth, depths("0.01 0.01 0.01 0.01 0.01 0.01 0.01 0.01"), eight + 25 * minute, five);
    expect(await city.log(eight)).toEqual([
      "5 fired 4",
      "15 recovering 4",
      "45 lowered 3",
      "50 lowered 2",
      "55 lowered 1",
      "60 cleared 0",
    ]);
  });

  test("what was cleared is not fired again by the same readings", async () => {
    await using city = await TestCity.open(["w-street-flood"], eight, "stored");
    await city.play(depth, depths("0.35 0.35 0 0 0 0 0 0 0 0 0 0 0 0"), eight, five);
    const log = await city.log(eight);
    expect(log.at(-1)).toBe("55 cleared 0");
    await city.restart(eight + 66 * minute);
    await city.engine.tick(eight + 67 * minute);
    expect(await city.log(eight)).toEqual(log);
  });

  test("what happened while it stood still is made up for", async () => {
    await using city = await TestCity.open(["w-street-flood"], eight, "stored");
    await city.play(depth, depths("0.15"), eight, five);
    await city.record(series(depth, depths("0.15 0.15"), eight + five, five));
    await city.restart(eight + 11 * minute);
    expect(await city.log(eight)).toEqual(["10 fired 1"]);
  });
});

test("an open alert whose rule has other levels now is dropped, and the new rule starts afresh", async () => {
  const flood = definition("w-street-flood");
  await using city = await TestCity.open([flood], eight, "stored");
  await city.play(depth, depths("0.6 0.6"), eight, five);
  await city.restart(eight + 6 * minute, [{ ...flood, levels: flood.levels.slice(0, 2) }]);
  await city.play(depth, depths("0.6 0.6 0.6"), eight + 10 * minute, five);
  expect(await city.log(eight, true)).toEqual([
    `w-street-flood.${station}.1 5 fired 4`,
    `w-street-flood.${station}.1 6 dropped 0`,
    `w-street-flood.${station}.2 10 fired 2`,
  ]);
  await city.restart(eight + 22 * minute, []);
  expect(await city.open()).toEqual([]);
});

test("a rule that fails is an error of its own and stops no other", async () => {
  const failing = {
    ...definition("w-street-flood"),
    id: "w-failing",
    levels: definition("w-street-flood").levels.map((level) => ({ ...level, when: level.when.replace("d", "gone") })),
  };
  await using city = await TestCity.open(
    [failing, { ...failing, id: "w-unknown", signals: { d: { op: "guess" } } }, "w-street-flood"],
    eight,
  );
  await city.play(depth, depths("0.6 0.6"), eight, five);
  expect(await city.log(eight)).toEqual(["5 fired 4"]);
  expect(city.engine.list(eight).map(({ id, error, openAlerts }) => [id, error, openAlerts])).toEqual([
    ["w-failing", 'there is no signal "gone"', 0],
    ["w-unknown", 'signal "d": there is no operator "guess"', 0],
    ["w-street-flood", null, 1],
  ]);
});
