import { expect, test } from "vitest";
import { geoJsonProblem, isGeoJsonEncoding } from "./geojson.ts";

const ring = [
  [108, 16],
  [109, 16],
  [109, 17],
  [108, 16],
];

test.each([
  { type: "Point", coordinates: [108.2, 16.06] },
  { type: "Point", coordinates: [108.2, 16.06, 12] },
  { type: "LineString", coordinates: ring },
  { type: "Polygon", coordinates: [ring] },
  { type: "MultiPolygon", coordinates: [[ring]] },
  { type: "GeometryCollection", geometries: [{ type: "Point", coordinates: [1, 2] }] },
  { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [1, 2] } },
  { type: "Feature", properties: {}, geometry: null },
])("%j is sound", (value) => {
  expect(geoJsonProblem(value)).toBeNull();
});

test.each([
  null,
  "POINT(1 2)",
  { type: "Blob", coordinates: [1, 2] },
  { coordinates: [1, 2] },
  { type: "Point", coordinates: [] },
  { type: "Point", coordinates: [1] },
  { type: "Point", coordinates: [1, null] },
  { type: "Point", coordinates: [[1, 2]] },
  { type: "Polygon", coordinates: ring },
  { type: "GeometryCollection", geometries: [{ type: "Point" }] },
  { type: "Feature", geometry: 5 },
])("%j is refused", (value) => {
  expect(geoJsonProblem(value)).toBeTypeOf("string");
});

test("GeoJSON is known by both of its names", () => {
  expect(["application/geo+json", "application/vnd.geo+json", "text/plain", 5].map(isGeoJsonEncoding)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
