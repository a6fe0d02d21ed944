import { setLinks } from "../expression.ts";
import { QuerySyntaxError } from "../options.ts";
import type { QueryOptions } from "../options.ts";
import { expanded, isAnnotation, isObject } from "./entity-json.ts";
import type { EntityJson } from "./entity-json.ts";

/**
 * Refuses what a table cannot hold: an expansion of a set with more than one entity of each row.
 *
 * @throws {QuerySyntaxError}
 */
export function checkCsvOptions(options: QueryOptions): void {
  for (const { link, options: nested } of options.expand) {
    if (setLinks.has(link) && (nested.top === null || nested.top > 1)) {
      const problem = `a table has room for one of ${link} only: ask for ${link}($top=1), or start from the other end`;
      throw new QuerySyntaxError(problem, "$expand", 1);
    }
    checkCsvOptions(nested);
  }
}

/**
 * Entities as a table (RFC 4180, UTF-8): a line of names, then a line for each entity. `@iot.id` is named `id`, the
 * properties of an expanded entity have the link in front (`Datastream/name`), `unitOfMeasurement` is three columns,
 * other objects and lists are JSON. Null is empty.
 *
 * A text that a spreadsheet would run as a formula is preceded by an apostrophe.
 *
 * @param rows entities as they are answered in JSON.
 * @param options the request; `$select` gives the columns when there are no rows.
 */
export function toCsv(rows: readonly EntityJson[], options: QueryOptions): string {
  const tables = rows.map((row) => {
    const cells = new Map<string, unknown>();
    addCells(cells, row, "");
    return cells;
  });
  const columns = new Set<string>();
  if (rows.length === 0) for (const name of options.select ?? []) columns.add(name === "@iot.id" ? "id" : name);
  for (const cells of tables) for (const column of cells.keys()) columns.add(column);
  const names = [...columns];
  const lines = [names.map(field), ...tables.map((cells) => names.map((name) => field(cells.get(name))))];
  return lines.map((line) => line.join(",") + "\r\n").join("");
}

function addCells(cells: Map<string, unknown>, entity: EntityJson, prefix: string): void {
  for (const [name, value] of Object.entries(entity)) {
    if (isAnnotation(name)) continue;
    const column = prefix + (name === "@iot.id" ? "id" : name);
    const related = expanded(name, value);
    if (related) {
      const first = Array.isArray(related) ? related[0] : related;
      if (first) addCells(cells, first as EntityJson, `${column}/`);
    } else if (name === "unitOfMeasurement" && isObject(value)) {
      for (const part of ["name", "symbol", "definition"]) cells.set(`${column}/${part}`, value[part]);
    } else {
      cells.set(column, value);
    }
  }
}

function field(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  const safe = typeof value === "string" && isFormula(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text);
}
