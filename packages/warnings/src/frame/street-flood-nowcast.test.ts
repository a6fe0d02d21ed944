import type { QualifiedObservation } from "@ioc/observations";
import { describe, expect, test } from "vitest";
import { reading } from "../engine/test-city.ts";
import { cityOf, hour, iso, minute, now } from "./rows-city.ts";
import type { Row, Rows } from "./rows-city.ts";

const rule = "w-street-flood-nowcast";
const ten = 10 * minute;
/** Drains 40 mm/h; one gauge stands beside it, the next 2.5 km away. */
const street = "sf-ho-thac-gian";
const gauge = "rg-ho-thac-gian";
const other = "rg-kenh-nguyen-dinh-tuu";
const sea = "td-cua-song-han-thuan-phuoc";

/** Ten-minute values of which the last is at `end`. */
const series = (datastream: string, values: readonly number[], end = now): QualifiedObservation[] =>
  values.map((value, i) => reading(datastream, end - (values.length - 1 - i) * ten, value));
const rain = (values: readonly number[], end = now, at = gauge) => series(`${at}:rain`, values, end);
/** No rain in (from, to]. */
const dry = (from: number, to: number, at = gauge) => rain(Array<number>((to - from) / ten).fill(0), to, at);

/** What an issue expects of the ten minutes after it, one value each. */
const nowcast = (values: readonly number[], issued = now): Row[] =>
  values.map((value, i) => ({
    issued_at: iso(issued),
    valid_at: iso(issued + (i + 1) * ten),
    station_id: gauge,
    rain_mm_10min: value,
  }));

/** A fit of the probability; `frequency@sf-…` is what it kept of one street. */
const fit = (values: Record<string, number>, fitted = now - hour): Row[] =>
  Object.entries(values).map(([name, value]) => {
    const [term, subject = "all"] = name.split("@");
    return { regression: "street-flood-hour", fitted_at: iso(fitted), term, subject, value, cases: 4000, events: 200 };
  });

type City = Awaited<ReturnType<typeof cityOf>>;

/** Level of the street's alert, how it stands, and whether it is stale; null without one. */
async function alertOf(city: City) {
  const alert = (await city.open()).find(({ subject }) => subject.id === street);
  return alert ? ([alert.level, alert.condition, alert.stale] as const) : null;
}

async function explained(city: City, time = now) {
  const found = await city.explain(street, time);
  if (typeof found === "string") throw new Error(found);
  return found;
}

/** What is known of a signal of the street. */
async function known(city: City, signal: string, time = now): Promise<number | null> {
  return (await explained(city, time)).signals.find(({ name }) => name === signal)?.low ?? null;
}

/** What the rule makes of the street a minute after the last time, with these rows. */
function following(city: City, from: number) {
  let time = from;
  return async (rows: Rows) => {
    Object.assign(city.rows, rows);
    for (const dataset of Object.keys(rows)) city.changed(dataset);
    time += minute;
    await city.review(time);
    const level = (await alertOf(city))?.[0] ?? 0;
    return { f: await known(city, "f", time), p: await known(city, "p", time), level };
  };
}

