import { BadCursor } from "./port.ts";
import type { RowShape } from "./row.ts";
import type { Stored } from "./row-types.ts";

/** The place behind a key, as a text for addresses. */
export function cursorOf(key: readonly Stored[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** @throws {BadCursor} when the text is no key of such rows */
export function keyOfCursor(cursor: string, { fields, keys }: RowShape): Stored[] {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw new BadCursor();
  }
  if (!Array.isArray(key) || key.length !== keys.length) throw new BadCursor();
  return keys.map((at, place): Stored => {
    const value: unknown = key[place];
    const wanted = fields[at]?.sql === "TEXT" ? "string" : "number";
    if (typeof value !== wanted) throw new BadCursor();
    return value as string | number;
  });
}
