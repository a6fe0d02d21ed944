import { describe, expect, test } from "vitest";
import { ExpressionError, isTruth, parseCondition, parseFormula } from "./index.ts";
import type { ValueNode } from "./index.ts";

const name = (text: string): ValueNode => ({ type: "name", name: text });
const number = (value: number): ValueNode => ({ type: "number", value });

describe("what is read", () => {
  test("products before sums, sums before comparisons, and before or", () => {
    expect(parseCondition("a + b * 2 >= 3 or c < 1 and d == 4")).toEqual({
      type: "or",
      left: {
        type: "comparison",
        operator: ">=",
        left: {
          type: "arithmetic",
          operator: "+",
          left: name("a"),
          right: { type: "arithmetic", operator: "*", left: name("b"), right: number(2) },
        },
        right: number(3),
      },
      right: {
        type: "and",
        left: { type: "comparison", operator: "<", left: name("c"), right: number(1) },
        right: { type: "comparison", operator: "==", left: name("d"), right: number(4) },
      },
    });
  });

  test("differences and quotients are taken from the left", () => {
    expect(parseFormula("a - b - c")).toEqual({
      type: "arithmetic",
      operator: "-",
      left: { type: "arithmetic", operator: "-", left: name("a"), right: name("b") },
      right: name("c"),
    });
  });

  test("a formula may be a value or a truth", () => {
    expect(isTruth(parseFormula("100 * met / targets"))).toBe(false);
    expect(isTruth(parseFormula("kind == 'bus' and count(late) > 2"))).toBe(true);
  });
});

describe("what is refused", () => {
  test.each(["", "a", "a >", "a >= 1 >= 2", "(a > 1", "a > 1)", "a > 1 b", "a # 1", "1 + (a > 2) > 3"])(
    "a condition: %j",
    (source) => {
      expect(() => parseCondition(source)).toThrow(ExpressionError);
    },
  );

  test("texts and calls are for formulas only", () => {
    expect(() => parseCondition("kind == 'bus'")).toThrow(ExpressionError);
    expect(() => parseCondition("count(a) > 1")).toThrow(ExpressionError);
  });

  test("what is endless or nested without end, before it costs anything", () => {
    expect(() => parseFormula("1+".repeat(100_000))).toThrow(/longer than/);
    expect(() => parseFormula(`${"(".repeat(400)}1${")".repeat(400)}`)).toThrow(ExpressionError);
  });

  test("the place is named", () => {
    expect(() => parseFormula("a + # b")).toThrow(/5/);
  });
});
