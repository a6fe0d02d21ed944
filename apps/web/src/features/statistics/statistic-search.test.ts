import { expect, it } from "vitest";
import { landOf } from "./land.ts";
import { readStatisticSearch } from "./statistic-search.ts";

it("reads what it understands of an address and leaves out the rest", () => {
  expect(
    readStatisticSearch({ domain: "air", q: "mua", group: "ward", subject: "an-khe", tab: "table", more: "x" }),
  ).toEqual({ domain: "air", q: "mua", group: "ward", subject: "an-khe", tab: "table" });
  expect(readStatisticSearch({ domain: "", q: 7, group: "planet", subject: "x".repeat(200), tab: "chart" })).toEqual(
    {},
  );
});

it("finds the rings of polygons and of several polygons", () => {
  const ring = [
    [108, 16],
    [108.1, 16],
    [108.1, 16.1],
    [108, 16],
  ];
  const shapes = {
    features: [
      { geometry: { type: "Polygon", coordinates: [ring] } },
      { geometry: { type: "MultiPolygon", coordinates: [[ring], [ring, ring]] } },
      { geometry: null },
      {},
    ],
  };
  expect(landOf(shapes)).toEqual([ring, ring, ring, ring]);
});
