import type { Expression } from "./expression.ts";
import { noOptions, QuerySyntaxError } from "./options.ts";
import type { ExpandItem, OrderItem, QueryOptions, ResultFormat } from "./options.ts";
import { parseExpression } from "./parse-expression.ts";
import { splitOutside } from "./split.ts";

/** Levels of links that one request can follow, and expansions in all. */
const deepestExpand = 5;
const mostExpands = 40;
const mostNames = 100;
const mostOrderItems = 20;
const longest = 8000;

const formats: ReadonlyMap<string, ResultFormat> = new Map<string, ResultFormat>([
  ["json", "json"],
  ["dataarray", "dataArray"],
  ["csv", "csv"],
  ["geojson", "geojson"],
]);

const optionNames = [
  "$filter",
  "$orderby",
  "$select",
  "$expand",
  "$top",
  "$skip",
  "$count",
  "$resultFormat",
  "$skiptoken",
];

/** What is read so far, to keep to the limits over all levels. */
interface Budget {
  expands: number;
}

/**
 * Reads the query options of OGC SensorThings 1.1 (OGC 18-088, section 9.3) from a query string.
 *
 * Parameters that do not begin with `$` are not for us and are left alone.
 *
 * @throws {QuerySyntaxError} with the option and the place in it.
 */
export function parseQueryOptions(search: URLSearchParams | string): QueryOptions {
  const options = noOptions();
  const budget: Budget = { expands: 0 };
  const seen = new Set<string>();
  for (const [name, value] of new URLSearchParams(search)) {
    if (!name.startsWith("$")) continue;
    readOption(options, { name, value, level: 0, seen, budget });
  }
  return options;
}

interface Written {
  name: string;
  value: string;
  level: number;
  seen: Set<string>;
  budget: Budget;
}

function readOption(options: QueryOptions, written: Written): void {
  const { name, value, level, seen, budget } = written;
  const known = optionNames.find((option) => option.toLowerCase() === name.toLowerCase());
  if (!known) throw new QuerySyntaxError(`is not known; known are ${optionNames.join(", ")}`, name.slice(0, 40), 1);
  if (seen.has(known)) throw new QuerySyntaxError("is given twice", known, 1);
  seen.add(known);
  if (value.length > longest) throw new QuerySyntaxError(`is longer than ${longest} characters`, known, longest + 1);
  if (level > 0 && (known === "$resultFormat" || known === "$skiptoken")) {
    throw new QuerySyntaxError("cannot be inside $expand", known, 1);
  }
  switch (known) {
    case "$filter":
      options.filter = parseExpression(value, known);
      return;
    case "$orderby":
      options.orderby = readOrder(value);
      return;
    case "$select":
      options.select = readSelect(value);
      return;
    case "$expand":
      options.expand = readExpand(value, level + 1, budget);
      return;
    case "$top":
      options.top = readWholeNumber(value, known);
      return;
    case "$skip":
      options.skip = readWholeNumber(value, known);
      return;
    case "$count":
      options.count = readBoolean(value, known);
      return;
    case "$resultFormat":
      options.resultFormat = readFormat(value);
      return;
    case "$skiptoken":
      options.skipToken = value;
  }
}

function readWholeNumber(value: string, option: string): number {
  if (/^\d{1,15}$/.test(value.trim())) return Number(value);
  throw new QuerySyntaxError(`must be a whole number from 0, not "${value.slice(0, 40)}"`, option, 1);
}

function readBoolean(value: string, option: string): boolean {
  const text = value.trim().toLowerCase();
  if (text === "true" || text === "false") return text === "true";
  throw new QuerySyntaxError(`must be true or false, not "${value.slice(0, 40)}"`, option, 1);
}

function readFormat(value: string): ResultFormat {
  const format = formats.get(value.trim().toLowerCase());
  if (format) return format;
  throw new QuerySyntaxError(
    `must be json, dataArray, csv or geojson, not "${value.slice(0, 40)}"`,
    "$resultFormat",
    1,
  );
}

