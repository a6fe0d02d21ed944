import type { RowValue } from "@ioc/catalogue";
import type { FunctionContext } from "../formula/functions.ts";
import type { Names } from "../formula/compile.ts";
import { holidaysOf } from "../holidays.ts";
import type { PlanContext } from "../step.ts";

/** What functions of formulas know of the city: its time, its calendar and its days of work. */
export function functionContext({
  now,
  calendar,
  network,
}: Pick<PlanContext, "now" | "calendar" | "network">): FunctionContext {
  const holidays = holidaysOf(network);
  const known = new Map<number, boolean>();
  const isWorkday = (day: number): boolean => {
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || weekday === 6) return false;
    const date = new Date(day).toISOString().slice(0, 10);
    return !holidays.has(date) && !holidays.has(date.slice(5));
  };
  return {
    now,
    calendar,
    isWorkday: (day) => {
      let found = known.get(day);
      if (found === undefined) known.set(day, (found = isWorkday(day)));
      return found;
    },
  };
}

/** Names of a row are the columns of the table. */
export function namesOfRows(
  columns: ReadonlyMap<string, readonly RowValue[]>,
  context: Pick<PlanContext, "now" | "calendar" | "network">,
): Names {
  return {
    context: functionContext(context),
    at: (name) => {
      const column = columns.get(name);
      if (!column) throw new Error(`there is no column "${name}"; known: ${[...columns.keys()].join(", ")}`);
      return (row) => column[row] ?? null;
    },
  };
}
