import { durationMs } from "@ioc/contracts";
import type { DatasetDefinition, LocalCalendar } from "@ioc/contracts";
import { firstDayOf, periodAt } from "./periods.ts";
import type { Stored } from "./row-types.ts";

/** How rows of a dataset grow old. */
export interface Aging {
  /** Field that says when a row is about. */
  field: string;
  /**
   * Rows whose field is below this are to be forgotten; a period goes once its last moment is too old. Counted back from the
   * newest row when the clock is ahead of it, so that a clock that runs years ahead drops nothing.
   * @param now city time, ms
   * @param newest greatest value of the field
   */
  bound(now: number, newest: Stored): Stored;
}

/** Null when rows are kept for ever. */
export function agingOf(definition: DatasetDefinition, calendar: LocalCalendar): Aging | null {
  const keepMs = definition.keep === undefined ? null : durationMs(definition.keep);
  const column = definition.columns.find(({ id }) => id === definition.time);
  if (keepMs === null || !column) return null;
  const { id: field, type } = column;
  switch (type) {
    case "datetime":
      return { field, bound: (now, newest) => Math.min(now, Number(newest)) - keepMs };
    case "integer":
      // A year.
      return {
        field,
        bound: (now, newest) => yearOf(Math.min(now, calendar.dateStart(Number(newest) + 1, 1, 1)) - keepMs),
      };
    case "date":
    case "month":
    case "quarter":
    case "isoweek":
      return {
        field,
        bound(now, newest) {
          const first = firstDayOf(type, String(newest));
          const end = first ? calendar.dateStart(first[0], first[1], first[2] + daysOf[type]) : now;
          return periodAt(type, Math.min(now, end) - keepMs, calendar);
        },
      };
    default:
      return null;
  }

  function yearOf(time: number): number {
    return Number(calendar.date(time).slice(0, 4));
  }
}

/** Days of the longest period of a type. */
const daysOf = { date: 1, month: 31, quarter: 92, isoweek: 7 };
