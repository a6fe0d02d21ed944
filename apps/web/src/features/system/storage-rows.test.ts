import type { PropertyStorage } from "@ioc/contracts";
import { expect, test } from "vitest";
import { nextOrder, orderedRows, type StorageOrder } from "./storage-rows.ts";

function row(name: string, readings: number, bytes: number, from: number | null = 1): PropertyStorage {
  const text = { vi: name, en: name };
  return { kind: "k", property: name, kindName: text, name: text, datastreams: 1, readings, from, to: from, bytes };
}

const rows = [row("b", 10, 30), row("đ", 0, 0, null), row("a", 10, 20), row("c", 5, 50)];
const names = (order: StorageOrder): string[] => orderedRows(rows, order, "vi").map((one) => one.property);

test("by figure, equal ones by name, those without a figure last in both directions", () => {
  expect(names({ column: "bytes", descending: true })).toEqual(["c", "b", "a", "đ"]);
  expect(names({ column: "readings", descending: true })).toEqual(["a", "b", "c", "đ"]);
  expect(names({ column: "perReading", descending: false })).toEqual(["a", "b", "c", "đ"]);
  expect(names({ column: "perReading", descending: true })).toEqual(["c", "b", "a", "đ"]);
  expect(names({ column: "from", descending: false })).toEqual(["a", "b", "c", "đ"]);
  expect(names({ column: "name", descending: true })).toEqual(["đ", "c", "b", "a"]);
});

test("a second click turns the column around", () => {
  const bytes = nextOrder({ column: "name", descending: false }, "bytes");
  expect(bytes).toEqual({ column: "bytes", descending: true });
  expect(nextOrder(bytes, "bytes")).toEqual({ column: "bytes", descending: false });
  expect(nextOrder(bytes, "name")).toEqual({ column: "name", descending: false });
});
