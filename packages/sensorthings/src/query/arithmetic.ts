import type { ArithmeticOperator } from "./expression.ts";
import { duration, instant, shift } from "./time.ts";
import type { Duration, Instant, Interval } from "./time.ts";
import { isDuration, isTime, toNumber, toTime } from "./values.ts";

/**
 * Numbers with numbers; a time plus or minus a duration is a time, the difference of two instants a duration; durations
 * are added, subtracted, and multiplied or divided by a number. Division is real and a division by 0 is null. Whatever
 * has no meaning (a text plus a number, anything with null) is null.
 */
export function calculate(operator: ArithmeticOperator, left: unknown, right: unknown): unknown {
  const [a, b] = [toNumber(left), toNumber(right)];
  if (a !== null && b !== null) return finite(numbers(operator, a, b));
  if (isDuration(right)) return withDuration(operator, left, right);
  if (isDuration(left)) return fromDuration(operator, left, right);
  return operator === "sub" && (isTime(left) || isTime(right)) ? difference(toTime(left), toTime(right)) : null;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function numbers(operator: ArithmeticOperator, a: number, b: number): number {
  switch (operator) {
    case "add":
      return a + b;
    case "sub":
      return a - b;
    case "mul":
      return a * b;
    case "div":
      return b === 0 ? Number.NaN : a / b;
    case "mod":
      return a % b;
  }
}

function withDuration(operator: ArithmeticOperator, left: unknown, by: Duration): unknown {
  if (operator !== "add" && operator !== "sub") {
    const factor = operator === "mul" ? toNumber(left) : null;
    return factor === null ? null : scaled(by, factor);
  }
  const moved = operator === "add" ? by : scaled(by, -1);
  if (isDuration(left)) return duration(left.ms + moved.ms, left.months + moved.months);
  const time = toTime(left);
  return time && movedTime(time, moved);
}

function fromDuration(operator: ArithmeticOperator, left: Duration, right: unknown): unknown {
  if (operator === "add") {
    const time = toTime(right);
    return time && movedTime(time, left);
  }
  const factor = toNumber(right);
  if (factor === null) return null;
  if (operator === "mul") return scaled(left, factor);
  return operator === "div" && factor !== 0 ? scaled(left, 1 / factor) : null;
}

function scaled(value: Duration, factor: number): Duration {
  return duration(value.ms * factor, value.months * factor);
}

function movedTime(time: Instant | Interval, by: Duration): Instant | Interval {
  if (time.kind === "instant") return instant(shift(time.ms, by), time.offsetMinutes);
  return { ...time, from: shift(time.from, by), to: shift(time.to, by) };
}

function difference(left: Instant | Interval | null, right: Instant | Interval | null): Duration | null {
  if (left?.kind !== "instant" || right?.kind !== "instant") return null;
  return duration(left.ms - right.ms);
}
