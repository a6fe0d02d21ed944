import { highestTide, tableOf, tideLevel } from "@ioc/statistics/shared";
import { describe, expect, test } from "vitest";
import { TestCity, eight, minute, network, reading } from "./test-city.ts";

const ten = 10 * minute;
const hour = 60 * minute;
const gauge = "td-son-tra-cang-tien-sa:level";
const constants = tableOf(network, "tide_da_nang", "tide");

/** Readings every ten minutes from `from` on: the predicted tide and these surges, m. */
const sea = (surges: readonly (number | null)[], from = eight) =>
  surges.flatMap((surge, i) => {
    const at = from + i * ten;
    return surge === null ? [] : [reading(gauge, at, tideLevel(constants, at) + surge)];
  });
const times = (count: number, surge: number | null) => Array.from({ length: count }, () => surge);

describe("w-storm-surge", () => {
  test("fires after half an hour, rises at once with the sea, and clears six hours after it is well below", async () => {
    await using city = await TestCity.open(["w-storm-surge"], eight);
    await city.sendInTurn(sea([...times(6, 0.1), ...times(7, 0.35), ...times(7, 0.6), ...times(100, 0.1)]));
    // Means of three: from 80 on above 0.3, from 140 on above 0.5; from 200 on below 0.45, from 220 on below 0.25.
    expect(await city.log(eight)).toEqual([
      "110 fired 1",
      "170 raised 2",
      "200 recovering 2",
      "560 lowered 1",
      "580 cleared 0",
    ]);
  });

  test("a sea that will stand above the highest tide counts before it does, a surge that dies away by then does not", async () => {
    const highest = highestTide(constants);
    // The flood that leads to one of the highest tides of the year, eight hours before it.
    let peak = eight;
    for (let at = eight; at < eight + 366 * 24 * hour; at += ten) {
      if (tideLevel(constants, at) > tideLevel(constants, peak)) peak = at;
    }
    const room = highest + 0.1 - tideLevel(constants, peak);
    const before = peak - 8 * hour;
    const needed = room / Math.exp(-8 / 12);
    expect(needed).toBeLessThan(0.3);
    const levels = async (surge: number) => {
      await using city = await TestCity.open(["w-storm-surge"], before);
      await city.sendInTurn(sea(times(8, surge), before));
      return (await city.open()).map(({ level }) => level);
    };
    expect([await levels(needed * 0.8), await levels(needed * 1.05)]).toEqual([[], [1]]);
  });

  test("stays silent on a near miss and on one wild reading", async () => {
    await using city = await TestCity.open(["w-storm-surge"], eight);
    await city.sendInTurn(sea([...times(12, 0.29), 0.6, ...times(12, 0.1)]));
    expect(await city.log(eight)).toEqual([]);
  });

  test("a gauge that falls silent grows stale and stays; late and repeated readings end in the same", async () => {
    const readings = sea([...times(10, 0.6), ...times(30, null), ...times(45, 0.1)]);
    await using inOrder = await TestCity.open(["w-storm-surge"], eight);
    await inOrder.sendInTurn(readings.slice(0, 10));
    await inOrder.engine.tick(eight + 5 * hour);
    expect(await inOrder.open()).toMatchObject([{ level: 2, condition: "firing", stale: true }]);
    await inOrder.sendInTurn(readings.slice(10));
    await using late = await TestCity.open(["w-storm-surge"], eight);
    const [first, second, third, ...rest] = readings;
    for (const one of [third, first, first, second, ...rest, ...rest.slice(0, 20)]) {
      await late.send([one!], eight + 14 * hour);
    }
    await late.engine.tick(eight + 14 * hour);
    expect(await inOrder.log(eight)).toEqual([
      "40 fired 2",
      "210 stale 2",
      "410 fresh 2",
      "410 recovering 2",
      "770 lowered 1",
      "780 cleared 0",
    ]);
    expect(await late.open()).toEqual(await inOrder.open());
  });
});