describe(rule, () => {
  test("fires on what is coming; leaves each level half an hour after the depth ahead is below it by 0.05 m", async () => {
    await using city = await cityOf(rule, { "rain-nowcast": nowcast([20, 20, 20, 20, 20, 20]) }, rain([0, 20, 20]));
    await city.review(now);
    // 26.7 mm, then six times 13.3 more: 106.7 mm are 0.267 m.
    expect(await known(city, "f")).toBeCloseTo(0.004 * (320 / 3) ** 0.9, 9);
    expect((await city.open()).find(({ subject }) => subject.id === street)).toMatchObject({
      level: 2,
      subject: { type: "station" },
      evidence: { signals: { p: null, r1: 40, nowcast: 1 } },
      headline: { vi: "Hồ Thạc Gián: nhiều khả năng ngập, nước có thể tới 0,27 m trong 60 phút" },
    });
    // It rains 20 mm three times more, then stops: 66.7 mm are 0.175 m, below level 2 and above what ends level 1.
    const steps = Array.from({ length: 19 }, (_, i) => i);
    city.rows["rain-nowcast"] = steps.flatMap((step) => nowcast([0, 0, 0, 0, 0, 0], now + step * ten));
    await city.record([...rain([20, 20, 20], now + 30 * minute), ...dry(now + 30 * minute, now + 3 * hour)]);
    await city.pass(now, now + 3 * hour, ten);
    // 66.7 mm at 30 minutes, 33.3 mm or 0.094 m at 80: below 0.10 m.
    expect(await city.log(`${rule}.${street}.1`)).toEqual([
      "0 fired 2",
      "0.17 recovering 2",
      "0.67 lowered 1",
      "1.33 recovering 1",
      "1.83 cleared 0",
    ]);
  });

  test("near misses: rain that the street drains, and 0.149 m", async () => {
    await using city = await cityOf(rule, {}, rain([6.6, 6.6]));
    const next = following(city, now);
    expect(await next({ "rain-nowcast": nowcast([6.6, 6.6, 6.6, 6.6, 6.6, 6.6]) })).toMatchObject({ f: 0, level: 0 });
    // 0.15 m are 56.1 mm.
    const below = await next({ "rain-nowcast": nowcast([35, 34, 0, 0, 0, 0]) });
    expect([below.f?.toFixed(3), below.level]).toEqual(["0.149", 0]);
    expect(await next({ "rain-nowcast": nowcast([35, 35, 0, 0, 0, 0]) })).toMatchObject({ level: 1 });
  });

  test("while the gauge is silent the alert grows stale and is not cleared, though another is dry; late and repeated readings then count", async () => {
    await using city = await cityOf(rule, {}, [...rain([0, 40, 40, 40]), ...dry(now, now + 2 * hour, other)]);
    await city.review(now);
    expect(await alertOf(city)).toEqual([2, "firing", false]);
    await city.pass(now, now + 2 * hour, ten);
    expect(await alertOf(city)).toEqual([2, "firing", true]);
    const late = dry(now, now + 2 * hour);
    await city.record(late);
    await city.record(late);
    await city.record(dry(now + 2 * hour, now + 4 * hour));
    await city.pass(now + 2 * hour, now + 4 * hour, ten);
    expect(await alertOf(city)).toBeNull();
  });

  test("looks again within a minute when a nowcast has come, and stays with its alert after a restart", async () => {
    await using city = await cityOf(rule, { "rain-nowcast": [] }, rain([0, 0, 0], now - ten));
    await city.review(now);
    expect(await alertOf(city)).toBeNull();
    city.rows["rain-nowcast"] = nowcast([40, 20, 20, 0, 0, 0], now - ten);
    city.changed("rain-nowcast");
    await city.review(now + minute);
    expect(await alertOf(city)).toEqual([1, "firing", false]);
    await city.restart(now + 2 * minute);
    await city.review(now + 2 * minute);
    expect(await city.log(`${rule}.${street}.1`)).toEqual(["0.02 fired 1"]);
  });
});

describe("the probability", () => {
  /** 40 mm, 0.111 m, are coming. */
  const coming = { "rain-nowcast": nowcast([20, 20, 20, 0, 0, 0]) };
  const deep = { "rain-nowcast": nowcast([60, 60, 60, 60, 60, 60]) };
  const readings = [...rain([0, 0]), ...series(`${sea}:level`, [1.2])];

  test("there is none without a fit, which is told, and the depth decides", async () => {
    await using city = await cityOf(rule, { ...coming }, readings);
    await city.review(now);
    const { verdict, sentences } = await explained(city);
    expect(verdict).toBe("quiet");
    expect(sentences.map(({ en }) => en)).toEqual([
      "Not at level 1 (flooding possible): p >= 0.3 or f >= 0.15 is false (f = 0.1106, p not known).",
    ]);
    city.rows["rain-nowcast"] = deep["rain-nowcast"];
    await city.review(now + ten);
    expect(await alertOf(city)).toEqual([2, "firing", false]);
  });

  test("from the newest fit that is there, with what it kept of the street; it raises levels that the depth does not", async () => {
    await using city = await cityOf(rule, { ...coming }, readings);
    const next = following(city, now);
    const own = { [`frequency@${street}`]: 4 };
    const terms = { f: 10, rain30: 0.1, rain60: 0.1, over: 2, tide: 1, frequency: 0.25 };
    const others = [...fit({ intercept: 9 }, now - 2 * hour), ...fit({ intercept: 9 }, now + hour)];
    const learned = (intercept: number) => ({ regressions: [...fit({ intercept, ...terms, ...own }), ...others] });
    // 10 f, the sea at 1.2 m and 4 days a year beside the intercept; no rain yet.
    const { f, p, level } = await next(learned(-4.5));
    expect(p).toBeCloseTo(1 / (1 + Math.exp(4.5 - 10 * f! - 1.2 - 0.25 * 4)), 9);
    expect(level).toBe(0);
    // Nothing was kept of the street: not known, and the depth says no.
    expect(await next({ regressions: fit({ intercept: 5, ...terms }) })).toMatchObject({ p: null, level: 0 });
    expect((await next(learned(-3.5))).level).toBe(1);
    expect((await next(learned(-2.5))).level).toBe(2);
    expect((await next(deep)).level).toBe(3);
  });
});
