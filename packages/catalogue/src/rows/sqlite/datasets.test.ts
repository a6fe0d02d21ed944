import { expect, test, vi } from "vitest";
import { BadCursor } from "../port.ts";
import type { RowChange } from "../port.ts";
import { definitionOf } from "../../testing.ts";
import { allTypes, fullRow, measured, rowsOf, testDatasets } from "../test-datasets.ts";

const now = Date.UTC(2026, 9, 22);
const sent = { synthetic: false, now };
const local = (text: string) => Date.parse(`${text}+07:00`);

test("rows are there after the put, in columns by key, and after a restart", async () => {
  await using own = testDatasets([measured]);
  const receipt = await own.datasets.put(
    "measured",
    [
      { station: "b", hour: 1, value: 3 },
      { station: "a", hour: 10, value: 2 },
      { station: "a", hour: 9, value: 1 },
      { station: "c", hour: 1 },
    ],
    sent,
  );
  expect(receipt).toEqual({ received: 4, stored: 4, unchanged: 0, refused: 0, problems: [] });
  const rows = [
    ["a", 9, 1],
    ["a", 10, 2],
    ["b", 1, 3],
    ["c", 1, null],
  ];
  for (let start = 0; start < 2; start++) {
    const table = await own.datasets.table("measured");
    expect([...table.columns.keys()]).toEqual(["station", "hour", "value"]);
    expect(rowsOf(table)).toEqual(rows);
    expect(table).toMatchObject({ dataset: "measured", length: 4, updatedAt: now, synthetic: false });
    expect(own.datasets.items()).toMatchObject([{ id: "measured", count: 4, updatedAt: now, madeUp: false }]);
    await own.reopen([measured]);
  }
});

test("every type is kept, and shown to calculations and in pages as what it is", async () => {
  await using own = testDatasets([allTypes]);
  await own.datasets.put("all-types", [fullRow, { station: "b", day: "2026-10-22" }], sent);
  const { columns } = await own.datasets.table("all-types");
  expect(columns.get("day")).toEqual([local("2026-10-22T00:00"), local("2026-10-22T00:00")]);
  expect(columns.get("planned")).toEqual([1, null]);
  expect(columns.get("at")).toEqual([local("2026-10-22T09:00"), null]);
  expect(columns.get("quarter")).toEqual([local("2026-10-01T00:00"), null]);
  expect(columns.get("location_lat")).toEqual([16.06, null]);
  expect(columns.has("location")).toBe(false);
  const page = own.datasets.page("all-types", { limit: 10 });
  expect(page.items[0]).toEqual(fullRow);
  expect(page.items[1]).toMatchObject({ station: "b", count: null, location: null, shape: null });
});

test("a table handed out never changes; the next one has the change", async () => {
  await using own = testDatasets([measured]);
  await own.datasets.put("measured", [{ station: "a", hour: 1, value: 1 }], sent);
  const first = await own.datasets.table("measured");
  expect(await own.datasets.table("measured")).toBe(first);
  await own.datasets.put(
    "measured",
    [
      { station: "a", hour: 1, value: 7 },
      { station: "0", hour: 1, value: 0 },
    ],
    { synthetic: false, now: now + 1 },
  );
  const second = await own.datasets.table("measured");
  expect(rowsOf(first)).toEqual([["a", 1, 1]]);
  expect(rowsOf(second)).toEqual([
    ["0", 1, 0],
    ["a", 1, 7],
  ]);
  expect(second.version).toBeGreaterThan(first.version);
  expect(second.updatedAt).toBe(now + 1);
});

test("a row takes the place of the one of its key as a whole; what says nothing new changes nothing", async () => {
  await using own = testDatasets([measured]);
  const changes: RowChange[] = [];
  own.datasets.subscribe((change) => changes.push(change));
  const row = { station: "a", hour: 1, value: 1 };
  await own.datasets.put("measured", [row], sent);
  const before = await own.datasets.table("measured");
  const again = await own.datasets.put("measured", [row, row], { synthetic: false, now: now + 60_000 });
  expect(again).toMatchObject({ received: 2, stored: 0, unchanged: 2 });
  expect(await own.datasets.table("measured")).toBe(before);
  expect(own.datasets.items()[0]?.updatedAt).toBe(now);
  await own.datasets.put("measured", [{ station: "a", hour: 1 }], { synthetic: false, now: now + 120_000 });
  expect(rowsOf(await own.datasets.table("measured"))).toEqual([["a", 1, null]]);
  expect(changes).toEqual([
    { dataset: "measured", at: now },
    { dataset: "measured", at: now + 120_000 },
  ]);
});

test("whether rows are made up is known of each, and of the dataset while any is", async () => {
  await using own = testDatasets([measured]);
  const row = { station: "a", hour: 1, value: 1 };
  await own.datasets.put("measured", [row, { station: "b", hour: 1 }], { synthetic: true, now });
  expect(own.datasets.items()[0]?.madeUp).toBe(true);
  expect((await own.datasets.table("measured")).synthetic).toBe(true);
  expect(await own.datasets.put("measured", [row], sent)).toMatchObject({ stored: 1 });
  expect(own.datasets.items()[0]?.madeUp).toBe(true);
  await own.datasets.put("measured", [{ station: "b", hour: 1 }], sent);
  expect(own.datasets.items()[0]?.madeUp).toBe(false);
  expect((await own.datasets.table("measured")).synthetic).toBe(false);
});

