import { isoTime } from "@ioc/contracts";
import type { Feature } from "./collection.ts";

export interface Span {
  /** ms since 1970 (UTC); ±Infinity where open. */
  from: number;
  to: number;
}

const dayMs = 86_400_000;

/**
 * Reads an instant, a day, or an interval `a/b` that may be open on either side (`a/..`, `../b`, `a/`, `/b`).
 *
 * @returns the span, or what would be right.
 */
export function parseDatetime(text: string): Span | string {
  const parts = text.split("/");
  const wrong = "must be a time such as 2026-01-31T09:00:00Z or an interval such as 2026-01-01T00:00:00Z/..";
  if (parts.length > 2) return wrong;
  const [first, second = first] = parts.map((part) => part.trim());
  if (parts.length === 1 && (first === "" || first === "..")) return wrong;
  const from = first === "" || first === ".." ? { from: -Infinity, to: Infinity } : spanOf(first ?? "");
  const to = second === "" || second === ".." ? { from: -Infinity, to: Infinity } : spanOf(second ?? "");
  if (!from || !to) return wrong;
  if (from.from > to.to) return "must have the earlier time first";
  return { from: from.from, to: to.to };
}

function spanOf(text: string): Span | null {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  // A + that was not encoded has become a blank.
  const time = isDay ? `${text}T00:00:00Z` : text.replace(" ", "+");
  if (!isoTime.safeParse(time).success) return null;
  const from = Date.parse(time);
  return { from, to: isDay ? from + dayMs - 1 : from };
}

/** Whether a feature holds at some time of the span; one without a time holds always (OGC 17-069r4, 7.15.4). */
export function holdsIn({ time }: Feature, span: Span): boolean {
  return !time || (time.from <= span.to && time.to >= span.from);
}
