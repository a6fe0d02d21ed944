import { describe, expect, test } from "vitest";
import { TestCity, eight, minute, network, reading, series } from "./test-city.ts";

const five = 5 * minute;

describe("w-congestion", () => {
  const station = "tc-cau-rong";
  const free = Number(network.stations.find(({ id }) => id === station)?.attributes["free_flow_kmh"]);
  const capacity = Number(network.stations.find(({ id }) => id === station)?.attributes["capacity_pcu_h"]);
  const speed = (ratio: number) => (free / ratio).toFixed(2);

  test("the mean of 15 minutes held for 15 minutes is a jam, and clears with hysteresis", async () => {
    await using city = await TestCity.open(["w-congestion"], eight);
    const counts = ["moto", "car", "bus", "truck"].flatMap((id) => series(`${station}:${id}`, "1x24", eight, five));
    const speeds = series(`${station}:speed`, `${free}x5 ${speed(3.08)}x6 ${free}x11`, eight, five);
    await city.sendInTurn([...counts, ...speeds]);
    // The mean reaches 3.08 at 40 and falls below 2.7 at 65 and below 1.7 at 70.
    expect(await city.log(eight)).toEqual(["55 fired 2", "65 recovering 2", "80 lowered 1", "85 cleared 0"]);
  });

  test("a full road makes a slow one a jam", async () => {
    await using city = await TestCity.open(["w-congestion"], eight);
    const cars = Math.ceil(capacity / 12);
    const batch = [
      ...["moto", "bus", "truck"].flatMap((id) => series(`${station}:${id}`, "0x9", eight, five)),
      ...series(`${station}:car`, `${cars}x9`, eight, five),
      ...series(`${station}:speed`, `${speed(2.2)}x9`, eight, five),
    ];
    await city.send(batch);
    expect(await city.log(eight)).toEqual(["20 fired 1", "25 raised 2"]);
  });

  test("stays silent on a near miss and on ten minutes", async () => {
    await using city = await TestCity.open(["w-congestion"], eight);
    await city.play(`${station}:speed`, `${speed(1.99)}x8`, eight, five);
    await city.play(`${station}:speed`, `${free}x4 ${speed(2.4)}x2 ${free}x4`, eight + 9 * five, five);
    expect(await city.log(eight)).toEqual([]);
  });
});

describe("w-lighting-outage", () => {
  const cabinet = "lt-tran-phu";
  /** 21:00 in Da Nang. */
  const nine = eight + 13 * 60 * minute;

  function lit(id: string, states: string, from: number) {
    const load = states.replaceAll("1", "8");
    return [...series(`${id}:lit`, states, from, five), ...series(`${id}:power`, load, from, five)];
  }

  test("a cabinet that is dark in its schedule", async () => {
    await using city = await TestCity.open(["w-lighting-outage"], nine);
    await city.sendInTurn(lit(cabinet, "1 1 0 0 0 0 0 1 1 1 1 1", nine));
    expect(await city.log(nine)).toEqual(["25 fired 1", "35 recovering 1", "50 cleared 0"]);
  });

  test("current without load is dark too; ten minutes are none", async () => {
    await using city = await TestCity.open(["w-lighting-outage"], nine);
    await city.send([
      ...series(`${cabinet}:lit`, "1x6", nine, five),
      ...series(`${cabinet}:power`, "8 8 0 0 8 8 8", nine, five),
    ]);
    expect(await city.log(nine)).toEqual([]);
    await city.send([
      ...series(`${cabinet}:lit`, "1x6", nine + 7 * five, five),
      ...series(`${cabinet}:power`, "0.05x6", nine + 7 * five, five),
    ]);
    expect(await city.log(nine)).toEqual(["50 fired 1"]);
  });

  test("two dark cabinets make a dark street, five a dark area", async () => {
    await using city = await TestCity.open(["w-lighting-outage"], nine);
    const near = ["lt-bach-dang-bo-tay-song-han", cabinet, "lt-le-duan"];
    await city.send(lit(cabinet, "0x5", nine));
    expect(await city.log(nine, true)).toEqual([`w-lighting-outage.${cabinet}.1 15 fired 1`]);
    await city.send(near.flatMap((id) => lit(id, "0x5", nine + 30 * minute)));
    const open = await city.open();
    expect(open.map(({ subject, level }) => [subject.id, level]).toSorted()).toEqual([
      ["lt-bach-dang-bo-tay-song-han", 2],
      ["lt-le-duan", 2],
      [cabinet, 2],
    ]);
    const all = network.stations.filter(({ kind }) => kind === "lighting").map(({ id }) => id);
    await city.send(all.flatMap((id) => lit(id, "0x5", nine + 60 * minute)));
    expect((await city.open()).find(({ subject }) => subject.id === cabinet)).toMatchObject({
      level: 3,
      severity: "Moderate",
    });
  });

  test("lit by day for an hour", async () => {
    await using city = await TestCity.open(["w-lighting-outage"], eight);
    await city.send(lit(cabinet, "1x20", eight));
    const [fired] = await city.log(eight);
    expect(fired).toBe("60 fired 1");
  });

  test("the schedule starts half an hour earlier in October", async () => {
    await using city = await TestCity.open(["w-lighting-outage"], eight);
    /** 17:00 in Da Nang: dark until 17:30 is right. */
    const five0 = eight + 9 * 60 * minute;
    await city.send(lit(cabinet, "0x9", five0));
    expect(await city.log(five0)).toEqual(["45 fired 1"]);
  });

  test("says that power cuts are not looked at", async () => {
    await using city = await TestCity.open(["w-lighting-outage"], nine);
    await city.send([reading(`${cabinet}:lit`, nine, 0), reading(`${cabinet}:power`, nine, 0)]);
    await city.send(lit(cabinet, "0x3", nine + five));
    expect(await city.open()).toMatchObject([{ evidence: { signals: { out: 0, dark: 1 } } }]);
  });
});
