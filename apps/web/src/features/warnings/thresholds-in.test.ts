import { describe, expect, test } from "vitest";
import { thresholdsIn, withThresholds } from "./thresholds-in.ts";

describe("numbers of a condition", () => {
  test.each([
    ["d >= 0.2", [["d >=", 0.2]]],
    [
      "(v1 >= 0.5 and r > 30) or v3<1",
      [
        ["v1 >=", 0.5],
        ["r >", 30],
        ["v3<", 1],
      ],
    ],
    ["late >= 1 and vital == 1", [["late >=", 1]]],
    ["h >= bd1", []],
    ["t < -5", [["t <", -5]]],
  ])("%s", (when, expected) => {
    expect(thresholdsIn(when).map(({ comparison, value }) => [comparison, value])).toEqual(expected);
  });

  test("others take their place, one by one", () => {
    expect(withThresholds("(v1 >= 0.5 and r > 30) or v3<1", [0.75, 100, -2])).toBe("(v1 >= 0.75 and r > 100) or v3<-2");
    expect(withThresholds("d >= 0.2", [])).toBe("d >= 0.2");
  });
});
