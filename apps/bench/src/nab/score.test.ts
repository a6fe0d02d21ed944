import { expect, test } from "vitest";
import { bestThreshold, normalised, placesOf, probationOf, scaledSigmoid, scoreFile } from "./score.ts";

const standard = { tpWeight: 1, fpWeight: 0.11, fnWeight: 1 };
const fewMisses = { tpWeight: 1, fpWeight: 0.11, fnWeight: 2 };
/** Forty rows, six of them probation, and a window of ten. */
const windows = [{ first: 20, last: 29 }];
const firing = (...rows: number[]) => Array.from({ length: 40 }, (_, i) => (rows.includes(i) ? 1 : 0));

test("the sigmoid has the values that the paper's figure gives", () => {
  expect(scaledSigmoid(-1)).toBeCloseTo(0.98661, 5);
  expect(scaledSigmoid(-0.5)).toBeCloseTo(0.84828, 5);
  expect(scaledSigmoid(0)).toBe(0);
  expect(scaledSigmoid(1)).toBeCloseTo(-0.98661, 5);
  expect(scaledSigmoid(3.01)).toBe(-1);
});

test("15 % of a file are probation, at most 750 rows", () => {
  expect([40, 4032, 4999, 5000, 22_695].map(probationOf)).toEqual([6, 604, 749, 750, 750]);
});

test("rows are placed relative to their window, those outside relative to the one before", () => {
  const places = placesOf(70, windows);
  expect(places[10]).toEqual({ window: -1, worth: -1 });
  expect(places[20]).toEqual({ window: 0, worth: 1 });
  // (25 - 29 - 1) / 10 = -0.5: 0.848284 of 0.986614
  expect(places[25]?.worth).toBeCloseTo(0.859793, 6);
  expect(places[29]?.worth).toBeCloseTo(0.248242, 6);
  // (30 - 29) / 9
  expect(places[30]?.window).toBe(-1);
  expect(places[30]?.worth).toBeCloseTo(-0.270847, 6);
  // Three widths behind the window are row 56.
  expect(places[56]?.worth).toBeGreaterThan(-1);
  expect(places[57]?.worth).toBe(-1);
});

test("only the earliest detection of a window counts, false alarms add up, the probation is free", () => {
  // 0.859793 - 0.11 * 1 - 0.11 * 0.270847
  const score = scoreFile(firing(3, 10, 25, 27, 30), windows, 1, standard);
  expect(score.raw).toBeCloseTo(0.72, 4);
  expect(score).toMatchObject({ tp: 2, fp: 2, fn: 8, tn: 22, found: 1, windows: 1 });
  expect(scoreFile(firing(3), windows, 1, standard).raw).toBe(-1);
  expect(scoreFile(firing(3), windows, 1, fewMisses).raw).toBe(-2);
  expect(scoreFile(firing(20), windows, 1, fewMisses).raw).toBe(1);
});

test("a window that lies in the probation is missed", () => {
  expect(scoreFile(firing(2), [{ first: 1, last: 4 }], 1, standard)).toMatchObject({ raw: -1, found: 0, tp: 0, fn: 0 });
});

test("a file without windows costs its false alarms", () => {
  expect(scoreFile(firing(10, 39), [], 1, standard).raw).toBeCloseTo(-0.22, 12);
});

test("no detection is 0, every window at its first row 100, in every profile", () => {
  expect(normalised(-57, 57, standard)).toBe(0);
  expect(normalised(57, 57, standard)).toBe(100);
  expect(normalised(-114, 57, fewMisses)).toBe(0);
  expect(normalised(57, 57, fewMisses)).toBe(100);
  expect(normalised(0, 57, standard)).toBe(50);
});

test("the best threshold for all files is found among their scores", () => {
  const one = Array.from({ length: 40 }, (_, i) => ({ 10: 0.4, 25: 0.6, 35: 0.5 })[i] ?? 0);
  const two = Array.from({ length: 40 }, (_, i) => ({ 12: 0.3, 20: 0.45 })[i] ?? 0);
  const files = [one, two].map((scores) => ({ scores, windows }));
  const best = bestThreshold(files, standard);
  // 0.859793 + 1 less the false alarm at row 35, (35 - 29) / 9 widths behind: 0.11 * 0.931110
  expect(best.threshold).toBe(0.45);
  expect(best.score).toBeCloseTo(normalised(1.757371, 2, standard), 3);
  const raw = files.reduce((sum, { scores }) => sum + scoreFile(scores, windows, best.threshold, standard).raw, 0);
  expect(normalised(raw, 2, standard)).toBeCloseTo(best.score, 9);
});
