import { expect, it } from "vitest";
import { movedStep } from "./draft.ts";
import { rowKey, withRow } from "./row-keys.ts";

it("tells equal rows apart, and knows a row again after it moved or changed", () => {
  const rows = [{ op: "hours" }, { op: "hours" }, { op: "table" }];
  const [first, second, third] = rows.map(rowKey);
  expect(new Set([first, second, third]).size).toBe(3);
  expect(movedStep(rows, 2, 0).map(rowKey)).toEqual([third, first, second]);
  const changed = withRow(rows, 1, { op: "days" });
  expect(changed).toEqual([{ op: "hours" }, { op: "days" }, { op: "table" }]);
  expect(changed.map(rowKey)).toEqual([first, second, third]);
  expect(rowKey({ op: "hours" })).not.toBe(first);
});
