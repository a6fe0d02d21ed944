import type { Value } from "./expression.ts";
import { readWkt } from "./geometry/wkt.ts";
import { QuerySyntaxError } from "./options.ts";
import { duration, instant, parseDate, parseDuration, parseTime, parseTimeOfDay } from "./time.ts";

export type Token =
  /** A word that stands alone: an operator, a function, or a property. */
  | { kind: "word"; text: string; position: number }
  /** `Datastream/Thing/name`, `properties/list[0]`. */
  | { kind: "path"; steps: string[]; text: string; position: number }
  | { kind: "literal"; value: Value; text: string; position: number }
  | { kind: "symbol"; text: "(" | ")" | ","; position: number }
  | { kind: "end"; text: "the end"; position: number };

const blanks = /[ \t\r\n]+/y;
const quoted = /(?:(geography|geometry|duration)\s*)?'((?:[^']|'')*)'/iy;
const day = String.raw`\d{4}-\d{2}-\d{2}`;
const instantText = String.raw`${day}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+\- ]\d{2}:?\d{2})`;
const time = new RegExp(`${instantText}(?:/${instantText})?(?![\\w:])`, "iy");
const badTime = new RegExp(`${day}T[\\w:.]*`, "iy");
const date = new RegExp(`${day}(?!\\w)`, "y");
const timeOfDay = /\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?![\w:])/y;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const name = String.raw`[\p{L}_@$][\p{L}\p{M}\p{N}_@$.:-]*(?:\[\d{1,6}\])*`;
const path = new RegExp(`${name}(?:/${name})*`, "uy");

/**
 * Cuts the text of an expression into tokens. Positions count characters of the whole option from 1.
 *
 * @throws {QuerySyntaxError}
 */
export function tokensOf(source: string, option: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const blank = matchAt(blanks, source, at);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const token = tokenAt(source, at, option);
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ kind: "end", text: "the end", position: source.length + 1 });
  return tokens;
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

function tokenAt(source: string, at: number, option: string): Token {
  const position = at + 1;
  const first = source.charAt(at);
  if (first === "(" || first === ")" || first === ",") return { kind: "symbol", text: first, position };
  const string = matchAt(quoted, source, at);
  if (string) return quotedToken(string, position, option);
  if (first === "'") throw new QuerySyntaxError("a text is not closed with '", option, position);
  if (/[\d-]/.test(first)) return numericToken(source, at, option);
  const steps = matchAt(path, source, at);
  if (!steps) throw new QuerySyntaxError(`cannot read "${first}"`, option, position);
  return nameToken(steps[0], position);
}

function quotedToken(match: RegExpExecArray, position: number, option: string): Token {
  const text = match[0];
  const content = (match[2] ?? "").replaceAll("''", "'");
  const type = match[1]?.toLowerCase();
  if (type === undefined) return { kind: "literal", value: content, text, position };
  if (type === "duration") {
    const value = parseDuration(content);
    if (value) return { kind: "literal", value, text, position };
    throw new QuerySyntaxError(`"${content}" is no ISO 8601 duration such as PT1H`, option, position);
  }
  const geometry = readWkt(content);
  if (typeof geometry === "string") throw new QuerySyntaxError(geometry, option, position);
  return { kind: "literal", value: { kind: "geometry", geometry }, text, position };
}

function numericToken(source: string, at: number, option: string): Token {
  const position = at + 1;
  const asTime = matchAt(time, source, at);
  if (asTime) return timeToken(asTime[0], position, option);
  const bad = matchAt(badTime, source, at);
  if (bad) {
    throw new QuerySyntaxError(`"${bad[0]}" is no time with an offset such as 2026-01-31T09:05:00Z`, option, position);
  }
  const asDate = matchAt(date, source, at);
  if (asDate) return dateToken(asDate[0], position, option);
  const asTimeOfDay = matchAt(timeOfDay, source, at);
  if (asTimeOfDay) {
    const ms = parseTimeOfDay(asTimeOfDay[0]);
    if (ms !== null) return { kind: "literal", value: duration(ms), text: asTimeOfDay[0], position };
  }
  const asNumber = matchAt(number, source, at);
  const value = Number(asNumber?.[0]);
  if (!asNumber || !Number.isFinite(value)) {
    throw new QuerySyntaxError(`cannot read "${source.slice(at, at + 20)}" as a number or time`, option, position);
  }
  return { kind: "literal", value, text: asNumber[0], position };
}

function timeToken(text: string, position: number, option: string): Token {
  const value = parseTime(text);
  if (value) return { kind: "literal", value, text, position };
  throw new QuerySyntaxError(`there is no time "${text}", or it ends before it begins`, option, position);
}

function dateToken(text: string, position: number, option: string): Token {
  const ms = parseDate(text);
  if (ms !== null) return { kind: "literal", value: instant(ms), text, position };
  throw new QuerySyntaxError(`there is no day "${text}"`, option, position);
}

const constants: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function nameToken(text: string, position: number): Token {
  const value = constants.get(text);
  if (value !== undefined) return { kind: "literal", value, text, position };
  if (/^[\p{L}_.]+$/u.test(text)) return { kind: "word", text, position };
  return { kind: "path", steps: stepsOf(text), text, position };
}

/** `Thing/properties/list[2]` as `Thing`, `properties`, `list`, `2`. */
export function stepsOf(text: string): string[] {
  return text.split("/").flatMap((step) => step.replaceAll("]", "").split("["));
}
