import { describe, expect, test } from "vitest";
import { chartPlan } from "./chart-option.ts";
import { styleOf, type ChartContext } from "./context.ts";
import { outlineOf, patternOver } from "./patterns.ts";
import { sampleName, sampleNow } from "./testing/frame-parts.ts";
import { samples } from "./testing/sample-frames.ts";
import { shapeSamples } from "./testing/shape-samples.ts";

const context: ChartContext = {
  theme: "light",
  width: 680,
  height: 320,
  lang: "vi",
  now: sampleNow,
  nameOf: sampleName,
};
const style = styleOf(context);
const linesOf = (index: number, outline = outlineOf({ left: 10, top: 20, width: 60, height: 40 })): number[][] =>
  patternOver([outline], index, style, { z: 1 }).flatMap((shape) => (shape["shape"] as { lines: number[][] }).lines);

test("six patterns differ without any colour; the first is plain", () => {
  expect(linesOf(0)).toEqual([]);
  const looks = [1, 2, 3, 4, 5].map((index) => JSON.stringify(linesOf(index)));
  expect(new Set(looks).size).toBe(5);
  expect(linesOf(6)).toEqual(linesOf(0));
});

test("lines end at the outline, of any form", () => {
  for (const index of [1, 2, 3, 4, 5])
    for (const [x1, y1, x2, y2] of linesOf(index) as [number, number, number, number][]) {
      expect(Math.min(x1, x2)).toBeGreaterThanOrEqual(9.99);
      expect(Math.max(x1, x2)).toBeLessThanOrEqual(70.01);
      expect(Math.min(y1, y2)).toBeGreaterThanOrEqual(19.99);
      expect(Math.max(y1, y2)).toBeLessThanOrEqual(60.01);
    }
  // A V: level lines are broken by its notch.
  const notched: [number, number][] = [
    [0, 0],
    [30, 60],
    [60, 0],
    [60, 80],
    [0, 80],
  ];
  const level = linesOf(3, notched).filter(([, y]) => y! < 50);
  expect(level.length).toBeGreaterThan(8);
  for (const [x1, y, x2] of level as [number, number, number, number][]) {
    const left = Math.max(x1, x2) <= y / 2 + 0.01;
    const right = Math.min(x1, x2) >= 60 - y / 2 - 0.01;
    expect(left || right).toBe(true);
  }
});

describe("are drawn only when they are wanted", () => {
  test.each([
    ["floodHours", samples],
    ["floodWards", samples],
    ["composed", samples],
    ["feedback", shapeSamples],
    ["servicePair", shapeSamples],
  ] as const)("%s", (name, from) => {
    const { spec, frame } = (from as typeof samples)[name]!;
    const count = (patterns: boolean): number =>
      JSON.stringify(chartPlan(spec, frame, { ...context, patterns }).option).split('"figure"').length;
    expect(count(true)).toBeGreaterThan(count(false));
  });
});
