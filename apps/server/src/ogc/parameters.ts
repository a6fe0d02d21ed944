import { ProblemError } from "../api/problem.ts";
import { parseBbox } from "./bbox.ts";
import type { Box, Column, Scalar } from "./collection.ts";
import { parseDatetime, type Span } from "./datetime.ts";

export const defaultLimit = 100;
export const largestLimit = 10_000;

/** Parameters that every address takes. */
export const commonParameters = ["f", "lang"] as const;

/** Parameters of `items` besides the properties of the collection. */
export const itemParameters = [...commonParameters, "limit", "offset", "bbox", "datetime"] as const;

/** What is asked of the features of a collection. */
export interface ItemQuery {
  limit: number;
  offset: number;
  boxes: readonly Box[] | null;
  span: Span | null;
  filters: readonly { name: string; value: Scalar }[];
}

/**
 * Refuses parameters that the address does not know (OGC 17-069r4, /req/core/query-param-unknown), that are given twice,
 * or that make no sense.
 *
 * @throws {ProblemError} 400 with the parameter and what would be right.
 */
export function checkParameters(search: URLSearchParams, known: readonly string[]): void {
  const errors = [...new Set(search.keys())].flatMap((name) => {
    if (!known.includes(name)) return [{ name, message: `is not known here; known are ${known.join(", ")}` }];
    return search.getAll(name).length > 1 ? [{ name, message: "must be given once" }] : [];
  });
  const f = search.get("f");
  if (f !== null && f !== "json" && f !== "html") errors.push({ name: "f", message: "must be json or html" });
  const lang = search.get("lang");
  if (lang !== null && lang !== "vi" && lang !== "en") errors.push({ name: "lang", message: "must be vi or en" });
  refuse(errors);
}

/**
 * Reads the parameters of `items`. A limit above the largest is taken as the largest.
 *
 * @throws {ProblemError} 400.
 */
export function readItemQuery(search: URLSearchParams, columns: readonly Column[]): ItemQuery {
  checkParameters(search, [...itemParameters, ...columns.map(({ name }) => name)]);
  const errors: Wrong[] = [];
  const read = <T>(name: string, fallback: T, parse: (text: string) => T | string): T => {
    const text = search.get(name);
    if (text === null) return fallback;
    const value = parse(text);
    if (typeof value !== "string") return value;
    errors.push({ name, message: value });
    return fallback;
  };
  const query: ItemQuery = {
    limit: Math.min(
      largestLimit,
      read<number>("limit", defaultLimit, (text) => wholeNumber(text, 1)),
    ),
    offset: read<number>("offset", 0, (text) => wholeNumber(text, 0)),
    boxes: read<readonly Box[] | null>("bbox", null, parseBbox),
    span: read<Span | null>("datetime", null, parseDatetime),
    filters: columns.flatMap((column) => {
      const text = search.get(column.name);
      if (text === null) return [];
      const value = valueFor(column, text);
      if (value !== null) return [{ name: column.name, value }];
      errors.push({ name: column.name, message: `must be a ${column.type}` });
      return [];
    }),
  };
  refuse(errors);
  return query;
}

interface Wrong {
  name: string;
  message: string;
}

function refuse(errors: readonly Wrong[]): void {
  if (errors.length === 0) return;
  const [first] = errors;
  throw new ProblemError(400, "invalid-request", `The parameter ${first?.name.slice(0, 60)} ${first?.message}.`, {
    errors: errors.slice(0, 50).map(({ name, message }) => ({ path: `query.${name.slice(0, 60)}`, message })),
  });
}

function wholeNumber(text: string, least: number): number | string {
  const value = Number(text);
  const fits = /^\d{1,15}$/.test(text) && value >= least;
  return fits ? value : `must be a whole number from ${least}`;
}

function valueFor(column: Column, text: string): Scalar {
  if (column.type === "string") return text;
  if (column.type === "boolean") return text === "true" ? true : text === "false" ? false : null;
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? null : value;
}
