import { describe, expect, test } from "vitest";
import { network, series } from "../engine/test-city.ts";
import { cityOf, iso, minute, now } from "./rows-city.ts";
import type { Row } from "./rows-city.ts";

const rule = "w-flood-cluster";
const five = 5 * minute;
/** Hải Châu: four towers within 1.5 km of each other; Khe Cạn is kilometres away in another ward. */
const ward = "20242";
const near = [
  "sf-duong-nguyen-don-tiet-hai-ho",
  "sf-duong-tran-quy-cap-dong-da",
  "sf-27-luong-ngoc-quyen-hai-ho",
  "sf-duong-hai-ho-ngo-chi-lan",
];
const placeOf = (id: string) => network.stations.find((station) => station.id === id)!;
const offsetOf = (id: string) => Number(placeOf(id).attributes["dry_offset_m"]);
/** Depths above the road, so many times five minutes; the sensors read their dry offset more. */
const depths = (values: readonly number[], lengths: readonly number[], ids = near, from = now) =>
  ids
    .slice(0, values.length)
    .flatMap((id, i) => series(`${id}:depth`, `${values[i]! + offsetOf(id)}x${lengths[i]! - 1}`, from, five));
const report = (id: string, minutesAgo: number, north: number, depth_cm = 20): Row => ({
  report_id: id,
  reported_at: iso(now - minutesAgo * minute),
  location: [placeOf(near[0]!).lon, placeOf(near[0]!).lat + north / 111.195],
  area_code: ward,
  depth_cm,
});

describe(rule, () => {
  test("three flooded towers close together for ten minutes; an hour after two are dry it is over", async () => {
    const readings = [
      ...depths([0.2, 0.2, 0.25], [5, 5, 40], near.slice(0, 3)),
      ...depths([0, 0], [30, 30], near.slice(0, 2), now + 25 * minute),
    ];
    await using city = await cityOf(rule, {}, readings);
    await city.pass(now - five, now + 120 * minute, five);
    expect(await city.log()).toEqual(["0.17 fired 2", "0.42 recovering 2", "1.42 cleared 0"]);
    expect(await city.open()).toEqual([]);
  });

  test("is about the ward, says how many points, and watches wards where all is dry", async () => {
    await using city = await cityOf(rule, {}, depths([0.3, 0.3, 0.3, 0], [6, 6, 6, 6]));
    await city.pass(now - five, now + 2 * five, five);
    expect(await city.open()).toMatchObject([
      {
        subject: { type: "ward", id: ward },
        value: 3,
        evidence: { signals: { n: 3 } },
        headline: { vi: "3 điểm ngập gần nhau tại Hải Châu (cụm ngập)" },
      },
    ]);
    const towers = network.stations.filter(({ kind }) => kind === "street-flood" || kind === "flood-tower");
    expect(city.list()?.subjects).toBe(new Set(towers.map(({ areas }) => areas[network.scheme])).size);
  });

  test("near misses: 19 cm, five minutes, two points, three points that are far from each other", async () => {
    const scattered = ["sf-duong-nguyen-don-tiet-hai-ho", "sf-phuong-an-khe", "sf-duong-chu-van-an-phan-chau-trinh"];
    await using low = await cityOf(rule, {}, depths([0.19, 0.5, 0.5, 0.19], [6, 6, 6, 6]));
    await low.pass(now - five, now + 25 * minute, five);
    await using short = await cityOf(rule, {}, [
      ...depths([0.3, 0.3, 0.3], [2, 2, 2]),
      ...depths([0, 0, 0], [6, 6, 6], near, now + 10 * minute),
    ]);
    await short.pass(now - five, now + 35 * minute, five);
    await using apart = await cityOf(rule, {}, depths([0.5, 0.5, 0.5], [6, 6, 6], scattered));
    await apart.pass(now - five, now + 25 * minute, five);
    expect([await low.log(), await short.log(), await apart.log()]).toEqual([[], [], []]);
  });

  test("reports of citizens count as points, once within 150 m, for an hour", async () => {
    const reports = [report("a", 5, 0.4), report("b", 4, 0.5), report("c", 3, 0.8), report("d", 2, 1.2, 19)];
    await using city = await cityOf(rule, { "flood-reports": reports }, depths([0.3, 0, 0, 0], [30, 30, 30, 30]));
    await city.pass(now - five, now + 15 * minute, five);
    expect(await city.open()).toMatchObject([{ level: 2, evidence: { signals: { n: 3 } } }]);
    // The oldest repeats nothing: the pair is one point, by its first report.
    await using two = await cityOf(rule, { "flood-reports": reports.slice(0, 2) }, depths([0.3, 0], [30, 30]));
    await two.pass(now - five, now + 15 * minute, five);
    expect(await two.open()).toEqual([]);
    await city.pass(now + 15 * minute, now + 130 * minute, five);
    expect(await city.open()).toEqual([]);
  });

  test("people lift the level, and so do six points and twelve", async () => {
    const people = (exposed_population: number) => [
      { point_id: "p", location: [placeOf(near[3]!).lon, placeOf(near[3]!).lat], exposed_population },
    ];
    const readings = depths([0.3, 0.3, 0.3, 0.3], [6, 6, 6, 6]);
    const after = async (rows: Record<string, Row[]>) => {
      await using city = await cityOf(rule, rows, readings);
      await city.pass(now - five, now + 15 * minute, five);
      return (await city.levels())[ward];
    };
    // The towers beside it have no density, so that the point's people are all that count.
    expect(await after({ "flood-points": people(4999) })).toBe(2);
    expect(await after({ "flood-points": people(5000) })).toBe(3);
    expect(await after({ "flood-points": people(20_000) })).toBe(4);
    const street = Array.from({ length: 8 }, (_, i) => report(String(i), 2, 0.4 + i * 0.16));
    expect(await after({ "flood-reports": street.slice(0, 2) })).toBe(3);
    expect(await after({ "flood-reports": street })).toBe(4);
  });

  test("towers that fall silent leave the alert stale; late and repeated readings then count", async () => {
    await using city = await cityOf(rule, {}, depths([0.3, 0.3, 0.3, 0.3], [4, 4, 4, 4]));
    await city.pass(now - five, now + 120 * minute, five);
    expect(await city.open()).toMatchObject([{ level: 2, condition: "firing", stale: true }]);
    const late = depths([0, 0, 0, 0], [40, 40, 40, 40], near, now + 60 * minute);
    await city.record([...late, ...late]);
    await city.pass(now + 120 * minute, now + 190 * minute, five);
    expect(await city.open()).toEqual([]);
  });
});
