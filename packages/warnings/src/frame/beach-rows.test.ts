import { describe, expect, test } from "vitest";
import { network, series } from "../engine/test-city.ts";
import { cityOf, day, hour, minute, now } from "./rows-city.ts";
import type { Row } from "./rows-city.ts";

const rule = "w-bathing-water";
const sample = (sampled_on: string, enterococci: number, ecoli: number, oil_film = false): Row => ({
  beach_id: "my-khe",
  sampled_on,
  enterococci,
  ecoli,
  oil_film,
});
const gauges = network.stations.filter(({ kind }) => kind === "rain-gauge");
/** So much in each of the days before and after now, at every gauge. */
const rain = (perDay: number, from = now - day, days = 1) =>
  gauges.flatMap(({ id }) => series(`${id}:rain`, `${perDay / 144}x${days * 144}`, from + 10 * minute, 10 * minute));

describe(rule, () => {
  test("the worked example: enterococci 450, E. coli 300; next day 420", async () => {
    await using city = await cityOf(rule, { "bathing-water-samples": [sample("2026-11-24", 450, 300)] }, rain(0));
    expect(await city.review(now)).toMatchObject([
      { level: 2, value: 450, subject: { type: "item", id: "my-khe" }, headline: { vi: "Bãi biển Mỹ Khê: không tắm" } },
    ]);
    city.rows["bathing-water-samples"]?.push(sample("2026-11-25", 420, 300));
    expect(await city.review(now + 6 * hour)).toMatchObject([{ level: 3, evidence: { signals: { two: 1 } } }]);
  });

  test("the mean of the three nearest gauges makes it a precaution; 49 mm and the action values themselves do not", async () => {
    const rows = { "bathing-water-samples": [sample("2026-11-24", 400, 1000)] };
    await using dry = await cityOf(rule, rows, rain(49));
    expect(await dry.review(now)).toEqual([]);
    expect(dry.list()).toMatchObject({ subjects: 1, error: null });
    await using wet = await cityOf(rule, rows, rain(50.01));
    expect(await wet.review(now)).toMatchObject([{ level: 1 }]);
  });

  test("an oil film is enough; after a clean sample and two dry days it ends, a level at a time", async () => {
    const rows = { "bathing-water-samples": [sample("2026-11-24", 40, 100, true)] };
    await using city = await cityOf(rule, rows, rain(0, now - day, 5));
    await city.review(now);
    city.rows["bathing-water-samples"]?.push(sample("2026-11-25", 200, 500));
    await city.pass(now, now + 3 * day, 6 * hour);
    expect(await city.log()).toEqual(["0 fired 2", "6 recovering 2", "54 lowered 1", "60 cleared 0"]);
  });

  test("without rain gauges the sample still counts, but nothing clears; an old sample leaves the alert stale", async () => {
    await using city = await cityOf(rule, { "bathing-water-samples": [sample("2026-11-24", 450, 300)] });
    await city.review(now);
    city.rows["bathing-water-samples"]?.push(sample("2026-11-25", 10, 10), sample("2026-11-25", 10, 10));
    await city.pass(now, now + 10 * day, day);
    expect(await city.open()).toMatchObject([{ level: 2, condition: "firing", stale: false }]);
    await city.pass(now + 10 * day, now + 50 * day, day);
    expect(await city.open()).toMatchObject([{ level: 2, stale: true }]);
    // The gauges' readings arrive late and a clean sample is taken.
    await city.record(rain(0, now + 49 * day, 4));
    city.rows["bathing-water-samples"]?.push(sample("2027-01-14", 10, 10));
    await city.pass(now + 50 * day, now + 54 * day, 6 * hour);
    expect(await city.open()).toEqual([]);
  });
});
