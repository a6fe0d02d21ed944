import { describe, expect, test } from "vitest";
import { definition, network } from "../engine/test-city.ts";
import { cityOf, day, hour, now } from "./rows-city.ts";

describe("w-noise-night", () => {
  const rule = definition("w-noise-night");
  const station = network.stations.find(
    ({ kind, attributes }) => kind === "noise" && attributes["zone"] === "ordinary",
  );
  const [laeq] = network.kinds.find(({ id }) => id === "noise")?.properties ?? [];
  const stepMs = (laeq?.periodSeconds ?? 60) * 1000;
  /** 21:00 of the local day so many days back. */
  const evening = (back: number) => Date.parse("2026-11-24T21:00:00+07:00") - back * day;

  /** Readings of the nights before `now`, the newest first: a level each. */
  const nights = (levels: readonly number[]) =>
    levels.flatMap((level, back) =>
      Array.from({ length: Math.round((9 * hour) / stepMs) }, (_, i) => ({
        datastream: `${station?.id}:laeq`,
        phenomenonTime: evening(back) + (i + 1) * stepMs,
        resultTime: now,
        result: level,
        quality: 1 as const,
        reasons: [],
      })),
    );

  test("three loud nights of seven fire, two do not, and one that is 10 dB too loud does", async () => {
    await using quiet = await cityOf(rule, {}, nights([60, 40, 40, 40, 60, 40, 40]));
    const low = await quiet.review(now);
    await using loud = await cityOf(rule, {}, nights([60, 60, 60, 40, 40, 40, 40]));
    const three = await loud.review(now);
    await using single = await cityOf(rule, {}, nights([75, 40, 40, 40, 40, 40, 40]));
    const one = await single.review(now);
    expect([low.length, three[0]?.level, three[0]?.value, one[0]?.level, one[0]?.value]).toEqual([0, 1, 3, 1, 1]);
    expect(three[0]?.subject).toEqual({ type: "station", id: station?.id });
  });

  test("a night without enough readings is no quiet night: nothing is known of it", async () => {
    await using city = await cityOf(rule, {}, []);
    expect(await city.review(now)).toEqual([]);
    expect(city.list()?.openAlerts).toBe(0);
  });
});
