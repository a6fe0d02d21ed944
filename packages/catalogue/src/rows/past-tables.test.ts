import type { DatasetDefinition } from "@ioc/contracts";
import { expect, test } from "vitest";
import { tableOfRows } from "./memory-table.ts";
import { PastTables } from "./past-tables.ts";

const definition = {
  id: "calls",
  time: "at",
  columns: [
    { id: "id", type: "string", key: true },
    { id: "at", type: "datetime" },
  ],
} as unknown as DatasetDefinition;
const row = (id: string, hour: number) => ({ id, at: `2026-10-22T0${hour}:00:00Z` });
const at = (hour: number) => Date.UTC(2026, 9, 22, hour);

function tables(rows: readonly unknown[], one = definition) {
  const table = tableOfRows(one, rows, { timeZone: "Asia/Ho_Chi_Minh", updatedAt: 0, synthetic: false });
  return new PastTables({ table: () => Promise.resolve(table) }, [one]);
}
const ids = async (past: PastTables) => {
  const { length, columns } = await past.table("calls");
  return columns.get("id")?.slice(0, length);
};

test("rows of later times are hidden, those of the time itself are not", async () => {
  const past = tables([row("c", 3), row("a", 1), row("b", 2)]);
  past.now = at(2);
  expect(await ids(past)).toEqual(["a", "b"]);
  past.now = at(0);
  expect(await ids(past)).toEqual([]);
  past.now = at(9);
  expect(await ids(past)).toEqual(["a", "b", "c"]);
});

test("a forecast is known from when it was issued", async () => {
  const forecast = { ...definition, columns: [...definition.columns, { id: "issued_at", type: "datetime" }] };
  const past = tables([{ ...row("a", 9), issued_at: "2026-10-22T01:00:00Z" }], forecast as DatasetDefinition);
  past.now = at(1);
  expect(await ids(past)).toEqual(["a"]);
});

test("a dataset without a time is shown as a whole", async () => {
  const { time: _time, ...timeless } = definition;
  const past = tables([row("b", 2), row("a", 1)], timeless as DatasetDefinition);
  past.now = at(0);
  expect(await ids(past)).toEqual(["b", "a"]);
});
