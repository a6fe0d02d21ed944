import type { Readings } from "../readings.ts";
import type { PageColumns, PageRequest } from "./messages.ts";
import { GrowingColumn } from "./growing-column.ts";
import { dayEnd, dayOf, firstDayAfter } from "./days.ts";
import type { StoredSeries } from "./stored-series.ts";

/** The next reading of one series. */
interface Cursor {
  readings: Readings;
  rank: number;
  at: number;
}

/**
 * Single readings by time (falling with `desc`), then by the place of their series in the question. Days are read one after
 * the other until the page is full.
 */
export function pageOf(source: StoredSeries, question: PageRequest): PageColumns {
  const { series, limit, order, after, validOnly } = question;
  const back = order === "desc";
  const from = after && !back ? Math.max(question.from, after.time - 1) : question.from;
  const to = after && back ? Math.min(question.to, after.time) : question.to;
  const page = new PageBuffer();
  const last = back ? firstDayAfter(from, source.dayOffset) : dayOf(to, source.dayOffset);
  let day = nextDay(source, series, back ? dayOf(to, source.dayOffset) : firstDayAfter(from, source.dayOffset), back);
  while (day !== undefined && (back ? day >= last : day <= last) && page.length < limit) {
    const start = Math.max(from, dayEnd(day - 1, source.dayOffset));
    const end = Math.min(to, dayEnd(day, source.dayOffset));
    const parts = Array.from(series, (id) => source.readings(id, start, end, validOnly));
    takeInOrder(parts, back, after, page, limit);
    day = nextDay(source, series, back ? day - 1 : day + 1, back);
  }
  return page.done();
}

function nextDay(source: StoredSeries, series: Int32Array, from: number, back: boolean): number | undefined {
  let next: number | undefined;
  for (const id of series) {
    const day = source.nextDay(id, from, back);
    if (day !== undefined && (next === undefined || (back ? day > next : day < next))) next = day;
  }
  return next;
}

/** Adds the readings behind `after` to the page until it is full: a merge of columns that are in order already. */
function takeInOrder(
  parts: readonly Readings[],
  back: boolean,
  after: PageRequest["after"],
  page: PageBuffer,
  limit: number,
): void {
  const sign = back ? -1 : 1;
  const before = (a: Cursor, b: Cursor) => sign * (timeOf(a) - timeOf(b)) || a.rank - b.rank;
  const behind = (one: Cursor) => !after || (sign * (timeOf(one) - after.time) || one.rank - after.rank) > 0;
  const heap: Cursor[] = [];
  for (const [rank, readings] of parts.entries()) {
    const cursor = { readings, rank, at: back ? readings.time.length - 1 : 0 };
    while (readings.time[cursor.at] !== undefined && !behind(cursor)) cursor.at += sign;
    if (readings.time[cursor.at] !== undefined) heap.push(cursor);
  }
  heap.sort(before);
  for (let first = heap[0]; first && page.length < limit; first = heap[0]) {
    page.push(first.rank, first.readings, first.at);
    first.at += sign;
    if (first.readings.time[first.at] === undefined) {
      const last = heap.pop()!;
      if (heap.length > 0) heap[0] = last;
    }
    sink(heap, before);
  }
}

function timeOf({ readings, at }: Cursor): number {
  return readings.time[at]!;
}

/** Puts the first of a binary heap in its place. */
function sink(heap: Cursor[], before: (a: Cursor, b: Cursor) => number): void {
  const moved = heap[0];
  if (!moved) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!) < 0) child++;
    if (before(moved, heap[child]!) <= 0) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = moved;
}

/** The columns of a page while it grows. */
class PageBuffer {
  readonly #columns = Array.from({ length: 6 }, () => new GrowingColumn());
  length = 0;

  push(rank: number, readings: Readings, at: number): void {
    const { time, value, quality, reasons, delay } = readings;
    const row = [rank, time[at]!, value[at]!, quality[at]!, reasons[at]!, delay[at]!];
    for (const [c, number] of row.entries()) this.#columns[c]!.push(number);
    this.length++;
  }

  done(): PageColumns {
    const [rank, time, value, quality, reasons, delay] = this.#columns.map((column) => column.done());
    return { rank: rank!, time: time!, value: value!, quality: quality!, reasons: reasons!, delay: delay! };
  }
}
