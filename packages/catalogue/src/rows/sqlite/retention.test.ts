import { expect, test } from "vitest";
import { definitionOf } from "../../testing.ts";
import { testDatasets } from "../test-datasets.ts";

const at = (text: string) => Date.parse(`${text}+07:00`);
const day = 86_400_000;

/** A dataset of periods of a type; each row's key is the period. */
function periods(type: string, keep: string) {
  return definitionOf("periods", [{ id: "period", type, key: true }], { time: "period", keep });
}

test.each([
  ["date", "P10D", ["2026-10-11", "2026-10-12", "2026-10-22"], "2026-10-22T12:00", ["2026-10-12", "2026-10-22"]],
  ["month", "P30D", ["2026-07", "2026-08", "2026-10"], "2026-09-20T00:00", ["2026-08", "2026-10"]],
  ["quarter", "P1Y", ["2025-Q2", "2025-Q3", "2026-Q4"], "2026-10-22T00:00", ["2025-Q4", "2026-Q4"].slice(1)],
  ["isoweek", "P2W", ["2026-W40", "2026-W41", "2026-W43"], "2026-10-22T00:00", ["2026-W41", "2026-W43"]],
  ["integer", "P3Y", [2021, 2023, 2026], "2026-10-22T00:00", [2023, 2026]],
  [
    "datetime",
    "PT6H",
    ["2026-10-22T05:59:59+07:00", "2026-10-22T06:00:00+07:00", "2026-10-22T12:00:00+07:00"],
    "2026-10-22T12:00",
    ["2026-10-22T06:00:00+07:00", "2026-10-22T12:00:00+07:00"],
  ],
])("%s rows are kept for %s", async (type, keep, rows, now, left) => {
  await using own = testDatasets([periods(type, keep)]);
  await own.datasets.put(
    "periods",
    rows.map((period) => ({ period })),
    { synthetic: false, now: 0 },
  );
  const before = await own.datasets.table("periods");
  expect(before.length).toBe(3);
  expect(await own.datasets.forget(at(now))).toBe(rows.length - left.length);
  expect(own.datasets.page("periods", { limit: 10 })).toMatchObject({
    items: left.map((period) => ({ period })),
    total: left.length,
  });
  expect((await own.datasets.table("periods")).length).toBe(left.length);
  expect(before.length).toBe(3);
  expect(await own.datasets.forget(at(now))).toBe(0);
});

test("a clock that runs years ahead drops nothing, and what goes is no news of the rest", async () => {
  await using own = testDatasets([periods("date", "P10D")]);
  const put = (period: string, now: number) => own.datasets.put("periods", [{ period }], { synthetic: true, now });
  await put("2026-10-01", 1);
  await put("2026-10-10", 2);
  expect(await own.datasets.forget(at("2036-01-01T00:00"))).toBe(0);
  await put("2026-10-12", 3);
  expect(await own.datasets.forget(at("2036-01-01T00:00"))).toBe(1);
  expect(own.datasets.items()[0]).toMatchObject({ count: 2, updatedAt: 3, madeUp: true });
});

test("many rows go in steps; rows without a time and datasets without `keep` stay", async () => {
  const kept = definitionOf("kept", [{ id: "day", type: "date", key: true }]);
  const old = definitionOf(
    "old",
    [
      { id: "n", type: "integer", key: true },
      { id: "day", type: "date" },
    ],
    { time: "day", keep: "P1D" },
  );
  await using own = testDatasets([kept, old]);
  const dates = Array.from({ length: 1200 }, (_, n) =>
    new Date(Date.UTC(2020, 0, 1) + n * day).toISOString().slice(0, 10),
  );
  await own.datasets.put(
    "kept",
    dates.map((date) => ({ day: date })),
    { synthetic: false, now: 0 },
  );
  await own.datasets.put("old", [{ n: -1, day: null }, ...dates.map((date, n) => ({ n, day: date }))], {
    synthetic: false,
    now: 0,
  });
  expect(await own.datasets.forget(at("2026-10-22T00:00"))).toBe(1199);
  expect(own.datasets.items().map(({ count }) => count)).toEqual([1200, 2]);
});