test("refused rows are told with their place; the others are stored", async () => {
  await using own = testDatasets([measured]);
  const rows = [{ station: "a", hour: 1 }, { station: "a" }, 7, { station: "a", hour: "1" }, { station: "b", hour: 2 }];
  expect(await own.datasets.put("measured", rows, sent)).toMatchObject({
    received: 5,
    stored: 2,
    refused: 3,
    problems: [
      { index: 1, column: "hour", reason: "missing-key" },
      { index: 2, column: null, reason: "wrong-type" },
      { index: 3, column: "hour", reason: "wrong-type" },
    ],
  });
  const many = await own.datasets.put("measured", Array(250).fill(null), sent);
  expect([many.refused, many.problems.length]).toEqual([250, 100]);
});

test("pages lead through all rows in the order of keys", async () => {
  await using own = testDatasets([measured]);
  const rows = Array.from({ length: 25 }, (_, n) => ({ station: `s${n % 5}`, hour: Math.floor(n / 5), value: n }));
  await own.datasets.put("measured", rows, sent);
  const read: unknown[] = [];
  let after: string | undefined;
  let pages = 0;
  do {
    const page = own.datasets.page("measured", { limit: 10, after });
    expect(page.total).toBe(25);
    read.push(...page.items);
    after = page.next ?? undefined;
    pages += 1;
  } while (after !== undefined);
  expect(pages).toBe(3);
  expect(read).toEqual(rows.toSorted((a, b) => a.station.localeCompare(b.station) || a.hour - b.hour));
  expect(own.datasets.page("measured", { limit: 25 }).next).toBeNull();
});

test.each([
  "",
  "x",
  "bnVsbA",
  Buffer.from('["a"]').toString("base64url"),
  Buffer.from('["a","1"]').toString("base64url"),
  Buffer.from('[{"a":1},1]').toString("base64url"),
])("%j is no place to go on from", async (after) => {
  await using own = testDatasets([measured]);
  expect(() => own.datasets.page("measured", { limit: 1, after })).toThrow(BadCursor);
});

test("a dataset that is not there is an error, whatever its name", async () => {
  await using own = testDatasets([measured]);
  for (const id of ["none", "", "constructor", '"; DROP TABLE dataset; --']) {
    expect(own.datasets.definition(id)).toBeUndefined();
    await expect(own.datasets.table(id)).rejects.toThrow("there is no dataset");
    await expect(own.datasets.put(id, [], sent)).rejects.toThrow("there is no dataset");
    expect(() => own.datasets.page(id, { limit: 1 })).toThrow("there is no dataset");
  }
});

test("names and values that are SQL are names and values", async () => {
  const odd = definitionOf("select", [
    { id: "group", type: "string", key: true },
    { id: "order", type: "string" },
    { id: "rowid", type: "integer" },
  ]);
  await using own = testDatasets([odd]);
  const row = { group: '\'; DROP TABLE "rows_select"; --', order: '" OR 1=1', rowid: 5 };
  await own.datasets.put("select", [row], sent);
  expect(own.datasets.page("select", { limit: 5 }).items).toEqual([row]);
  expect(rowsOf(await own.datasets.table("select"))).toEqual([Object.values(row)]);
});

test("a replacement makes its rows the dataset, or changes nothing when one is refused", async () => {
  await using own = testDatasets([measured]);
  const whole = (...values: [string, number][]) =>
    values.map(([station, value]) => ({ row: { station, hour: 1, value }, synthetic: station === "b" }));
  await own.datasets.replace("measured", whole(["a", 1], ["b", 2], ["c", 3]), { now, source: "first" });
  expect(own.datasets.source("measured")).toBe("first");
  expect(own.datasets.items()[0]).toMatchObject({ count: 3, madeUp: true });
  const before = await own.datasets.table("measured");
  const same = await own.datasets.replace("measured", whole(["a", 1], ["b", 2], ["c", 3]), {
    now: now + 1,
    source: "2nd",
  });
  expect(same).toMatchObject({ stored: 0, unchanged: 3 });
  expect(await own.datasets.table("measured")).toBe(before);
  expect(own.datasets.source("measured")).toBe("2nd");
  const refused = await own.datasets.replace("measured", [...whole(["z", 1]), { row: {}, synthetic: false }], { now });
  expect(refused).toMatchObject({ refused: 1, stored: 0 });
  expect(rowsOf(await own.datasets.table("measured"))).toEqual(rowsOf(before));
  await own.datasets.replace("measured", whole(["a", 1], ["c", 4], ["d", 5]), { now: now + 2, source: "third" });
  expect(rowsOf(await own.datasets.table("measured"))).toEqual([
    ["a", 1, 1],
    ["c", 1, 4],
    ["d", 1, 5],
  ]);
  expect(own.datasets.items()[0]).toMatchObject({ count: 3, madeUp: false, updatedAt: now + 2 });
});

test("a subscriber hears after the commit, and one that throws keeps nothing from the others", async () => {
  await using own = testDatasets([measured]);
  const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  const seen: number[] = [];
  own.datasets.subscribe(() => {
    throw new Error("broken");
  });
  const end = own.datasets.subscribe(() => seen.push(own.datasets.page("measured", { limit: 10 }).items.length));
  await own.datasets.put("measured", [{ station: "a", hour: 1 }], sent);
  expect(seen).toEqual([1]);
  end();
  await own.datasets.put("measured", [{ station: "b", hour: 1 }], sent);
  expect(seen).toEqual([1]);
  expect(warned).toHaveBeenCalledTimes(2);
  warned.mockRestore();
});
