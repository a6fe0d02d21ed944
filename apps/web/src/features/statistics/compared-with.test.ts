import { expect, it } from "vitest";
import { comparedWith } from "./compared-with.ts";

it("says what the value before is of", () => {
  const plain = [{ op: "tally" }, { op: "table" }];
  expect(comparedWith({ window: "PT24H", pipeline: plain })).toBeNull();
  expect(comparedWith({ window: "P1M", pipeline: plain })).toBe("P1M");
  expect(comparedWith({ window: "P1M", pipeline: [{ op: "tally", against: "year" }] })).toBe("year");
  expect(comparedWith({ window: "P7D", pipeline: [{ op: "other", against: "year" }] })).toBeNull();
});
