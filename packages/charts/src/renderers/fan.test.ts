import { describe, expect, test } from "vitest";
import type { Datum } from "../columns.ts";
import { bandsAround } from "./fan.ts";

const at = (time: number, ends: Partial<Datum> | null) => ({ time, datum: ends as Datum | null });
const place = (time: number, value: number): [number, number] => [time, -value];
const around = (wide: number, narrow: number) => ({ lowest: -wide, highest: wide, low: -narrow, high: narrow });

/** Corners and opacity of what is drawn. */
const drawn = (points: Parameters<typeof bandsAround>[0]) =>
  bandsAround(points, place, "#123456").map((shape) => {
    const { shape: outline, style } = shape as unknown as {
      shape: { points: number[][] };
      style: { opacity: number };
    };
    return { points: outline.points, opacity: style.opacity };
  });

describe("bands around a forecast", () => {
  test("the wide band lies behind the narrow one and is fainter", () => {
    const [wide, narrow, ...more] = drawn([at(0, around(2, 1)), at(1, around(4, 2))]);
    expect(more).toEqual([]);
    expect(wide?.points).toEqual([
      [0, -2],
      [1, -4],
      [1, 4],
      [0, 2],
    ]);
    expect(narrow?.points[0]).toEqual([0, -1]);
    expect(wide!.opacity).toBeLessThan(narrow!.opacity);
  });

  test("only a narrow band where there is no wide one, as before", () => {
    const narrow = { low: 0, high: 1, lowest: null, highest: null };
    expect(drawn([at(0, narrow), at(1, narrow)])).toHaveLength(1);
  });

  test("a gap or a missing end interrupts; a single point has no area", () => {
    const points = [
      at(0, around(2, 1)),
      at(1, around(2, 1)),
      at(2, null),
      at(3, around(2, 1)),
      at(4, { ...around(2, 1), high: null }),
      at(5, around(2, 1)),
    ];
    expect(drawn(points).map(({ points: corners }) => corners.map(([x]) => x))).toEqual([
      [0, 1, 1, 0],
      [3, 4, 5, 5, 4, 3],
      [0, 1, 1, 0],
    ]);
  });
});
