import { z } from "zod";
import type { RowValue } from "@ioc/catalogue";
import { compileAggregate } from "../formula/aggregate-formula.ts";
import { numberOf } from "../formula/value.ts";
import type { Value } from "../formula/value.ts";
import type { Rows } from "../grid.ts";
import { turnDays } from "../operators/queue.ts";
import { defineStep } from "../step.ts";
import { lengthOf } from "./columns.ts";
import { formulaProblems } from "./formula-problems.ts";
import { namesOfRows } from "./row-names.ts";
import { formula } from "./rows.ts";

/** What rows with the same values in some columns share; of one column its value. */
function keyAt(columns: readonly ((row: number) => Value)[]): (row: number) => Value {
  const [only] = columns;
  if (only && columns.length === 1) return only;
  return (row) => JSON.stringify(columns.map((one) => one(row)));
}

export const newestOf = defineStep({
  op: "newest-of",
  doc: {
    vi: "Với mỗi tổ hợp của các cột `by` chỉ giữ dòng có giá trị lớn nhất của cột `at`, hoặc `count` dòng như thế",
    en: "Keeps, for each combination of the columns `by`, the row with the largest value of `at`, or `count` such rows",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({ by: z.array(z.string()), at: z.string(), count: z.int().positive().default(1) }),
  run: (input, { by, at, count }, context): Rows => {
    const names = namesOfRows(input.columns, context);
    const keys = by.map((name) => names.at(name));
    const time = names.at(at);
    const known = input.index.flatMap((row, place) => {
      const value = time(row);
      return value === null ? [] : [{ row, place, value }];
    });
    const keyOf = keyAt(keys);
    const groups = Map.groupBy(known, ({ row }) => keyOf(row));
    const kept = new Set<number>();
    for (const members of groups.values()) {
      // Of equal values the later row counts.
      members.sort((a, b) => (a.value === b.value ? b.place - a.place : a.value > b.value ? -1 : 1));
      for (const { row } of members.slice(0, count)) kept.add(row);
    }
    return { ...input, index: input.index.filter((row) => kept.has(row)) };
  },
});

export const withGroup = defineStep({
  op: "with-group",
  doc: {
    vi: "Thêm cột tính trên mọi dòng có cùng giá trị ở các cột `by`",
    en: "Adds columns worked out over all rows that have the same values in the columns `by`",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({ by: z.array(z.string()).min(1), columns: z.record(z.string(), formula) }),
  problems: ({ columns }) => formulaProblems(columns),
  run: (input, { by, columns }, context): Rows => {
    const names = namesOfRows(input.columns, context);
    const keys = by.map((name) => names.at(name));
    const members = Map.groupBy(input.index, keyAt(keys));
    const length = lengthOf(input.columns);
    const all = new Map(input.columns);
    const figures = Object.entries(columns).map(([name, source]) => ({
      name,
      figure: compileAggregate(source, names),
      made: Array<RowValue>(length).fill(null),
    }));
    for (const group of members.values()) {
      const found = new Map<string, number | null>();
      for (const { name, figure, made } of figures) {
        const value = figure(group, found);
        found.set(name, value);
        for (const row of group) made[row] = value;
      }
    }
    for (const { name, made } of figures) all.set(name, made);
    return { ...input, columns: all };
  },
});

export const queue = defineStep({
  op: "queue",
  doc: {
    vi: "Hàng đợi: ngày làm việc thứ mấy đến lượt mỗi dòng, khi làm theo thứ tự của một cột với năng suất mỗi ngày",
    en: "Queue: the working day on which the turn of each row comes, worked off in the order of a column at so many a day",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({
    /** Columns whose values have a queue each. */
    by: z.array(z.string()).min(1),
    /** Column that says what comes first; rows without it are not in the queue. */
    order: z.string(),
    /** Column with how many are done a day, the same in all rows of a queue. */
    rate: z.string(),
    /** New column: 1 is the first day. Null where nothing is done or it is not known how much. */
    into: z.string(),
  }),
  run: (input, { by, order, rate, into }, context): Rows => {
    const names = namesOfRows(input.columns, context);
    const keys = by.map((name) => names.at(name));
    const [place, speed] = [names.at(order), names.at(rate)];
    const queued = input.index.filter((row) => numberOf(place(row)) !== null);
    const made = Array<RowValue>(lengthOf(input.columns)).fill(null);
    for (const rows of Map.groupBy(queued, keyAt(keys)).values()) {
      const days = turnDays(
        rows.map((row) => numberOf(place(row)) ?? 0),
        numberOf(speed(rows[0] as number)),
      );
      rows.forEach((row, i) => (made[row] = days[i] ?? null));
    }
    return { ...input, columns: new Map([...input.columns, [into, made]]) };
  },
});
