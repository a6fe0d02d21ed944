import { describe, expect, test } from "vitest";
import { createAnomalyDetector } from "../anomaly/detector.ts";
import { TestCity, eight, minute, network, reading } from "./test-city.ts";

const rule = "w-building-energy";
const building = network.stations.find(({ kind }) => kind === "building-energy")?.id ?? "";
const quarter = 15 * minute;
const perDay = 96;
const past = 13 * perDay;

/** Power of a day of work with a little restlessness that is the same in every run; 13 days before `eight`. */
const usual = (i: number) =>
  100 + 60 * Math.sin((2 * Math.PI * i) / perDay) + 4 * Math.sin(i * 12.9898) * Math.cos(i * 4.1414);
const at = (i: number) => eight + (i - past) * quarter;
const power = (from: number, to: number, of: (i: number) => number = usual) =>
  Array.from({ length: to - from }, (_, i) => reading(`${building}:power`, at(from + i), of(from + i)));

async function cityWithPast() {
  const city = await TestCity.open([rule], at(0), "stored");
  await city.record(power(0, past));
  await city.restart(at(past - 1));
  return city;
}

describe(rule, () => {
  test("twice the usual power is noticed by the very detector of docs/anomalies.md, and ends", async () => {
    await using city = await cityWithPast();
    const series = [...power(past, past + 6, (i) => 2.1 * usual(i)), ...power(past + 6, past + 30)];
    await city.sendInTurn(series);
    const log = await city.log(eight);
    expect(log.map((line) => line.replace(/^\S+ /, ""))).toEqual(["fired 1", "recovering 1", "cleared 0"]);
    // The score of the alert is the one that the detector gives the same readings.
    const detector = createAnomalyDetector();
    const scores = new Map(
      [...power(0, past), ...series].map(({ phenomenonTime, result }) => [
        phenomenonTime,
        detector.push(phenomenonTime, result),
      ]),
    );
    const fired = (await city.store.list({ state: "all", limit: 5, offset: 0 })).items[0];
    const events = await city.store.events(fired?.id ?? "", { limit: 5, offset: 0 });
    const first = events.items.find(({ type }) => type === "fired");
    const within = [...scores].filter(
      ([time]) => time > (first?.time ?? 0) - 8 * quarter && time <= (first?.time ?? 0),
    );
    expect(first?.evidence.signals["a"]).toBeCloseTo(Math.max(...within.map(([, score]) => score)), 9);
    expect(first?.evidence.signals["h"]).toBeGreaterThan(1.5);
  });

  test("a usual day, and one that is 30 % higher, are none", async () => {
    await using city = await cityWithPast();
    await city.sendInTurn(power(past, past + perDay));
    await city.sendInTurn(power(past + perDay, past + perDay + 30, (i) => 1.3 * usual(i)));
    expect(await city.log(eight)).toEqual([]);
  });

  test("a building that falls silent in the alarm stays in it and grows stale; what comes late and twice changes nothing", async () => {
    await using city = await cityWithPast();
    const high = power(past, past + 6, (i) => 2.1 * usual(i));
    await city.sendInTurn(high);
    const [open] = await city.open();
    expect(open).toMatchObject({ level: 1, condition: "firing", subject: { id: building } });
    await city.send(high, at(past + 6));
    await city.send(power(past - 4, past - 2), at(past + 6));
    for (let i = 6; i < 20; i++) await city.engine.tick(at(past + i));
    expect(await city.open()).toMatchObject([{ level: 1, condition: "firing", stale: true, episode: 1 }]);
  });

  test("a young city knows no habit yet", async () => {
    await using city = await TestCity.open([rule], at(0));
    await city.sendInTurn(power(0, 3 * perDay, (i) => (i > 2 * perDay ? 3 : 1) * usual(i)));
    expect(await city.log(eight)).toEqual([]);
  });
});
