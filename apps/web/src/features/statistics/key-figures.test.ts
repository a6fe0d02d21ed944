import { expect, test } from "vitest";
import type { StatisticItem } from "@ioc/contracts";
import { keyFigures } from "./key-figures.ts";

const figure = (id: string, value: number | null = 1): StatisticItem => ({ id, value }) as StatisticItem;
const ids = (domains: StatisticItem[][]): string[] => keyFigures(domains, 6).map((item) => item.id);

test("the first figure of each domain, then the second, those without a value left out, as many as asked for", () => {
  expect(ids([[figure("a1"), figure("a2")], [figure("b1", null), figure("b2")], [figure("c1")]])).toEqual([
    "a1",
    "b2",
    "c1",
    "a2",
  ]);
  expect(ids(Array.from({ length: 9 }, (_, i) => [figure(`d${i}`)]))).toHaveLength(6);
});

test("a city without figures shows none", () => {
  expect(ids([])).toEqual([]);
  expect(ids([[figure("a", null)]])).toEqual([]);
});
