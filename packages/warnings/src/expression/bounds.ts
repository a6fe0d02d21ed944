import type { Arithmetic, Comparison } from "@ioc/expressions";

/**
 * What is known of a quantity: it lies in [low, high]. Exactly known: low = high. Nothing known: (-∞, ∞). A sum of which
 * some readings are missing is known from below only; so it can raise an alert and cannot clear one.
 */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** `null`: cannot be told from what is known. */
export type Truth = boolean | null;

export const unknown: Bounds = { low: -Infinity, high: Infinity };

export function exactly(value: number | null): Bounds {
  return value === null || Number.isNaN(value) ? unknown : { low: value, high: value };
}

export function atLeast(value: number): Bounds {
  return { low: value, high: Infinity };
}

/** Rounds away binary fractions (8.2 - 6.2 is 1.9999999999999991), which would miss a threshold by nothing. */
export function withoutNoise({ low, high }: Bounds): Bounds {
  const rounded = Number(low.toPrecision(12));
  return { low: rounded, high: low === high ? rounded : Number(high.toPrecision(12)) };
}

/** The value to show: the exact one, or a lower bound that says something; else null. */
export function shownValue({ low, high }: Bounds): number | null {
  return Number.isFinite(low) && (low === high || low > 0) ? low : null;
}

/** True or false only when it is so for every pair of values within the bounds. NaN bounds compare as unknown. */
export function compare(operator: Comparison, a: Bounds, b: Bounds): Truth {
  switch (operator) {
    case ">=":
      return a.low >= b.high ? true : a.high < b.low ? false : null;
    case ">":
      return a.low > b.high ? true : a.high <= b.low ? false : null;
    case "<=":
      return compare(">=", b, a);
    case "<":
      return compare(">", b, a);
    case "==":
      if (a.high < b.low || b.high < a.low) return false;
      return a.low === a.high && b.low === b.high && a.low === b.low ? true : null;
    case "!=":
      return not(compare("==", a, b));
  }
}

export function calculate(operator: Arithmetic, a: Bounds, b: Bounds): Bounds {
  switch (operator) {
    case "+":
      return tidy(a.low + b.low, a.high + b.high);
    case "-":
      return tidy(a.low - b.high, a.high - b.low);
    case "*":
      return span([a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]);
    case "/":
      // A divisor that may be 0 says nothing.
      if (b.low <= 0 && b.high >= 0) return unknown;
      return span([a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high]);
  }
}

function span(corners: readonly number[]): Bounds {
  return tidy(Math.min(...corners), Math.max(...corners));
}

/** ∞ - ∞ and 0 · ∞ are NaN: nothing is known then. */
function tidy(low: number, high: number): Bounds {
  return { low: Number.isNaN(low) ? -Infinity : low, high: Number.isNaN(high) ? Infinity : high };
}

/** Kleene's three-valued logic. */
export function and(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}

export function or(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true;
  return a === null || b === null ? null : false;
}

export function not(a: Truth): Truth {
  return a === null ? null : !a;
}
