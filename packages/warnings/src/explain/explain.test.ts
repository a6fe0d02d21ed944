import { calendarOf, explanation } from "@ioc/contracts";
import type { Explanation } from "@ioc/contracts";
import { describe, expect, test } from "vitest";
import { definition, eight, minute, network, reading, TestCity } from "../engine/test-city.ts";
import { clockTime, numberWords, spanWords } from "./words.ts";

const street = network.stations.find(({ kind }) => kind === "street-flood")!;
const dry = Number(street.attributes["dry_offset_m"] ?? 0);
const rule = "w-street-flood";

/** The rule over one street with depths every five minutes from 08:00 on, asked at a minute. */
async function asked(depths: readonly (number | null)[], at: number, prepare?: (city: TestCity) => Promise<unknown>) {
  await using city = await TestCity.open([rule], eight - minute);
  for (const [index, depth] of depths.entries()) {
    if (depth === null) continue;
    await city.send([reading(`${street.id}:depth`, eight + index * 5 * minute, depth + dry)]);
  }
  await prepare?.(city);
  const latest = eight + Math.max(at, (depths.length - 1) * 5) * minute;
  return await city.engine.explain(rule, street.id, eight + at * minute, latest);
}
async function explained(...given: Parameters<typeof asked>): Promise<Explanation> {
  const found = await asked(...given);
  return explanation.parse(found);
}
const said = ({ sentences }: Explanation, lang: "vi" | "en" = "en") => sentences.map((one) => one[lang]);

test("why it did not fire", async () => {
  const found = await explained([0, 0.05, 0.05], 10);
  expect(found).toMatchObject({ verdict: "quiet", condition: null, level: 0, alert: null, asOf: eight + 10 * minute });
  expect(found.signals[0]).toEqual({ name: "d", low: 0.05, high: 0.05 });
  expect(found.levels[0]?.when).toEqual({
    source: "d >= 0.10",
    truth: false,
    terms: [{ source: "d >= 0.1", truth: false }],
  });
  expect(said(found)).toEqual([expect.stringMatching(/^Not at level 1 .*: d >= 0\.10 is false \(d = 0\.05\)\.$/)]);
  expect(said(found, "vi")).toEqual([expect.stringMatching(/^Chưa đạt mức 1 .*: d >= 0\.10 là sai \(d = 0,05\)\.$/)]);
});

test("how much of the hold is still wanting", async () => {
  const hold = definition(rule).levels[0];
  const found = await explained([0, 0.12, 0.12], 12);
  expect(found).toMatchObject({
    verdict: "pending",
    condition: "pending",
    levels: [{ heldSince: eight + 10 * minute }, {}, {}, {}],
  });
  expect(hold?.for ?? definition(rule).for).toBe("PT10M");
  expect(said(found)[0]).toContain("holds since 08:10 (2 minutes) and must for 10 minutes; 8 minutes remain");
});

test("why it fired, what comes next and what would clear it", async () => {
  const found = await explained([0, 0.12, 0.12, 0.12, 0.12], 21);
  expect(found).toMatchObject({ verdict: "firing", level: 1, alert: `${rule}.${street.id}.1`, suppressedBy: [] });
  const [holds, why, next, clears] = said(found);
  expect(holds).toMatch(/^It is at level 1 .*; the condition holds since 08:10 \(11 minutes\)\.$/);
  expect(why).toBe("Because d >= 0.10 (d = 0.12), held for the 10 minutes it takes.");
  expect(next).toMatch(/^Not at level 2 .*: d >= 0\.20 is false \(d = 0\.12\)\.$/);
  expect(clears).toMatch(/^The alert ends when .* it is not now\.$/);
  expect(said(found, "vi").join(" ")).not.toMatch(/undefined|null/);
  const recovering = await explained([0, 0.12, 0.12, 0.12, 0.12, 0, 0], 31);
  expect(recovering).toMatchObject({
    verdict: "recovering",
    levels: [{ clearingSince: eight + 30 * minute }, {}, {}, {}],
  });
  expect(said(recovering).join(" ")).toContain("is true since 08:30; after another");
});

test("what suppresses it", async () => {
  const found = await explained([0, 0.12, 0.12, 0.12, 0.12], 26, async (city) => {
    const deed = { type: "shelve" as const, until: eight + 60 * minute };
    city.store.writer.suppressIn({
      scheme: network.scheme,
      calendar: calendarOf(network.timezone),
      outages: new Set(),
      gateways: new Map(),
    });
    const by = { actor: "an-operator", now: eight + 25 * minute };
    await city.store.writer.work([{ id: `${rule}.${street.id}.1`, sequence: null, deed }], by);
  });
  expect(found.suppressedBy).toMatchObject([{ kind: "shelved" }]);
  expect(said(found).at(-1)).toBe("Nobody is told: it is shelved until 09:00.");
});

describe("what is not known", () => {
  test("nothing has arrived", async () => {
    expect(said(await explained([], 5))).toEqual(["No usable data have arrived yet."]);
  });
  test("too long ago, with an alert that stays", async () => {
    const found = await explained([0, 0.12, 0.12, 0.12], 180);
    expect(found).toMatchObject({ verdict: "stale", level: 1 });
    expect(said(found)[0]).toContain("There are no usable data since 08:15");
    expect(said(found)[1]).toContain("missing data never clear one");
  });
  test("a subject that the rule does not watch, and a time that it has forgotten", async () => {
    await using city = await TestCity.open([rule], eight);
    expect(await city.engine.explain(rule, "nowhere", eight, eight)).toBe("unwatched");
    expect(await city.engine.explain(rule, street.id, eight - 86_400_000, eight)).toBe("forgotten");
    expect(await city.engine.explain("w-none", street.id, eight, eight)).toBe("unwatched");
  });
});

test("an earlier moment is explained as it was, and asking changes nothing", async () => {
  const depths = [0, 0.12, 0.12, 0.12, 0.12, 0.25, 0.25, 0.25, 0.25];
  const found = await explained(depths, 12);
  expect(found).toMatchObject({ verdict: "pending", level: 0, asOf: eight + 10 * minute, alert: null });
  await using city = await TestCity.open([rule], eight - minute);
  for (const [index, depth] of depths.entries()) {
    const time = eight + index * 5 * minute;
    await city.send([reading(`${street.id}:depth`, time, depth + dry)]);
    for (let back = 0; back <= index; back++)
      await city.engine.explain(rule, street.id, time - back * 5 * minute, time);
  }
  const { items } = await city.store.events(`${rule}.${street.id}.1`, { limit: 100, offset: 0 });
  expect(items.map(({ type, to }) => `${type} ${to.level}`)).toEqual(["fired 1", "raised 2"]);
});

test.each<[number, string, string]>([
  [0, "0 giây", "0 seconds"],
  [61_000, "1 phút 1 giây", "1 minute 1 second"],
  [5_400_000, "1 giờ 30 phút", "1 hour 30 minutes"],
  [90_061_000, "1 ngày 1 giờ", "1 day 1 hour"],
])("%d ms is %s, %s", (ms, vi, en) => {
  expect([spanWords(ms, "vi"), spanWords(ms, "en")]).toEqual([vi, en]);
});

test("numbers and times are those of the reader", () => {
  expect([numberWords(1234.56789, "vi"), numberWords(1234.56789, "en")]).toEqual(["1.234,5679", "1,234.5679"]);
  expect(clockTime(eight, eight, "Asia/Ho_Chi_Minh")).toBe("08:00");
  expect(clockTime(eight, eight + 86_400_000, "Asia/Ho_Chi_Minh")).toBe("08:00 22/10");
});
