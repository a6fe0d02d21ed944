import { expect, test } from "vitest";
import { TestCity, eight, minute, network, reading } from "./test-city.ts";

const rule = "w-station-offline";
const gauge = "rl-ai-nghia";
const carPark = network.stations.find(({ kind }) => kind === "parking")?.id ?? "";

/** Every station but those named sends its heartbeat at `at`. */
function heartbeats(at: number, without: readonly string[] = []) {
  return network.stations.filter(({ id }) => !without.includes(id)).map(({ id }) => reading(`${id}:heartbeat`, at, 1));
}

/** Heartbeats every 10 minutes over a span, with a tick each minute. */
async function run(city: TestCity, from: number, to: number, without: readonly string[] = []): Promise<void> {
  for (let at = from; at <= to; at += minute) {
    if ((at - eight) % (10 * minute) === 0) await city.send(heartbeats(at, without), at);
    await city.engine.tick(at);
  }
}

test("silence is found to the second, weighs more at vital kinds and clears half an hour after contact", async () => {
  await using city = await TestCity.open([rule], eight);
  await run(city, eight, eight + 10 * minute);
  await run(city, eight + 11 * minute, eight + 39 * minute, [gauge]);
  expect(await city.engine.tick(eight + 40 * minute)).toEqual([]);
  expect(await city.engine.tick(eight + 40 * minute + 1000)).toMatchObject([{ level: 1, severity: "Minor" }]);
  await run(city, eight + 41 * minute, eight + 79 * minute, [gauge]);
  expect(await city.log(eight)).toEqual(["40.017 fired 1", "71 raised 2"]);
  const back = await city.send([reading(`${gauge}:level`, eight + 79.5 * minute, 3)]);
  expect(back).toMatchObject([{ condition: "recovering", level: 2 }]);
  await run(city, eight + 80 * minute, eight + 115 * minute);
  expect(await city.log(eight)).toEqual([
    "40.017 fired 1",
    "71 raised 2",
    "79.5 recovering 2",
    "110 lowered 1",
    "111 cleared 0",
  ]);
});

test("a mass outage of one kind is a level of its own, after 15 minutes", async () => {
  await using city = await TestCity.open([rule], eight);
  const parking = network.stations.filter(({ kind }) => kind === "parking").map(({ id }) => id);
  const silent = parking.slice(0, Math.ceil(parking.length * 0.3));
  await run(city, eight, eight);
  await run(city, eight + minute, eight + 50 * minute, silent);
  const open = await city.open();
  expect(open).toHaveLength(silent.length);
  expect(new Set(open.map(({ level }) => level))).toEqual(new Set([3]));
  expect(open[0]).toMatchObject({
    headline: { vi: expect.stringMatching(/^Mất kết nối 46 phút \(mất kết nối hàng loạt\): /) },
    evidence: { signals: { n: silent.length } },
  });
  expect((await city.log(eight)).filter((line) => line.includes("raised"))[0]).toBe("46 raised 3");
});

test("at the first start nothing is offline before it had its chance", async () => {
  await using city = await TestCity.open([rule], eight);
  // Nobody sends anything: nothing is known.
  for (let at = eight; at <= eight + 50 * minute; at += minute) expect(await city.engine.tick(at)).toEqual([]);
  // The feed begins; one station is missing from it.
  await run(city, eight + 50 * minute, eight + 80 * minute, [carPark]);
  expect(await city.log(eight)).toEqual([]);
  await run(city, eight + 81 * minute, eight + 82 * minute, [carPark]);
  expect(await city.log(eight, true)).toEqual([`${rule}.${carPark}.1 81 fired 1`]);
});

test("a network that never says anything is offline after the patience and the limit", async () => {
  await using city = await TestCity.open([rule], eight);
  await city.engine.tick(eight + 60 * minute);
  await city.engine.tick(eight + 90 * minute);
  expect(await city.open()).toEqual([]);
  await city.engine.tick(eight + 91 * minute);
  expect(await city.open()).toHaveLength(network.stations.length);
});

test("a restart gives every station its limit again and forgets no open alert", async () => {
  await using city = await TestCity.open([rule], eight, "stored");
  await run(city, eight, eight + 10 * minute, [carPark]);
  await run(city, eight + 11 * minute, eight + 40 * minute, [carPark]);
  expect(await city.log(eight)).toEqual(["31 fired 1"]);
  await city.restart(eight + 300 * minute);
  await run(city, eight + 300 * minute, eight + 340 * minute, [carPark]);
  expect(await city.log(eight)).toEqual(["31 fired 1"]);
  expect(await city.open()).toMatchObject([{ condition: "firing", stale: false }]);
});

test("the worked example: period 10 min, last contact 29, 31 and 65 min ago", async () => {
  await using city = await TestCity.open([rule], eight);
  await city.send(heartbeats(eight), eight);
  await city.send(heartbeats(eight + 29 * minute, [gauge]), eight + 29 * minute);
  expect(await city.engine.tick(eight + 29 * minute)).toEqual([]);
  expect(await city.engine.tick(eight + 31 * minute)).toMatchObject([{ level: 1 }]);
  await city.send(heartbeats(eight + 60 * minute, [gauge]), eight + 60 * minute);
  expect(await city.engine.tick(eight + 65 * minute)).toMatchObject([{ level: 2 }]);
});
