import type { EntityBody } from "./represent.ts";
import { problemOf } from "./problems.ts";
import { instantOf } from "./times.ts";

/** Whether an entity fulfils a query `q`. */
export type Condition = (entity: EntityBody) => boolean;

type Scalar = number | string | boolean;
const longest = 2000;
const deepest = 20;
const operators = ["==", "!=", ">=", "<=", "!~=", "~=", ">", "<"] as const;

/**
 * Reads the query language of NGSI-LD (ETSI GS CIM 009, 4.9): `;` and, `|` or, parentheses, `attribute`, `attribute==value`,
 * `!=`, `<`, `<=`, `>`, `>=`, lists `1,2`, ranges `1..2`, paths `attribute.observedAt`. Patterns (`~=`) are not supported.
 * @throws {NgsiProblem} BadRequestData that says where the text cannot be read
 */
export function readCondition(text: string): Condition {
  if (text.length > longest) throw bad(`\`q\` may have at most ${longest} characters`);
  let at = 0;
  const fail = (expected: string) => bad(`\`q\` cannot be read at character ${at + 1}: ${expected} expected`);

  const any = (depth: number): Condition => {
    const parts = [all(depth)];
    while (text[at] === "|") {
      at += 1;
      parts.push(all(depth));
    }
    return parts.length === 1 ? parts[0]! : (entity) => parts.some((part) => part(entity));
  };
  const all = (depth: number): Condition => {
    const parts = [one(depth)];
    while (text[at] === ";") {
      at += 1;
      parts.push(one(depth));
    }
    return parts.length === 1 ? parts[0]! : (entity) => parts.every((part) => part(entity));
  };
  const one = (depth: number): Condition => {
    if (text[at] !== "(") return comparison();
    if (depth >= deepest) throw bad(`\`q\` may nest at most ${deepest} parentheses`);
    at += 1;
    const inner = any(depth + 1);
    if (text[at] !== ")") throw fail("`)`");
    at += 1;
    return inner;
  };
  const comparison = (): Condition => {
    const path = /^[A-Za-z][\w]*(?:\.[A-Za-z]\w*|\[[A-Za-z]\w*\])*/.exec(text.slice(at))?.[0];
    if (path === undefined) throw fail("the name of an attribute");
    at += path.length;
    const find = finder(path);
    const operator = operators.find((sign) => text.startsWith(sign, at));
    if (!operator) return (entity) => find(entity) !== undefined;
    if (operator.includes("~"))
      throw problemOf(501, "OperationNotSupported", "patterns (`~=`) are not supported in `q`");
    at += operator.length;
    return comparing(find, operator, values());
  };
  /** Ranges and single values, separated by commas. */
  const values = (): [Scalar, Scalar][] => {
    const found: [Scalar, Scalar][] = [];
    do {
      if (found.length > 0) at += 1;
      const low = scalar();
      if (!text.startsWith("..", at)) found.push([low, low]);
      else {
        at += 2;
        found.push([low, scalar()]);
      }
    } while (text[at] === ",");
    return found;
  };
  const scalar = (): Scalar => {
    const rest = text.slice(at);
    const quoted = /^"([^"]*)"/.exec(rest);
    // A number may be followed by a range, so its point must be followed by a digit; a time has neither.
    const bare =
      /^(?:\d{4}-\d{2}-\d{2}T[\d:.]+Z?|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|true|false|[^;|(),"]+?(?=\.\.|[;|(),]|$))/i.exec(
        rest,
      );
    const taken = (quoted ?? bare)?.[0];
    if (!taken) throw fail("a value");
    at += taken.length;
    if (quoted) return quoted[1]!;
    if (taken === "true" || taken === "false") return taken === "true";
    return /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(taken) ? Number(taken) : taken;
  };

  const condition = any(0);
  if (at < text.length) throw fail("`;`, `|` or the end");
  return condition;
}

function bad(detail: string) {
  return problemOf(400, "BadRequestData", detail);
}

/** Value of an attribute, of what is said about it (`temperature.observedAt`), or of a part of its value (`address[city]`). */
function finder(path: string): (entity: EntityBody) => unknown {
  const [name = "", ...members] = path.match(/[.[]?\w+/g) ?? [];
  return (entity) => {
    let found: unknown = memberOf(entity, name);
    for (const member of members) {
      found = memberOf(member.startsWith("[") ? scalarOf(found) : found, member.slice(1));
    }
    return scalarOf(found);
  };
}

function memberOf(given: unknown, member: string): unknown {
  if (typeof given !== "object" || given === null || !Object.hasOwn(given, member)) return undefined;
  return (given as Record<string, unknown>)[member];
}

function scalarOf(given: unknown): unknown {
  return typeof given === "object" && given !== null && "value" in given ? given.value : given;
}

function comparing(
  find: (entity: EntityBody) => unknown,
  operator: (typeof operators)[number],
  values: readonly [Scalar, Scalar][],
): Condition {
  if (operator !== "==" && operator !== "!=" && (values.length > 1 || values[0]![0] !== values[0]![1])) {
    throw bad(`\`${operator}\` compares with one value; lists and ranges go with == and !=`);
  }
  const within = (value: unknown) => values.some(([low, high]) => order(value, low) >= 0 && order(value, high) <= 0);
  return (entity) => {
    const value = find(entity);
    if (value === undefined || value === null) return false;
    if (operator === "==") return within(value);
    if (operator === "!=") return !within(value);
    const by = order(value, values[0]![0]);
    return (
      (operator.includes(">") && by > 0) || (operator.includes("<") && by < 0) || (operator.includes("=") && by === 0)
    );
  };
}

/** Negative, 0 or positive; NaN, which fulfils nothing, for values of different kinds. */
function order(value: unknown, other: Scalar): number {
  if (typeof value !== typeof other) return NaN;
  if (typeof value === "number" && typeof other === "number") return value - other;
  const [left, right] = [comparable(String(value)), comparable(String(other))];
  if (typeof left !== typeof right) return NaN;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Times are compared as instants, however they are written. */
function comparable(text: string): string | number {
  return instantOf(text) ?? text;
}