function readSelect(value: string): string[] | null {
  const names = splitOutside(value, ",").map(({ text, position }) => {
    const name = text.trim();
    if (name === "*" || /^[\p{L}_@][\p{L}\p{N}_@$.:/-]*$/u.test(name)) return name === "id" ? "@iot.id" : name;
    throw new QuerySyntaxError(`expected the name of a property, found "${name.slice(0, 40)}"`, "$select", position);
  });
  if (names.length > mostNames) throw new QuerySyntaxError(`has more than ${mostNames} names`, "$select", 1);
  return names.includes("*") ? null : [...new Set(names)];
}

function readOrder(value: string): OrderItem[] {
  const terms = splitOutside(value, ",");
  if (terms.length > mostOrderItems) {
    throw new QuerySyntaxError(`has more than ${mostOrderItems} terms`, "$orderby", 1);
  }
  return terms.map(({ text, position }) => {
    const match = /^(.*\S)\s+(asc|desc)\s*$/is.exec(text);
    const source = match?.[1] ?? text;
    if (source.trim() === "") throw new QuerySyntaxError("a term is empty", "$orderby", position);
    const expression = atPosition(position, () => parseExpression(source, "$orderby"));
    return { expression, descending: match?.[2]?.toLowerCase() === "desc" };
  });
}

function atPosition(position: number, read: () => Expression): Expression {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof QuerySyntaxError)) throw error;
    throw new QuerySyntaxError(error.problem, error.option, error.position + position - 1);
  }
}

/** `Locations,Datastreams($select=name;$expand=Observations($top=1)),Things/Datastreams`. */
function readExpand(value: string, level: number, budget: Budget): ExpandItem[] {
  if (level > deepestExpand) throw new QuerySyntaxError(`goes deeper than ${deepestExpand} links`, "$expand", 1);
  const items: ExpandItem[] = [];
  for (const { text, position } of splitOutside(value, ",")) {
    const match = /^\s*([\p{L}_]+(?:\/[\p{L}_]+)*)\s*(?:\((.*)\)\s*)?$/su.exec(text);
    if (!match) {
      throw new QuerySyntaxError(
        `expected the name of a link, found "${text.trim().slice(0, 40)}"`,
        "$expand",
        position,
      );
    }
    const links = (match[1] ?? "").split("/");
    const last = addLinks(items, links, level, budget);
    if (match[2] !== undefined) readNested(last, match[2], level + links.length - 1, budget);
  }
  return items;
}

/** Adds a chain of links; one that is there already is gone on with. Gives the item of the last link. */
function addLinks(items: ExpandItem[], links: readonly string[], level: number, budget: Budget): ExpandItem {
  const [link = "", ...rest] = links;
  if (level > deepestExpand) throw new QuerySyntaxError(`goes deeper than ${deepestExpand} links`, "$expand", 1);
  let item = items.find((other) => other.link === link);
  if (!item) {
    budget.expands += 1;
    if (budget.expands > mostExpands) throw new QuerySyntaxError(`has more than ${mostExpands} links`, "$expand", 1);
    item = { link, options: noOptions() };
    items.push(item);
  }
  return rest.length === 0 ? item : addLinks(item.options.expand, rest, level + 1, budget);
}

function readNested(item: ExpandItem, source: string, level: number, budget: Budget): void {
  const seen = new Set<string>();
  const before = item.options.expand;
  for (const { text } of splitOutside(source, ";")) {
    if (text.trim() === "") continue;
    const equals = text.indexOf("=");
    const name = (equals < 0 ? text : text.slice(0, equals)).trim();
    if (equals < 0 || !name.startsWith("$")) {
      const problem = `expected an option such as $select=name for ${item.link}, found "${text.trim().slice(0, 40)}"`;
      throw new QuerySyntaxError(problem, "$expand", 1);
    }
    readOption(item.options, { name, value: text.slice(equals + 1), level, seen, budget });
  }
  if (before !== item.options.expand) item.options.expand.push(...missing(before, item.options.expand));
}

function missing(before: readonly ExpandItem[], now: readonly ExpandItem[]): ExpandItem[] {
  return before.filter((item) => !now.some((other) => other.link === item.link));
}
