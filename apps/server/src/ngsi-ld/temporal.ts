import type { ObservationReader } from "@ioc/observations";
import { checkNames, namesOf, readOptions, wholeNumber } from "./parameters.ts";
import { problemOf } from "./problems.ts";
import { propertyOf, timeText, type EntityBody, type ShownEntity } from "./represent.ts";
import { instantOf } from "./times.ts";

/** Readings of one attribute in an answer, at most. */
const mostInstances = 1000;
const dayMs = 86_400_000;

export interface TemporalQuery {
  /** phenomenonTime in (from, to]. */
  from: number;
  to: number;
  attributes: ReadonlySet<string> | null;
  /** The newest so many of each attribute; null: the oldest of the span first, as many as an answer holds. */
  lastN: number | null;
  temporalValues: boolean;
}

const known = "timerel timeAt endTimeAt timeproperty attrs lastN options format local";

/** @throws {NgsiProblem} BadRequestData */
export function readTemporalQuery(search: URLSearchParams, now: number): TemporalQuery {
  checkNames(search, known.split(" "));
  const property = search.get("timeproperty") ?? "observedAt";
  if (property !== "observedAt") throw bad("`timeproperty` must be observedAt");
  const timerel = search.get("timerel");
  const at = instant(search, "timeAt");
  const end = instant(search, "endTimeAt");
  const span = spanOf(timerel, at, end, now);
  return {
    ...span,
    attributes: namesOf(search, "attrs", ","),
    lastN: wholeNumber(search, "lastN", 1, mostInstances),
    temporalValues: readOptions(search).temporalValues,
  };
}

/** The last day when nothing is said. `before` and `after` leave out the instant itself (4.11). */
function spanOf(
  timerel: string | null,
  at: number | null,
  end: number | null,
  now: number,
): { from: number; to: number } {
  if (timerel === null) {
    if (at !== null || end !== null) throw bad("`timerel` is missing: before, after or between");
    return { from: now - dayMs, to: now };
  }
  if (at === null) throw bad("`timerel` needs `timeAt`");
  if (timerel === "before") return { from: -1, to: at - 1 };
  if (timerel === "after") return { from: at, to: Number.MAX_SAFE_INTEGER };
  if (timerel !== "between") throw bad("`timerel` must be before, after or between");
  if (end === null) throw bad("`timerel=between` needs `endTimeAt`");
  if (end <= at) throw bad("`endTimeAt` must be later than `timeAt`");
  return { from: at - 1, to: end - 1 };
}

function instant(search: URLSearchParams, key: string): number | null {
  const text = search.get(key);
  if (text === null) return null;
  const time = instantOf(text);
  if (time === null) throw bad(`\`${key}\` must be a time such as 2026-10-22T02:00:24Z`);
  return time;
}

/**
 * The history of an entity: each attribute a list of its readings, of any quality. `range` is what the readings span when there
 * are more than an answer holds, null otherwise.
 */
export async function temporalEntity(
  entity: ShownEntity,
  reader: ObservationReader,
  query: TemporalQuery,
): Promise<{ body: EntityBody; range: { from: string; to: string } | null }> {
  const body: EntityBody = { id: entity.id, type: entity.type };
  const limit = query.lastN ?? mostInstances;
  const cut: number[] = [];
  for (const attribute of entity.attributes) {
    if (query.attributes && !query.attributes.has(attribute.name)) continue;
    const order = query.lastN === null ? "asc" : "desc";
    const span = { datastreams: [attribute.datastream], from: query.from, to: query.to };
    // One more than is answered tells whether there are more.
    const read = await reader.page({ ...span, order, limit: limit + 1 });
    const rows = read.slice(0, limit);
    if (rows.length === 0) continue;
    if (read.length > limit) cut.push(rows[0]!.phenomenonTime, rows.at(-1)!.phenomenonTime);
    const instances = rows.map((row) => propertyOf(attribute, row));
    body[attribute.name] = query.temporalValues
      ? { type: "Property", values: instances.map(({ value, observedAt }) => [value, observedAt]) }
      : instances;
  }
  if (cut.length === 0) return { body, range: null };
  return { body, range: { from: timeText(Math.min(...cut)), to: timeText(Math.max(...cut)) } };
}

function bad(detail: string) {
  return problemOf(400, "BadRequestData", detail);
}
