import { expect, test } from "vitest";
import { cellsOf } from "./cells.ts";
import { distanceKm } from "./space.ts";

/** Metres north and east of a place in Da Nang, as degrees: a degree of latitude is 111,195 m. */
const at = (north: number, east: number) => {
  const lat = 16.06 + north / 111_195;
  return { lat, lon: 108.22 + east / (111_195 * Math.cos((16.06 * Math.PI) / 180)) };
};

test("points within 250 m share a cell or lie in neighbouring ones, whatever the others are", () => {
  const [home] = cellsOf([at(0, 0)], 250);
  if (!home) throw new Error("no cell");
  const middle = { lat: home.lat, lon: home.lon };
  const near = { lat: middle.lat + 100 / 111_195, lon: middle.lon };
  const far = { lat: middle.lat + 150 / 111_195, lon: middle.lon };
  const cells = cellsOf([middle, null, near, far, middle], 250);
  expect(cells.map(({ members }) => members)).toEqual([[0, 2, 4], [3]]);
  expect(cells[0]?.id).toBe(home.id);
});

test("a neighbour in the row is 250 m away, the next row 250 m further north", () => {
  const cells = cellsOf([at(0, 0), at(0, 250), at(250, 0)], 250);
  const of = (point: number) => cells.find(({ members }) => members.includes(point)) ?? { lat: 0, lon: 0 };
  expect(distanceKm(of(0), of(1)) * 1000).toBeCloseTo(250, 1);
  expect((of(2).lat - of(0).lat) * 111_195).toBeCloseTo(250, 1);
});

test("no points, no cells", () => {
  expect(cellsOf([null, null], 250)).toEqual([]);
});
