import { expect, test } from "vitest";
import { readingsAsked } from "./cost.ts";
import { definitionOf, networkWith } from "./test-city.ts";

const now = Date.parse("2026-10-22T02:00:00Z");

test("datastreams times periods: two towers that measure every five minutes, over 25 hours", () => {
  const towers = networkWith(["sf-phuong-an-khe", "sf-duong-tran-quy-cap-dong-da"]);
  expect(readingsAsked(definitionOf("flood-max-depth"), towers, now)).toBe(2 * 25 * 12);
  expect(readingsAsked(definitionOf("flood-max-depth"), networkWith([]), now)).toBe(0);
});
