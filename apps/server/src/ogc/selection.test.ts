import { describe, expect, test } from "vitest";
import { meets, parseBbox } from "./bbox.ts";
import { boxOf } from "./collection.ts";
import type { Box, Feature } from "./collection.ts";
import { holdsIn, parseDatetime } from "./datetime.ts";

function feature(geometry: Feature["geometry"], time: Feature["time"] = null): Feature {
  return { id: "x", geometry, box: geometry && boxOf(geometry), time, properties: {} };
}

const point = (lon: number, lat: number) => feature({ type: "Point", coordinates: [lon, lat] });

describe("/req/core/fc-bbox-definition", () => {
  test.each<[string, Box[]]>([
    ["108,15,109,17", [[108, 15, 109, 17]]],
    [" 108 , 15 , 109 , 17 ", [[108, 15, 109, 17]]],
    ["108,15,-10,109,17,500", [[108, 15, 109, 17]]],
    ["108.200000000000003,15,109,17", [[108.200000000000003, 15, 109, 17]]],
    [
      "170,-10,-170,10",
      [
        [170, -10, 180, 10],
        [-180, -10, -170, 10],
      ],
    ],
  ])("%s", (text, expected) => {
    expect(parseBbox(text)).toEqual(expected);
  });

  test.each([
    ["1,2,3", "must be 4 or 6 numbers"],
    ["1,2,3,4,5", "must be 4 or 6 numbers"],
    ["1,2,3,", "must be 4 or 6 numbers"],
    ["a,b,c,d", "must be 4 or 6 numbers"],
    ["1,2,3,Infinity", "must be 4 or 6 numbers"],
    ["", "must be 4 or 6 numbers"],
    ["1,5,3,4", "must have the lower latitude"],
    ["1,2,9,3,4,5", "must have the lower latitude and height first"],
    ["1,-91,3,4", "must have latitudes from -90 to 90"],
    ["16,108,17,109", "must have latitudes from -90 to 90, longitude first"],
  ])("%s is refused", (text, expected) => {
    expect(parseBbox(text)).toContain(expected);
  });
});

describe("/req/core/fc-bbox-response", () => {
  const boxes = (text: string): Box[] => parseBbox(text) as Box[];

  test("points on the edge are inside", () => {
    expect(meets(point(108, 15), boxes("108,15,109,17"))).toBe(true);
    expect(meets(point(107.999, 15), boxes("108,15,109,17"))).toBe(false);
    expect(meets(point(108, 15), boxes("108,15,108,15"))).toBe(true);
  });

  test("across the antimeridian", () => {
    const box = boxes("170,-10,-170,10");
    expect([175, -175, 180, -180].map((lon) => meets(point(lon, 0), box))).toEqual([true, true, true, true]);
    expect(meets(point(0, 0), box)).toBe(false);
  });

  test("an area meets a box by its shape, not by the box around it", () => {
    const triangle = feature({
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [10, 0],
          [0, 10],
          [0, 0],
        ],
      ],
    });
    expect(meets(triangle, boxes("8,8,9,9"))).toBe(false);
    expect(meets(triangle, boxes("4,4,9,9"))).toBe(true);
    expect(meets(triangle, boxes("-5,-5,20,20"))).toBe(true);
    expect(meets(triangle, boxes("1,1,1,1"))).toBe(true);
    expect(meets(triangle, boxes("8,8,8,8"))).toBe(false);
    expect(meets(triangle, boxes("1,-5,1,20"))).toBe(true);
    const pieces = feature({
      type: "MultiPolygon",
      coordinates: [
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ],
        [
          [
            [8, 8],
            [9, 8],
            [9, 9],
            [8, 8],
          ],
        ],
      ],
    });
    expect(meets(pieces, boxes("3,3,5,5"))).toBe(false);
    expect(meets(pieces, boxes("3,3,8.5,8.2"))).toBe(true);
  });

  test("a feature without a geometry meets every box", () => {
    expect(meets(feature(null), boxes("1,1,2,2"))).toBe(true);
  });
});

describe("/req/core/fc-time-definition", () => {
  const ms = (text: string): number => Date.parse(text);
  test.each([
    ["2026-01-31T09:00:00Z", ms("2026-01-31T09:00:00Z"), ms("2026-01-31T09:00:00Z")],
    ["2026-01-31T09:00:00+07:00", ms("2026-01-31T02:00:00Z"), ms("2026-01-31T02:00:00Z")],
    ["2026-01-31T09:00:00 07:00", ms("2026-01-31T02:00:00Z"), ms("2026-01-31T02:00:00Z")],
    ["2026-01-31", ms("2026-01-31T00:00:00Z"), ms("2026-01-31T23:59:59.999Z")],
    ["2026-01-01/2026-01-02", ms("2026-01-01T00:00:00Z"), ms("2026-01-02T23:59:59.999Z")],
    ["2026-01-31T09:00:00Z/..", ms("2026-01-31T09:00:00Z"), Infinity],
    ["2026-01-31T09:00:00Z/", ms("2026-01-31T09:00:00Z"), Infinity],
    ["../2026-01-31T09:00:00Z", -Infinity, ms("2026-01-31T09:00:00Z")],
    ["/2026-01-31T09:00:00Z", -Infinity, ms("2026-01-31T09:00:00Z")],
    ["../..", -Infinity, Infinity],
  ])("%s", (text, from, to) => {
    expect(parseDatetime(text)).toEqual({ from, to });
  });

  test.each(["", "..", "soon", "2026-02-30", "2026-01-31T09:00:00", "2026-01-31T25:00:00Z", "a/b/c", "1/2"])(
    "%j is refused",
    (text) => {
      expect(parseDatetime(text)).toContain("must be a time");
    },
  );

  test("the earlier time comes first", () => {
    expect(parseDatetime("2026-01-02T00:00:00Z/2026-01-01T00:00:00Z")).toContain("earlier time first");
  });
});

test("/req/core/fc-time-response: what holds at some time of the span, and what has no time", () => {
  const span = { from: 10, to: 20 };
  expect(holdsIn(feature(null, { from: 20, to: 20 }), span)).toBe(true);
  expect(holdsIn(feature(null, { from: 21, to: 21 }), span)).toBe(false);
  expect(holdsIn(feature(null, { from: -Infinity, to: 10 }), span)).toBe(true);
  expect(holdsIn(feature(null, { from: 0, to: Infinity }), span)).toBe(true);
  expect(holdsIn(feature(null, null), span)).toBe(true);
});
