import type { Comparison } from "@ioc/expressions";

/** What a formula works with. Null: not known. */
export type Value = number | string | boolean | null;

export function numberOf(value: Value): number | null {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Arithmetic skips nothing: an unknown part makes the result unknown, and so does a divisor of 0. */
export function calculate(operator: "+" | "-" | "*" | "/", left: Value, right: Value): number | null {
  const a = numberOf(left);
  const b = numberOf(right);
  if (a === null || b === null) return null;
  if (operator === "+") return a + b;
  if (operator === "-") return a - b;
  if (operator === "*") return a * b;
  return b === 0 ? null : a / b;
}

/** Null when a side is unknown; texts are compared with texts, numbers with numbers. */
export function compare(operator: Comparison, left: Value, right: Value): boolean | null {
  if (left === null || right === null) return null;
  const a = typeof left === "boolean" ? Number(left) : left;
  const b = typeof right === "boolean" ? Number(right) : right;
  if (typeof a !== typeof b) return operator === "!=" ? true : operator === "==" ? false : null;
  switch (operator) {
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case ">=":
      return a >= b;
    case ">":
      return a > b;
    case "<=":
      return a <= b;
    case "<":
      return a < b;
  }
}
