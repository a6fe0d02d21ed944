import { describe, expect, test } from "vitest";
import { network, series } from "../engine/test-city.ts";
import { cityOf, day, iso, minute, now } from "./rows-city.ts";
import type { Row } from "./rows-city.ts";

const rule = "w-traffic-incident";
const five = 5 * minute;
const station = network.stations.find(({ kind }) => kind === "traffic-counter")!;
const counter = station.id;
const vehicles = ["moto", "car", "bus", "truck"];
const gauges = network.stations.filter(({ kind }) => kind === "rain-gauge");
/** Values `[value, so many slots]…` from 10:00 on, so many days back. */
const slots = (property: string, text: string, back = 0) =>
  series(`${counter}:${property}`, text, now - back * day, five);
/** Wednesday: the eight days of work before, newest first, and the four days of weekends between them. */
const work = [1, 2, 5, 6, 7, 8, 9, 12];
const weekend = [3, 4, 10, 11];
/** The speeds of the worked example, 100 vehicles each five minutes; on weekends the street stands. */
const habit = [
  ...[38, 40, 41, 39, 42, 40, 37, 40].flatMap((speed, i) => [
    ...slots("speed", `${speed}x40`, work[i]),
    ...vehicles.flatMap((id) => slots(id, "25x40", work[i])),
  ]),
  ...weekend.flatMap((back) => [
    ...slots("speed", "10x40", back),
    ...vehicles.flatMap((id) => slots(id, "1x40", back)),
  ]),
];
const today = (speeds: string, each: string) => [
  ...slots("speed", speeds),
  ...vehicles.flatMap((id) => slots(id, each)),
];
const rain = (every10: number) =>
  gauges.flatMap(({ id }) => series(`${id}:rain`, `${every10}x20`, now - 10 * minute, 10 * minute));
const ticket = (id: string, minutesAgo: number, km: number, category = "traffic"): Row => ({
  ticket_id: id,
  category,
  received_at: iso(now - minutesAgo * minute),
  location: [station.lon, station.lat + km / 111.195],
});

/** Reviews two minutes after each slot. */
async function play(readings: ReturnType<typeof today>, rows: Record<string, Row[]> = {}, minutes = 20) {
  await using city = await cityOf(rule, rows, [...habit, ...readings]);
  await city.pass(now - 3 * minute, now + minutes * minute, five);
  expect(city.list()).toMatchObject({ subjects: 46, error: null });
  return { log: await city.log(), open: await city.open() };
}

describe(rule, () => {
  test("the worked example: 24 km/h where the slot has a median of 40, half the vehicles, two intervals", async () => {
    const { log, open } = await play([...today("24x20", "12.5x20"), ...rain(0)]);
    expect(log).toEqual(["0.2 fired 1"]);
    expect(open).toMatchObject([
      {
        subject: { type: "station", id: counter },
        value: 24,
        evidence: { signals: { z: expect.closeTo(-16 / 3, 5), q: 0.5, r: 0, tk: 0 } },
      },
    ]);
  });

  test("clears a quarter of an hour after the speed is back; slow again within it, it is the same one", async () => {
    const { log } = await play([...today("24x3 33 34.1x1 24 40x20", "12.5x30"), ...rain(0)], {}, 70);
    // 33 km/h are 2.33 below the habit, which keeps it; 34.1 are 1.97 and do not.
    expect(log).toEqual(["0.2 fired 1", "0.45 recovering 1", "0.62 refired 1", "0.7 recovering 1", "0.95 cleared 0"]);
  });

  test("near misses: five minutes, many vehicles, cloudburst, 31.1 km/h", async () => {
    const dry = rain(0);
    expect((await play([...today("24 24 40x20", "12.5x22"), ...dry])).log).toEqual([]);
    expect((await play([...today("24x20", "15.1x20"), ...dry])).log).toEqual([]);
    expect((await play([...today("24x20", "12.5x20"), ...rain(5)])).log).toEqual([]);
    expect((await play([...today("31.1x20", "12.5x20"), ...dry])).log).toEqual([]);
  });

  test("hardly any vehicles, or two tickets within 500 m in half an hour, make it probable", async () => {
    expect((await play([...today("24x20", "10x20"), ...rain(0)])).log).toEqual(["0.2 fired 2"]);
    const tickets = [ticket("1", -8, 0.49), ticket("2", 3, 0.3), ticket("3", 3, 0.51), ticket("4", 3, 0, "order")];
    const slow = [...today("31x20", "25x20"), ...rain(9)];
    expect((await play(slow, { "feedback-tickets": tickets }, 30)).log).toEqual(["0.37 fired 2"]);
    expect((await play(slow, { "feedback-tickets": tickets.slice(1) }, 30)).log).toEqual([]);
  });

  test("seven days of work are no habit; a silent counter leaves the alert stale, late and repeated readings then count", async () => {
    const young = habit.filter(({ phenomenonTime }) => phenomenonTime > now - 11.5 * day);
    await using city = await cityOf(rule, {}, [...young, ...today("24x20", "12.5x20"), ...rain(0)]);
    await city.pass(now - 3 * minute, now + 30 * minute, five);
    expect(await city.log()).toEqual([]);
    await using silent = await cityOf(rule, {}, [...habit, ...today("24x4", "12.5x4"), ...rain(0)]);
    await silent.pass(now - 3 * minute, now + 62 * minute, five);
    expect(await silent.open()).toMatchObject([{ level: 1, stale: true, condition: "firing" }]);
    const late = today("24x4 40x40", "12.5x4 25x40");
    await silent.record([...late, ...late]);
    await silent.pass(now + 62 * minute, now + 92 * minute, five);
    expect(await silent.open()).toEqual([]);
  });
});
