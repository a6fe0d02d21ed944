import { toText } from "../values.ts";

type TextFunction = (...args: string[]) => unknown;

/** Positions and lengths count characters (code points) from 0. */
const functions: Readonly<Record<string, TextFunction>> = {
  substringof: (part = "", whole = "") => whole.includes(part),
  startswith: (whole = "", start = "") => whole.startsWith(start),
  endswith: (whole = "", end = "") => whole.endsWith(end),
  length: (text = "") => Array.from(text).length,
  indexof: (whole = "", part = "") => indexOf(whole, part),
  tolower: (text = "") => text.toLowerCase(),
  toupper: (text = "") => text.toUpperCase(),
  trim: (text = "") => text.trim(),
  concat: (first = "", second = "") => first + second,
  substring: (text = "", from = "", length = "Infinity") => substring(text, Number(from), Number(length)),
};

/** A function of texts, or undefined when there is none of that name. Null in any place gives null. */
export function textFunction(name: string): ((args: readonly unknown[]) => unknown) | undefined {
  if (!Object.hasOwn(functions, name)) return undefined;
  return (args) => {
    const texts = args.map(toText);
    return texts.includes(null) ? null : functions[name]?.(...(texts as string[]));
  };
}

function indexOf(whole: string, part: string): number {
  const units = whole.indexOf(part);
  return units < 0 ? -1 : Array.from(whole.slice(0, units)).length;
}

function substring(text: string, from: number, length: number): string | null {
  if (!Number.isInteger(from) || Number.isNaN(length)) return null;
  const start = Math.max(0, from);
  return Array.from(text)
    .slice(start, start + Math.max(0, length))
    .join("");
}
