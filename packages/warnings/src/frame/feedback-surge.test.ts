import { describe, expect, test } from "vitest";
import { definition, network } from "../engine/test-city.ts";
import { cityOf, day, hour, iso, minute, now, wards } from "./rows-city.ts";

const dataset = "feedback-tickets";
const [ward = "", other = ""] = wards;

/** So many tickets of a category in a ward, the last of them a minute before `end`, half an hour apart. */
const tickets = (area: string | null, category: string, count: number, end = now) =>
  Array.from({ length: count }, (_, i) => ({
    ticket_id: `${area} ${category} ${end} ${i}`,
    category,
    received_at: iso(end - (30 * i + 1) * minute),
    area_code: area,
  }));
/** Two tickets on the same weekday of each of the eight weeks before, and many on other days. */
const habit = (area: string, category: string, count = 2) =>
  Array.from({ length: 8 }, (_, i) => [
    ...tickets(area, category, count, now - 7 * (i + 1) * day),
    ...tickets(area, category, 20, now - (7 * i + 3) * day),
  ]).flat();

describe("w-feedback-surge", () => {
  const rule = definition("w-feedback-surge");

  test("nine tickets where two are usual are unusual; other categories and other wards are none of it", async () => {
    await using city = await cityOf(rule, {
      [dataset]: [
        ...habit(ward, "odour"),
        ...tickets(ward, "odour", 9),
        ...habit(ward, "traffic"),
        ...tickets(ward, "traffic", 3),
        ...tickets(other, "odour", 4),
      ],
    });
    expect(await city.settle(now, 15 * minute)).toMatchObject([
      {
        id: `w-feedback-surge.${ward}.odour.1`,
        subject: { type: "ward", id: `${ward}/odour` },
        level: 1,
        value: 9,
        evidence: { signals: { y: 9, pv: expect.closeTo(0.000237, 6) } },
      },
    ]);
    const [alert] = await city.open();
    const name = network.areas.find(({ id, scheme }) => id === ward && scheme === network.scheme)?.name;
    expect(alert?.headline).toEqual({
      vi: `Mùi hôi ở ${name?.vi}: 9 phản ánh trong 24 giờ`,
      en: `Odour in ${name?.en}: 9 tickets in 24 hours`,
    });
    expect(alert?.areas[network.scheme]?.[0]).toBe(ward);
    expect(city.list()).toMatchObject({ subjects: 3, error: null });
  });

  test("eight tickets where two are usual, and four where none are, are near misses", async () => {
    await using city = await cityOf(rule, {
      [dataset]: [
        ...habit(ward, "odour"),
        ...tickets(ward, "odour", 8),
        ...habit(other, "odour", 0),
        ...tickets(other, "odour", 4),
      ],
    });
    expect(await city.settle(now, 15 * minute)).toEqual([]);
  });

  test("tickets without a ward are nobody's", async () => {
    await using city = await cityOf(rule, { [dataset]: [...habit(ward, "odour"), ...tickets(null, "odour", 40)] });
    expect(await city.settle(now, 15 * minute)).toEqual([]);
    expect(city.list()).toMatchObject({ subjects: 1 });
  });

  test("clears half a day after the chance of as many is above 1 %, a level each, and the next surge is a new episode", async () => {
    const rows = [
      ...habit(ward, "odour"),
      ...tickets(ward, "odour", 12),
      ...tickets(other, "order", 1, now + 30 * hour),
    ];
    await using city = await cityOf(rule, { [dataset]: rows });
    await city.settle(now, 15 * minute);
    for (let h = 1; h <= 60; h++) await city.review(now + h * hour);
    const log = await city.log();
    expect(log.map((line) => line.replace(/^\S+ /, ""))).toEqual(["fired 2", "recovering 2", "lowered 1", "cleared 0"]);
    const [, recovering = 0, lowered = 0, cleared = 0] = log.map((line) => Number(line.split(" ")[0]));
    expect([recovering > 18, lowered - recovering, cleared - lowered]).toEqual([true, 12, 1]);
  });

  test("no tickets at all say nothing: what was open stays and grows stale", async () => {
    await using city = await cityOf(rule, { [dataset]: [...habit(ward, "odour"), ...tickets(ward, "odour", 12)] });
    await city.settle(now, 15 * minute);
    city.rows[dataset] = [];
    for (let h = 1; h <= 30; h++) await city.review(now + h * hour);
    expect(await city.open()).toMatchObject([{ level: 2, condition: "firing", stale: true }]);
  });

  test("tickets that come late count when they are there; the same ones again say nothing", async () => {
    const all = [...habit(ward, "odour"), ...tickets(ward, "odour", 12)];
    await using city = await cityOf(rule, { [dataset]: all.slice(0, -4) });
    expect(await city.settle(now, 15 * minute)).toEqual([]);
    city.rows[dataset] = all;
    city.changed(dataset);
    expect(await city.settle(now + 30 * minute, 15 * minute)).toMatchObject([{ level: 2, value: 12 }]);
    city.changed(dataset);
    expect(await city.review(now + 50 * minute)).toEqual([]);
  });
});
