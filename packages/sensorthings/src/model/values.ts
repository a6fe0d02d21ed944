import type { ValueForm } from "./entity-types.ts";
import { parseInstant, parseTime, timeText, instantText } from "./times.ts";

/** Largest text of one property, and deepest nesting of a JSON value. */
const longestText = 20_000;
const deepestValue = 30;
/** Largest JSON value of one property, in characters. */
const largestValue = 1_000_000;

type Checked = { value: unknown } | { problem: string };

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a value of a property in one form: what is kept of it, or what would be right. Times are kept in UTC with ms. */
export function checkValue(value: unknown, form: ValueForm): Checked {
  switch (form) {
    case "text":
      return isText(value) ? { value } : { problem: `must be a text of at most ${longestText} characters` };
    case "object":
      return isObject(value) ? checkSize(value) : { problem: "must be a JSON object" };
    case "any":
      return checkSize(value);
    case "instant":
      return checkInstant(value);
    case "time":
      return checkTime(value);
    case "period":
      return checkPeriod(value);
    case "unit":
      return checkUnit(value);
    case "units":
      return checkList(value, checkUnit, "must be a list of units of measurement");
    case "texts":
      return checkList(value, (one) => checkValue(one, "text"), "must be a list of texts");
  }
}

const tooDeep = { problem: `must not be nested deeper than ${deepestValue} levels` };

function checkSize(value: unknown): Checked {
  if (isTooDeep(value)) return tooDeep;
  const isLarge = typeof value === "object" || typeof value === "string";
  if (!isLarge || JSON.stringify(value).length <= largestValue) return { value };
  return { problem: `must not be larger than ${largestValue.toLocaleString("en")} characters of JSON` };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= longestText;
}

function checkInstant(value: unknown): Checked {
  const time = parseInstant(value);
  return time === null ? { problem: "must be a time such as 2026-10-22T02:00:00Z" } : { value: instantText(time) };
}

function checkTime(value: unknown): Checked {
  const time = parseTime(value);
  return time === null
    ? { problem: "must be a time such as 2026-10-22T02:00:00Z, or two joined by `/`" }
    : { value: timeText(time) };
}

function checkPeriod(value: unknown): Checked {
  const time = parseTime(value);
  return time === null || time.to === null
    ? { problem: "must be a period such as 2026-10-22T02:00:00Z/2026-10-22T03:00:00Z" }
    : { value: timeText(time) };
}

/** `name`, `symbol` and `definition` are mandatory keys of which each may be null (18-088, 8.2.4). */
function checkUnit(value: unknown): Checked {
  if (!isObject(value)) return { problem: "must be an object with name, symbol and definition" };
  for (const key of ["name", "symbol", "definition"]) {
    const part = value[key];
    if (part !== null && !isText(part)) return { problem: `lacks ${key}, which must be a text or null` };
  }
  return checkSize(value);
}

function checkList(value: unknown, check: (one: unknown) => Checked, problem: string): Checked {
  if (!Array.isArray(value) || value.length === 0 || value.length > 100) return { problem };
  for (const one of value) {
    const checked = check(one);
    if ("problem" in checked) return { problem: `${problem}; one ${checked.problem}` };
  }
  return { value };
}

function isTooDeep(value: unknown, left = deepestValue): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (left === 0) return true;
  return Object.values(value).some((part) => isTooDeep(part, left - 1));
}
