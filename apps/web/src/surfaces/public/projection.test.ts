import { expect, test } from "vitest";
import { pathOf, project } from "./projection.ts";

const projection = project([15, 108, 16, 109], { width: 200, height: 100 });

test("keeps north up and the shape of the box", () => {
  const [west, north] = projection.point(108, 16);
  const [east, south] = projection.point(109, 15);
  expect(north).toBe(0);
  expect(south).toBe(100);
  // A degree of longitude at 15.5° is 96 % of a degree of latitude.
  expect((east - west) / (south - north)).toBeCloseTo(Math.cos((15.5 * Math.PI) / 180), 1);
  expect((west + east) / 2).toBe(100);
});

test("writes lines and rings, points of one pixel once", () => {
  const line = {
    type: "LineString",
    coordinates: [
      [108, 16],
      [108.0001, 16],
      [109, 16],
    ],
  };
  expect(pathOf(line, projection, false)).toMatch(/^M\S+ 0L\S+ 0$/);
  const ring = {
    type: "MultiPolygon",
    coordinates: [
      [
        [
          [108, 15],
          [109, 15],
          [109, 16],
          [108, 15],
        ],
      ],
    ],
  };
  expect(pathOf(ring, projection, true)).toMatch(/^M.*z$/);
});

test("an empty or broken geometry draws nothing", () => {
  expect(pathOf({ type: "Polygon", coordinates: null }, projection, true)).toBe("");
});
