import { plain, type Entity } from "./entity.ts";

/** Where the time of an entity's readings stands, the most telling first (smart-data-models). */
const usual = ["dateObservedTo", "dateObserved", "observationDateTime", "TimeInstant", "observedAt"];

const instant = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Instant of an ISO 8601 text in ms, or null. Of an interval `from/to` it is the end, as every interval value is labelled by
 * its end here. A time without an offset is UTC, as NGSI-LD wants all times to be (ETSI GS CIM 009, 4.6.3).
 */
export function instantOf(given: unknown): number | null {
  if (typeof given !== "string" || given.length > 100) return null;
  const match = instant.exec(given.slice(given.lastIndexOf("/") + 1).trim());
  if (!match) return null;
  const [, date = "", clock = "", offset = "Z"] = match;
  const time = Date.parse(`${date}T${clock.length === 5 ? `${clock}:00` : clock}${offset}`);
  if (Number.isNaN(time)) return null;
  // A day that the month does not have would be read as one of the next month.
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date) ? time : null;
}

/** The attribute that holds the time of an entity's readings, and what it says; null when there is none. */
export function entityTime(attributes: Entity["attributes"], named: string | undefined): { text: unknown } | null {
  for (const name of named === undefined ? usual : [named, ...usual]) {
    const found = attributes.find((one) => one.name === name);
    if (found) return { text: plain(found.value) };
  }
  return null;
}
