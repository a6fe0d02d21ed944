import type { z } from "zod";
import type { PackProblem } from "./pack.ts";

export type Path = readonly (string | number)[];

/** Where a value stands in the pack. */
export interface Place {
  file: string;
  /** 1-based line of the value at a path below this place; 0 when the file has no lines to name. */
  lineOf(path: Path): number;
  /** Path of the place inside its document. */
  path: Path;
}

/** A value together with the place it was read from. */
export interface Placed<T> {
  value: T;
  place: Place;
}

/** The items of one part of a pack. Not `complete` when some could not be read: then references to it are not checked. */
export interface Section<T> {
  items: readonly Placed<T>[];
  complete: boolean;
}

/** Tests whether an id is in a section; always true where the section could not be read completely. */
export function knownIds<T>(section: Section<T>, idOf: (item: T) => string): (id: string) => boolean {
  const ids = new Set(section.items.map(({ value }) => idOf(value)));
  return section.complete ? (id) => ids.has(id) : () => true;
}

/** `kinds[3].properties[0].unit` of `["kinds", 3, "properties", 0, "unit"]`. */
function pathText(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

export function placeBelow(place: Place, path: Path): Place {
  return { file: place.file, path: [...place.path, ...path], lineOf: (below) => place.lineOf([...path, ...below]) };
}

/** Collects what is wrong, so that a person sees everything at once. */
export class Problems {
  readonly list: PackProblem[] = [];

  add(place: Place, path: Path, problem: string, remedy: string): void {
    this.list.push({
      file: place.file,
      line: place.lineOf(path),
      path: pathText([...place.path, ...path]),
      problem,
      remedy,
    });
  }

  addFile(file: string, problem: string, remedy: string, line = 0): void {
    this.list.push({ file, line, path: "", problem, remedy });
  }

  /** One problem for each thing a schema objects to; unknown keys one by one, with their own lines. */
  addIssues(place: Place, issues: readonly z.core.$ZodIssue[]): void {
    for (const issue of issues) {
      const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
      if (issue.code === "unrecognized_keys") {
        for (const key of issue.keys) {
          this.add(place, [...path, key], `unknown key "${key}"`, "remove it or correct its spelling");
        }
      } else this.add(place, path, sentenceOf(issue), remedyOf(issue));
    }
  }

  sorted(): PackProblem[] {
    return this.list.toSorted(
      (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.path.localeCompare(b.path),
    );
  }
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return issue.code === "invalid_type" && issue.message.endsWith("received undefined");
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (isMissing(issue)) return `"${String(issue.path.at(-1) ?? "document")}" is missing`;
  const message = issue.message.replace(/^Invalid input: /, "");
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function remedyOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return isMissing(issue) ? `add it (${issue.expected})` : `give a value of type ${issue.expected}`;
    case "invalid_value":
      return `use one of: ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return `give at least ${String(issue.minimum)}`;
    case "too_big":
      return `give at most ${String(issue.maximum)}`;
    case "invalid_format":
      return issue.format === "date" ? "write a date as YYYY-MM-DD" : "correct the format";
    default:
      return "correct the value";
  }
}
