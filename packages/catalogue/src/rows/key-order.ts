import type { Stored } from "./row-types.ts";

const surrogate = /[\ud800-\udfff]/;

/** The order that SQLite gives keys: numbers by size, texts by their bytes in UTF-8. */
export function compareStored(a: Stored, b: Stored): number {
  if (a === b) return 0;
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [String(a), String(b)];
  // UTF-16 has another order only for characters beyond its first plane.
  if (!surrogate.test(left) && !surrogate.test(right)) return left < right ? -1 : 1;
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** A text that only this key has: no text of a row holds U+0000. */
export function keyText(key: readonly Stored[]): string {
  return key.join("\u0000");
}
