import { distanceKm } from "@ioc/statistics/shared";
import type { QualityFlag } from "@ioc/contracts";
import { describe, expect, test } from "vitest";
import { network, reading } from "../engine/test-city.ts";
import { cityOf, day, hour, minute, now } from "./rows-city.ts";

const rule = "w-sensor-fault";
const level = network.kinds.find(({ id }) => id === "river-level")?.properties.find(({ id }) => id === "level");
const period = (level?.periodSeconds ?? 600) * 1000;
const perDay = day / period;

/** Days of readings that end now; of each the value, and where it is marked its flag and reason. */
function days(
  id: string,
  count: number,
  of: (i: number, time: number) => { value: number; quality?: QualityFlag; reason?: string },
  step = period,
) {
  return Array.from({ length: (count * day) / step }, (_, i) => {
    const time = now + (i + 1) * step - day;
    const { value, quality = 1, reason } = of(i, time);
    return { ...reading(id, time, value, quality), reasons: reason ? [reason] : [] };
  });
}

const gauges = network.stations.filter(({ kind }) => kind === "river-level").map(({ id }) => id);
const [gauge = ""] = gauges;

/** Days of a gauge of which the newest readings before now are marked. */
const marked = (count: number, quality: QualityFlag, reason: string, id = gauge) =>
  days(`${id}:level`, 3, (i) =>
    i >= perDay - count && i < perDay ? { value: 9, quality, reason } : { value: 3 + (i % 5) / 100 },
  );

/** Levels after the hour that a sign must last. */
async function levelsAfter(readings: Parameters<typeof cityOf>[2]) {
  await using city = await cityOf(rule, {}, readings);
  await city.review(now);
  expect(await city.open()).toEqual([]);
  await city.pass(now, now + hour, hour);
  expect(city.list()?.error).toBeNull();
  return await city.levels();
}

describe(rule, () => {
  test("the worked example: no rain in a day, the gauges around had 34, 22 and 51 mm", async () => {
    const rainGauges = network.stations.filter(({ kind }) => kind === "rain-gauge");
    const [own] = rainGauges as [(typeof rainGauges)[number]];
    const near = rainGauges.filter(({ id }) => id !== own.id);
    near.sort((a, b) => distanceKm(own, a) - distanceKm(own, b));
    const rain = (id: string, sum: number) => days(`${id}:rain`, 2, () => ({ value: sum / 144 }), 10 * minute);
    const around = (sums: readonly number[]) => sums.flatMap((sum, i) => rain(near[i]!.id, sum));
    await using city = await cityOf(rule, {}, [...rain(own.id, 0), ...around([34, 22, 51])]);
    await city.review(now);
    expect(await city.open()).toEqual([]);
    await city.pass(now, now + hour, hour);
    expect(await city.open()).toMatchObject([
      { level: 1, subject: { type: "station", id: own.id }, evidence: { signals: { dry: 1, oor: 0, nb: 0 } } },
    ]);
    // A median of 19 mm, or a drop of its own.
    expect(await levelsAfter([...rain(own.id, 0), ...around([34, 19, 5])])).toEqual({});
    expect(await levelsAfter([...rain(own.id, 0.2), ...around([34, 22, 51])])).toEqual({});
  });

  test("values out of range: 5 % make it doubtful, 30 % faulty, one less does not; it clears a day after the last", async () => {
    const share = (percent: number) => Math.ceil((perDay * percent) / 100);
    const [less, doubtful, faulty] = gauges.slice(1) as [string, string, string];
    await using city = await cityOf(rule, {}, [
      ...marked(share(5) - 1, 4, "range", less),
      ...marked(share(5), 4, "range", doubtful),
      ...marked(share(30), 4, "range", faulty),
      ...marked(share(5), 4, "range"),
    ]);
    await city.review(now);
    await city.pass(now, now + hour, hour);
    expect(await city.levels()).toEqual({ [gauge]: 1, [doubtful]: 1, [faulty]: 2 });
    // The last marked one leaves the day after 24 hours.
    await city.pass(now + hour, now + 50 * hour, hour);
    const alert = `${rule}.${gauge}.1`;
    expect(await city.log(alert)).toEqual(["1 fired 1", "24 recovering 1", "48 cleared 0"]);
  });

  test("three spikes, not two; a flat line by how long it is", async () => {
    const [two, three, still, moving] = gauges as [string, string, string, string];
    // Good until an hour ago, then marked as flat up to now; or marked for something that is no fault.
    const flat = (id: string, quality: QualityFlag) =>
      days(`${id}:level`, 2, (i, time) =>
        time > now - hour ? { value: 3, quality, reason: "flat" } : { value: 3 + (i % 7) / 100 },
      );
    const readings = [...marked(2, 3, "spike", two), ...marked(3, 3, "spike", three), ...flat(still, 3)];
    expect(await levelsAfter([...readings, ...flat(moving, 2)])).toEqual({ [three]: 1, [still]: 1 });
  });

  test("a thermometer that stands apart from its neighbours, and a weak battery", async () => {
    const near = network.stations.filter(({ kind }) => kind === "air-sensor").slice(0, 1);
    const site = near[0]!;
    const others = network.stations
      .filter(({ kind, id }) => kind === "air-sensor" && id !== site.id)
      .toSorted((a, b) => distanceKm(site, a) - distanceKm(site, b))
      .slice(0, 4);
    const temp = (id: string, value: number) => days(`${id}:temp`, 2, () => ({ value }), hour / 2);
    const range = network.kinds.find(({ id }) => id === "air-sensor")?.properties.find(({ id }) => id === "temp");
    const scale = 0.02 * ((range?.max ?? 0) - (range?.min ?? 0));
    const city = (own: number) => [...temp(site.id, own), ...others.flatMap(({ id }) => temp(id, 25))];
    expect(await levelsAfter(city(25 + 3.9 * scale))).toEqual({});
    expect(await levelsAfter(city(25 + 4.1 * scale))).toEqual({ [site.id]: 1 });
    const [weak, fair, mains] = gauges as [string, string, string];
    const volts = (id: string, value: number) => days(`${id}:battery_v`, 2, () => ({ value }), hour);
    const supplies = [...volts(weak, 10.7), ...volts(fair, 10.9), ...volts(mains, 21.7)];
    expect(await levelsAfter([...city(25 + 10.1 * scale), ...supplies])).toEqual({ [site.id]: 2, [weak]: 1 });
  });

  test("a station that sends nothing any more leaves the alert stale; the same readings again change nothing", async () => {
    const readings = marked(Math.ceil(perDay / 2), 4, "range").slice(0, perDay);
    await using city = await cityOf(rule, {}, readings);
    await city.review(now);
    await city.pass(now, now + hour, hour);
    await city.record(readings);
    await city.pass(now + hour, now + 3 * day, hour);
    expect(await city.log()).toEqual(["1 fired 2", "48 stale 2"]);
    expect(await city.open()).toMatchObject([{ stale: true, condition: "firing" }]);
  });
});
