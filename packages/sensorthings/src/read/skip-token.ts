import { invalid } from "../model/problem.ts";
import type { ObservationPlace } from "../observations/stored.ts";

/** Where the next page begins: behind an entity or an Observation, or after a number of them. */
export type PagePlace = { id: number } | { at: ObservationPlace } | { skip: number };

/** What a `$skiptoken` holds; clients are not to look into it. */
export interface SkipToken {
  place: PagePlace;
  /** For the next page of an expanded set: the query that was asked, and which expansion of it this is. */
  expanded: { search: string; trail: readonly number[] } | null;
}

const longestToken = 20_000;

export function writeSkipToken({ place, expanded }: SkipToken): string {
  const text = JSON.stringify([place, expanded && [expanded.search, expanded.trail]]);
  return Buffer.from(text).toString("base64url");
}

/** @throws {SensorThingsProblem} for anything that this server did not write */
export function readSkipToken(token: string): SkipToken {
  try {
    if (token.length > longestToken) throw new Error("too long");
    const [place, expanded] = JSON.parse(Buffer.from(token, "base64url").toString("utf8")) as unknown[];
    return { place: readPlace(place), expanded: readExpanded(expanded) };
  } catch {
    throw invalid("$skiptoken", "is not one that this server gave; follow @iot.nextLink as it is");
  }
}

function readPlace(place: unknown): PagePlace {
  const given = place as { id?: unknown; at?: { time?: unknown; id?: unknown }; skip?: unknown };
  if (given.id !== undefined) return { id: count(given.id) };
  if (given.skip !== undefined) return { skip: count(given.skip) };
  const time = given.at?.time;
  if (typeof time !== "number" || !Number.isSafeInteger(time)) throw new Error("no time");
  return { at: { time, id: count(given.at?.id) } };
}

function readExpanded(expanded: unknown): SkipToken["expanded"] {
  if (expanded === null) return null;
  const [search, trail] = expanded as [unknown, unknown];
  if (typeof search !== "string" || !Array.isArray(trail) || trail.length > 10) throw new Error("no expansion");
  return { search, trail: trail.map(count) };
}

function count(value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0) throw new Error("no count");
  return value;
}
