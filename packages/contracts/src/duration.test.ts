import { expect, test } from "vitest";
import { durationMs } from "./duration.ts";

test.each([
  ["PT5M", 300],
  ["PT1H", 3600],
  ["P1D", 86_400],
  ["P1DT12H", 129_600],
  ["P2W", 1_209_600],
  ["PT0S", 0],
  ["PT1.5S", 1.5],
])("%s is %d seconds", (text, seconds) => {
  expect(durationMs(text)).toBe(seconds * 1000);
});

test.each(["", "P", "PT", "5M", "PT5", "P1H", "-PT5M", "PT5m", "1 hour"])("%j is no duration", (text) => {
  expect(durationMs(text)).toBeNull();
});
