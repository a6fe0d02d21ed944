import { describe, expect, test } from "vitest";
import { approachOf } from "./storm-approach.ts";
import type { TrackPoint } from "./storm-approach.ts";

const hour = 3_600_000;
const daNang = { lat: 16.0471, lon: 108.2062 };
const point = (hours: number, lat: number, lon: number, wind: number | null = 30, gale: number | null = null) =>
  ({ time: hours * hour, lat, lon, wind, gale }) satisfies TrackPoint;
const options = { now: 0, ahead: 72 * hour, radius: 200 };

describe("approachOf", () => {
  test("the worked example: a centre at 16.0 N 113.0 E is 512 km away", () => {
    const { distance, least, hours } = approachOf([point(0, 16, 113)], daNang, options);
    expect([Math.round(distance), Math.round(least), hours]).toEqual([512, 512, 0]);
  });

  test("the smallest distance lies between the points, and so do its hour and its wind", () => {
    // Straight over the city's latitude, from 4 degrees east to 4 degrees west, in 40 hours.
    const track = [point(0, 17.0471, 112.2062, 20), point(40, 17.0471, 104.2062, 40)];
    const found = approachOf(track, daNang, options);
    expect(found).toEqual({
      distance: expect.closeTo(440.6, 0),
      // One degree north.
      least: expect.closeTo(111.2, 0),
      hours: expect.closeTo(20, 5),
      wind: expect.closeTo(30, 5),
      galeHours: expect.closeTo(12.2, 0),
    });
  });

  test("what is over does not count, nor what comes after the span", () => {
    const track = [point(-12, 16, 108.2), point(12, 16, 118.2), point(36, 16, 108.2)];
    // Now it is half-way out; within 12 hours it only moves away.
    expect(approachOf(track, daNang, { ...options, ahead: 12 * hour })).toMatchObject({
      hours: 0,
      least: expect.closeTo(533.7, 0),
    });
    expect(approachOf(track, daNang, options)).toMatchObject({
      hours: expect.closeTo(36, 1),
      least: expect.closeTo(5.24, 1),
    });
  });

  test("a track that has ended is where it ended; a wind that is not told is not known", () => {
    const track = [point(-24, 20, 112), point(-6, 18, 108.2, null)];
    expect(approachOf(track, daNang, options)).toEqual({
      distance: expect.closeTo(217.2, 0),
      least: expect.closeTo(217.2, 0),
      hours: 0,
      wind: null,
      galeHours: null,
    });
  });

  test("the gale radius that is told counts, and the usual one where none is", () => {
    expect(approachOf([point(0, 18, 108.2, 30, 250)], daNang, options).galeHours).toBe(0);
    expect(approachOf([point(0, 18, 108.2, 30, 150)], daNang, options).galeHours).toBeNull();
  });
});
