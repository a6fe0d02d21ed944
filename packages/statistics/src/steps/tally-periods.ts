import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import type { LocalCalendar } from "@ioc/contracts";
import { periodAfter, periodLengths, periodStart, periodsAYear } from "../periods.ts";
import { duration } from "./parameters.ts";

export const periodParameters = {
  /** Column that says when a row is about; without it all rows are of the present. */
  time: z.string().optional(),
  period: z.enum(periodLengths).optional(),
  /** Instead of calendar periods: spans of this length, the last of which ends now. */
  rolling: duration.optional(),
  /** Periods that a chart shows. */
  shown: z.int().min(1).max(800).default(1),
  /** Further periods before them, for comparisons and running sums. */
  reach: z.int().min(0).max(400).default(0),
  /** The period of the headline: the newest with rows, the last that is over, the one that runs, or the last with rows even if it is yet to come. */
  head: z.enum(["newest", "complete", "running", "ahead"]).default("newest"),
  /** What the headline is compared with: the period before, the same one a year before, or the one so many periods before. */
  against: z.union([z.enum(["previous", "year"]), z.int().positive()]).default("previous"),
};

export interface PeriodParameters {
  time?: string | undefined;
  period?: (typeof periodLengths)[number] | undefined;
  rolling?: number | undefined;
  shown: number;
  reach: number;
  head: "newest" | "complete" | "running" | "ahead";
  against: "previous" | "year" | number;
}

export interface Periods {
  starts: number[];
  ends: number[];
  /** Start of what the headline covers: as many periods as it is compared over. */
  from: number;
  /** Calendar periods are named by their start, rolling spans by their end. */
  namedByStart: boolean;
  head: number;
  before: number | null;
  shown: number[];
  /** Period of an instant; -1 outside. */
  of(time: number): number;
}

function indexOf(starts: readonly number[], ends: readonly number[], time: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low > 0 && time < (ends[low - 1] as number) ? low - 1 : -1;
}

/** The start of the period of the headline. */
function headStart(
  parameters: PeriodParameters & { period: (typeof periodLengths)[number] },
  times: Iterable<RowValue>,
  calendar: LocalCalendar,
  now: number,
): number {
  const running = periodStart(calendar, parameters.period, now);
  if (parameters.head === "running") return running;
  if (parameters.head === "complete") return periodAfter(calendar, parameters.period, running, -1);
  let newest = -Infinity;
  const until = parameters.head === "ahead" ? Infinity : now;
  for (const time of times) if (typeof time === "number" && time <= until && time > newest) newest = time;
  return newest === -Infinity ? running : periodStart(calendar, parameters.period, newest);
}

/**
 * The periods of a tally. Times of rows lie in [start, end); what ends an interval must be moved back by a millisecond
 * before. Without `period` and `rolling` everything is one period that ends now.
 *
 * @param times of the rows that count
 */
export function periodsOf(
  parameters: PeriodParameters,
  times: () => Iterable<RowValue>,
  calendar: LocalCalendar,
  now: number,
): Periods {
  const { period, rolling, shown, reach } = parameters;
  const count = shown + reach;
  const starts: number[] = [];
  const ends: number[] = [];
  if (rolling !== undefined) {
    for (let i = count - 1; i >= 0; i--) {
      starts.push(now - (i + 1) * rolling);
      ends.push(now - i * rolling);
    }
  } else if (period !== undefined) {
    const last = headStart({ ...parameters, period }, times(), calendar, now);
    let start = periodAfter(calendar, period, last, -(count - 1));
    for (let i = 0; i < count; i++) {
      const end = periodAfter(calendar, period, start);
      starts.push(start);
      ends.push(end);
      start = end;
    }
  } else
    return {
      starts: [-Infinity],
      ends: [now],
      from: -Infinity,
      namedByStart: false,
      head: 0,
      before: null,
      shown: [0],
      of: () => 0,
    };
  const head = count - 1;
  const { against } = parameters;
  const back =
    typeof against === "number" ? against : against === "year" && period !== undefined ? periodsAYear(period) : 1;
  return {
    starts,
    ends,
    from: starts[Math.max(0, head + 1 - (typeof against === "number" ? against : 1))] ?? now,
    namedByStart: rolling === undefined,
    head,
    before: head - back >= 0 ? head - back : null,
    shown: Array.from({ length: shown }, (_, i) => reach + i),
    // The end of a rolling span is now, and what happens now belongs to it.
    of: (time) => (rolling !== undefined && time === now ? head : indexOf(starts, ends, time)),
  };
}
