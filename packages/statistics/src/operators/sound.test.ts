import { expect, test } from "vitest";
import { energyMean } from "./sound.ts";

test("60, 60 and 70 dB make 66.0 dB, not 63.3", () => {
  // (10^6 + 10^6 + 10^7) / 3 = 4 * 10^6
  expect(energyMean([60, 60, 70])).toBeCloseTo(10 * Math.log10(4e6), 12);
  expect(energyMean([60, 60, 70])).toBeCloseTo(66.0206, 4);
});

test("missing levels are left out, nothing has no level, 0 dB is one", () => {
  expect(energyMean([null, 55, null])).toBeCloseTo(55, 12);
  expect(energyMean([])).toBeNull();
  expect(energyMean([null])).toBeNull();
  expect(energyMean([0])).toBe(0);
});
