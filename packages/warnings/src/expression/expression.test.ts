import { describe, expect, test } from "vitest";
import { ExpressionError } from "@ioc/expressions";
import { atLeast, exactly, unknown } from "./bounds.ts";
import type { Bounds } from "./bounds.ts";
import { clearingOf, compileExpression } from "./expression.ts";

function scope(values: Record<string, number | null | Bounds>): (name: string) => Bounds {
  return (name) => {
    const value = values[name];
    return typeof value === "object" && value !== null ? value : exactly(value ?? null);
  };
}

function test3(source: string, values: Record<string, number | null | Bounds>): boolean | null {
  return compileExpression(source).test(scope(values));
}

describe("values", () => {
  test.each([
    ["d >= 0.1", { d: 0.1 }, true],
    ["d > 0.1", { d: 0.1 }, false],
    ["a + b * 2 == 7", { a: 1, b: 3 }, true],
    ["(a + b) * 2 == 8", { a: 1, b: 3 }, true],
    ["a - b - 1 < 0", { a: 3, b: 2.5 }, true],
    ["-a <= -2", { a: 2 }, true],
    ["a / b >= 2", { a: 4, b: 2 }, true],
    ["a != 3", { a: 3 }, false],
    ["tti >= 3 or (tti >= 2 and vc >= 1)", { tti: 2, vc: 1 }, true],
    ["tti >= 3 or tti >= 2 and vc >= 1", { tti: 2, vc: 0.9 }, false],
    ["not a > 1 and b > 1", { a: 1, b: 2 }, true],
  ])("%s with %o is %s", (source, values, expected) => {
    expect(test3(source, values)).toBe(expected);
  });
});

describe("what is not known", () => {
  test.each([
    ["a >= 1", { a: null }, null],
    ["not a >= 1", { a: null }, null],
    ["a >= 1 or b >= 1", { a: null, b: 1 }, true],
    ["a >= 1 or b >= 1", { a: null, b: 0 }, null],
    ["a >= 1 and b >= 1", { a: null, b: 0 }, false],
    ["a + b >= 1", { a: null, b: 5 }, null],
    ["a * 0 >= 1", { a: null }, null],
    ["a / b >= 1", { a: 1, b: 0 }, null],
    ["r >= 30", { r: atLeast(31) }, true],
    ["r >= 30", { r: atLeast(29) }, null],
    ["r < 30", { r: atLeast(31) }, false],
    ["r - q >= 1", { r: unknown, q: unknown }, null],
  ])("%s with %o is %s", (source, values, expected) => {
    expect(test3(source, values)).toBe(expected);
  });
});

describe("clearing", () => {
  test.each([
    ["d >= 0.2", 0.05, "not (d >= 0.15)"],
    ["h >= bd3 + 1", 0.1, "not (h >= ((bd3 + 1) - 0.1))"],
    ["a < 1.8", 0.2, "not (a < 2)"],
    ["250 <= s", 50, "not (200 <= s)"],
    ["not (a < 5)", 1, "not (not (a < 4))"],
    ["r1 >= 30 or r3 >= 60", 10, "not ((r1 >= 20 or r3 >= 50))"],
    ["lit == 0", 3, "not (lit == 0)"],
  ])("%s by %d is left on %s", (when, hysteresis, expected) => {
    const clear = clearingOf(when, hysteresis);
    expect(clear.source).toBe(expected);
    expect(compileExpression(clear.source).signals).toEqual(compileExpression(when).signals);
  });
});

describe("problems name the place", () => {
  test.each([
    ["d >= ", 5, 'expected a number, a signal or "(", found "the end"'],
    ["d >= 0.1)", 9, 'did not expect ")"'],
    ["(d >= 0.1", 10, 'expected ")", found "the end"'],
    ["d # 1", 3, 'cannot read "#"'],
    ["d", 1, "expected something that is true or false, found a number"],
    ["1 < d < 3", 7, "a comparison cannot follow a comparison"],
    ["(a > 1) + 2 > 3", 1, "expected a number, found something true or false"],
    ["a > 1 and b", 11, "expected something that is true or false, found a number"],
    ["", 1, 'expected a number, a signal or "(", found "the end"'],
  ])("%s", (source, position, message) => {
    let error: unknown;
    try {
      compileExpression(source);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ExpressionError);
    expect((error as ExpressionError).position).toBe(position);
    expect((error as ExpressionError).message).toContain(message);
  });

  test("endless nesting and length are refused", () => {
    expect(() => compileExpression(`${"(".repeat(60)}a > 1${")".repeat(60)}`)).toThrow("nested deeper than 50");
    expect(() => compileExpression(`a > ${"1".repeat(2000)}`)).toThrow("longer than 1000 characters");
  });
});
