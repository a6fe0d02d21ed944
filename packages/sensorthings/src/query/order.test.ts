import { describe, expect, test } from "vitest";
import { compareBy } from "./order.ts";
import { parseQueryOptions } from "./parse-options.ts";
import { itemOf } from "./test-item.ts";
import type { TestEntity } from "./test-item.ts";

const now = Date.parse("2026-03-01T00:00:00Z");

function ordered(orderby: string, entities: readonly TestEntity[]): unknown[] {
  const compare = compareBy(parseQueryOptions(`$orderby=${orderby}`).orderby, now);
  return entities
    .map(itemOf)
    .sort(compare)
    .map((item) => item.get("@iot.id"));
}

describe("req/request-data/orderby", () => {
  const rows = [
    { id: 4, name: "b", level: 10, time: "2016-01-01T00:00:00.000Z", Thing: { name: "z" } },
    { id: 3, name: "a", level: 9, time: "2016-01-01T07:00:00+07:00", Thing: { name: "y" } },
    { id: 2, name: "B", level: null, time: "2015-01-01T00:00:00Z/2016-01-01T00:00:00Z", Thing: null },
    { id: 1, name: "b", level: 9, time: "2014-01-01T00:00:00Z", Thing: { name: "x" } },
  ];
  test.each([
    ["name", [2, 3, 1, 4]],
    ["name desc", [1, 4, 3, 2]],
    ["level", [1, 3, 4, 2]],
    // Null comes last in either direction.
    ["level desc", [4, 1, 3, 2]],
    ["level,name desc", [1, 3, 4, 2]],
    ["time", [1, 2, 3, 4]],
    ["time desc", [3, 4, 2, 1]],
    ["Thing/name", [1, 3, 4, 2]],
    ["level sub 9 desc,id desc", [4, 3, 1, 2]],
    ["id", [1, 2, 3, 4]],
    ["id desc", [4, 3, 2, 1]],
    ["missing", [1, 2, 3, 4]],
  ])("%s", (orderby, expected) => {
    expect(ordered(orderby, rows)).toEqual(expected);
    expect(ordered(orderby, rows.toReversed())).toEqual(expected);
  });

  test("values of several types and objects have one order", () => {
    const values = [{ b: 1 }, "10", true, 2, { a: 1 }, 10, "9", null, false];
    const entities = values.map((value, id) => ({ id, value }));
    const expected = [3, 5, 1, 6, 8, 2, 4, 0, 7];
    expect(ordered("value", entities)).toEqual(expected);
    expect(ordered("value", entities.toReversed())).toEqual(expected);
  });
});
