import { compareValues, endOf, sign, startOf } from "./compare.ts";
import { evaluate } from "./evaluate.ts";
import type { Item } from "./expression.ts";
import type { OrderItem } from "./options.ts";
import { isTime } from "./values.ts";

/**
 * How two entities are ordered by `$orderby`: null comes last in either direction, and what is equal in all terms is
 * ordered by `@iot.id`, so that the order is the same every time. Texts are ordered by their characters, not by a
 * language; numbers come before texts, and objects are ordered by their JSON.
 *
 * @param now time that `now()` gives, ms since 1970 UTC.
 */
export function compareBy(orderby: readonly OrderItem[], now: number): (a: Item, b: Item) => number {
  return (a, b) => {
    for (const { expression, descending } of orderby) {
      const order = compareForOrder(evaluate(expression, a, now), evaluate(expression, b, now), descending);
      if (order !== 0) return order;
    }
    return compareForOrder(a.get("@iot.id"), b.get("@iot.id"), false);
  };
}

function compareForOrder(a: unknown, b: unknown, descending: boolean): number {
  const [first, second] = [a ?? null, b ?? null];
  if (first === null || second === null) return Number(first === null) - Number(second === null);
  const order = ascending(first, second);
  return descending ? -order : order;
}

function ascending(a: unknown, b: unknown): number {
  if (isTime(a) && isTime(b)) return startOf(a) - startOf(b) || endOf(a) - endOf(b);
  if (typeof a === typeof b && compareValues("lt", a, b) === true) return -1;
  if (typeof a === typeof b && compareValues("gt", a, b) === true) return 1;
  if (typeof a === typeof b && compareValues("eq", a, b) === true) return 0;
  return rank(a) - rank(b) || sign(JSON.stringify(a), JSON.stringify(b));
}

function rank(value: unknown): number {
  return ["number", "string", "boolean"].indexOf(typeof value) + (typeof value === "object" ? 4 : 0);
}
