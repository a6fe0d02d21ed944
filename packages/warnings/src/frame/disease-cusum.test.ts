import { describe, expect, test } from "vitest";
import { definition, network } from "../engine/test-city.ts";
import { cityOf, day, hour, minute, now, wards, weekBefore } from "./rows-city.ts";

const week = 7 * day;
const [ward = "", other = ""] = wards;

/** Weeks of one disease in one place, oldest first, the last of them `last` weeks after 2026-W47. */
const weeks = (area: string, disease: string, cases: readonly (number | null)[], last = 0) =>
  cases.flatMap((count, i) =>
    count === null
      ? []
      : [{ isoweek: weekBefore(cases.length - 1 - i - last), area_code: area, disease, cases: count }],
  );

/** Four years of four cases a week. */
const usual = Array<number>(208).fill(4);
const rise = [...usual, 5, 7, 9, 11];
const dataset = "notifiable-disease-weekly";
const level = (alerts: readonly { subject: { id: string }; level: number }[]) =>
  alerts.map(({ subject, level: reached }) => [subject.id, reached]);

describe("w-disease-cusum", () => {
  const rule = definition("w-disease-cusum");

  test("weeks of 5 7 9 11 against 4 usual sum up to 9.69: a rise of that disease in that ward, and of no other", async () => {
    const rows = [...weeks(ward, "hfmd", rise), ...weeks(ward, "acute-diarrhoea", [...usual, 4, 4, 4, 4])];
    await using city = await cityOf(rule, { [dataset]: [...rows, ...weeks(other, "hfmd", [...usual, 4, 5, 4, 5])] });
    expect(await city.settle(now)).toMatchObject([
      {
        id: `w-disease-cusum.${ward}.hfmd.1`,
        subject: { type: "ward", id: `${ward}/hfmd` },
        level: 1,
        value: 11,
        evidence: { signals: { s: expect.closeTo(9.69, 2), y: 11, fp: 0, m: 0 } },
      },
    ]);
    const [alert] = await city.open();
    const name = network.areas.find(({ id, scheme }) => id === ward && scheme === network.scheme)?.name;
    expect(alert?.headline).toEqual({
      vi: `Tay chân miệng ở ${name?.vi}: có gia tăng, 11 ca trong tuần`,
      en: `Hand, foot and mouth disease in ${name?.en}: rise, cases of the week 11`,
    });
    expect(alert?.areas[network.scheme]?.[0]).toBe(ward);
    expect(city.list()).toMatchObject({ subjects: 3, error: null });
  });

  test("a sum of 4.46 is a near miss, and so is a year of history that is too short", async () => {
    await using city = await cityOf(rule, { [dataset]: weeks(ward, "hfmd", rise.slice(0, -1)) });
    expect(await city.settle(now)).toEqual([]);
    city.rows[dataset] = weeks(ward, "hfmd", [...Array<number>(40).fill(4), 20, 30]);
    city.changed(dataset);
    expect(await city.settle(now + 2 * hour)).toEqual([]);
    expect(city.list()).toMatchObject({ subjects: 1, openAlerts: 0 });
  });

  test("a single case of measles is a signal, dengue is left to its own rules", async () => {
    const rows = [...weeks(ward, "measles", [1]), ...weeks(other, "dengue", [...usual, 90])];
    await using city = await cityOf(rule, { [dataset]: [...rows, ...weeks(other, "hfmd", [4])] });
    expect(level(await city.settle(now))).toEqual([[`${ward}/measles`, 1]]);
  });

  test("30 people poisoned are a large event, 9 are none", async () => {
    await using city = await cityOf(rule, {
      [dataset]: [...weeks(ward, "food-poisoning", [30]), ...weeks(other, "food-poisoning", [9])],
    });
    expect(level(await city.settle(now))).toEqual([[`${ward}/food-poisoning`, 3]]);
  });

  test("history that is on its way raises nothing: the rise must hold for an hour", async () => {
    await using city = await cityOf(rule, {
      [dataset]: weeks(ward, "hfmd", [...Array<number>(154).fill(0), 4, 4, 4, 4]),
    });
    expect(await city.review(now)).toEqual([]);
    expect(city.list()?.openAlerts).toBe(0);
    city.rows[dataset] = weeks(ward, "hfmd", [...usual, 4, 4, 4, 4]);
    city.changed(dataset);
    expect(await city.settle(now + 10 * minute)).toEqual([]);
  });

  test("ends two weeks after no case is told any more, and not because nothing is reported", async () => {
    const reports = (last: number) => weeks(ward, "hfmd", [...usual, ...Array<number>(last).fill(4)], last);
    await using city = await cityOf(rule, { [dataset]: [...reports(0), ...weeks(ward, "measles", [1])] });
    await city.settle(now);
    // Rare diseases are told only where there are cases.
    for (let at = 1; at <= 3; at++) {
      city.rows[dataset] = [...reports(at), ...weeks(ward, "measles", [1], 0)];
      await city.review(now + at * week);
    }
    expect(await city.log()).toEqual(["1 fired 1", "168 recovering 1", "504 cleared 0"]);
    await using silent = await cityOf(rule, { [dataset]: weeks(ward, "measles", [1]) });
    await silent.settle(now);
    for (let at = 1; at <= 7; at++) await silent.review(now + at * week);
    expect(await silent.open()).toMatchObject([{ level: 1, condition: "firing", stale: true }]);
  });

  test("a week that comes late counts when it is there; the same rows again say nothing", async () => {
    await using city = await cityOf(rule, { [dataset]: weeks(ward, "hfmd", [...usual, null, null, 9, 11]) });
    expect(level(await city.settle(now))).toEqual([[`${ward}/hfmd`, 1]]);
    expect((await city.open())[0]?.evidence.signals["s"]).toBeCloseTo(20 - 2 * 5.771, 2);
    city.rows[dataset] = weeks(ward, "hfmd", [...usual, 15, 15, 9, 11]);
    city.changed(dataset);
    expect(level(await city.settle(now + 2 * hour))).toEqual([[`${ward}/hfmd`, 2]]);
    city.changed(dataset);
    expect(await city.settle(now + 4 * hour)).toEqual([]);
  });

  test("a second alert of the same ward is one of another disease, and a restart goes on with both", async () => {
    const both = [...weeks(ward, "hfmd", rise), ...weeks(ward, "measles", [1])];
    await using city = await cityOf(rule, { [dataset]: both });
    await city.settle(now);
    await city.restart(now + 2 * hour);
    expect(await city.settle(now + 2 * hour)).toEqual([]);
    expect(level(await city.open()).toSorted()).toEqual([
      [`${ward}/hfmd`, 1],
      [`${ward}/measles`, 1],
    ]);
    expect(city.list()).toMatchObject({ openAlerts: 2 });
  });
});
