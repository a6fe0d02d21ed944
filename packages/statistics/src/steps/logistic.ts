import { z } from "zod";
import { standardised } from "@ioc/forecasting";
import type { RowValue } from "@ioc/catalogue";
import type { Cell, FrameColumn } from "@ioc/contracts";
import type { Result, Rows } from "../grid.ts";
import { logistic, logisticRegression } from "../operators/logistic.ts";
import { defineStep } from "../step.ts";
import { measureName } from "./parameters.ts";
import { datasetProblems } from "./rows.ts";

/** Subject of the terms that are the same for all. */
const everyone = "all";
const intercept = "intercept";

function columnOf(rows: Rows, name: string): readonly RowValue[] {
  const found = rows.columns.get(name);
  if (!found) throw new Error(`there is no column "${name}"; known: ${[...rows.columns.keys()].join(", ")}`);
  return found;
}

const textColumn = (id: string, vi: string, en: string): FrameColumn => ({
  id,
  name: { vi, en },
  type: "text",
  role: "x",
});
const numberColumn = (id: string, vi: string, en: string): FrameColumn => ({
  id,
  name: { vi, en },
  type: "number",
  unit: "1",
  role: "value",
});

/** Columns of what `logistic-regression` gives, and of the dataset that `logistic-probability` reads. */
const resultColumns: FrameColumn[] = [
  textColumn("term", "Thành phần", "Term"),
  textColumn("subject", "Đối tượng", "Subject"),
  numberColumn("value", "Giá trị", "Value"),
  numberColumn("cases", "Số trường hợp", "Cases"),
  numberColumn("events", "Số lần xảy ra", "Events"),
];

/**
 * Logistic regression of `outcome` (1 or 0) on `terms`, with the penalty `ridge` on columns brought to mean 0 and standard deviation
 * 1; what it gives takes columns as they were. A row a term with its `value`, `intercept` first (subject `all`), and for each column
 * of `kept` the value of each subject: what the regression knew of it. Cases that lack a value are left out. With fewer than `least`
 * events, or cases without, for each term there are no rows: such a fit would rest on chance (ten for each: Peduzzi et al. 1996, J.
 * Clin. Epidemiol. 49, 1373). The headline is the number of events.
 */
export const logisticRegressionStep = defineStep({
  op: "logistic-regression",
  doc: {
    vi: "Hồi quy logistic: hệ số của xác suất một sự việc theo các cột",
    en: "Logistic regression: coefficients of the probability of an outcome, by columns",
  },
  takes: "rows",
  gives: "result",
  params: z.strictObject({
    outcome: measureName,
    terms: z.array(measureName).min(1).max(20),
    kept: z.strictObject({ by: measureName, columns: z.array(measureName).min(1) }).optional(),
    ridge: z.number().min(0),
    least: z.int().min(1),
  }),
  run: (input, { outcome, terms, kept, ridge, least }, { now }): Result => {
    const all = [outcome, ...terms].map((name) => columnOf(input, name));
    const known = input.index.filter((row) => all.every((column) => typeof column[row] === "number"));
    const [outcomes = new Float64Array(), ...columns] = all.map((column) =>
      Float64Array.from(known, (row) => Number(column[row])),
    );
    const events = outcomes.reduce((sum, y) => sum + y, 0);
    const enough = Math.min(events, known.length - events) >= least * terms.length;
    const standard = columns.map(standardised);
    const fit = enough ? logisticRegression({ columns: standard.map(({ values }) => values), outcomes }, ridge) : null;
    const rows: Cell[][] = [];
    if (fit) {
      const put = (term: string, subject: string, value: number) =>
        rows.push([term, subject, value, known.length, events]);
      const weights = fit.weights.map((weight, j) => weight / standard[j]!.deviation);
      put(
        intercept,
        everyone,
        weights.reduce((sum, weight, j) => sum - weight * standard[j]!.mean, fit.intercept),
      );
      terms.forEach((term, j) => put(term, everyone, weights[j]!));
      for (const name of kept?.columns ?? []) {
        const [subjects, values] = [columnOf(input, kept?.by ?? ""), columnOf(input, name)];
        const last = new Map(input.index.map((row) => [subjects[row], values[row]]));
        for (const [subject, value] of last) {
          if (typeof subject === "string" && typeof value === "number") put(name, subject, value);
        }
      }
    }
    return {
      shape: "result",
      columns: resultColumns,
      rows,
      value: events,
      previous: null,
      window: { from: now, to: now },
      coverage: null,
      thresholds: [],
      facts: { value: events, cases: known.length },
      finding: null,
      figures: [],
    };
  },
});

/**
 * Adds the probability that a regression gives to each row as a column: from the newest fit (`fitted_at`) of `regression` in a dataset
 * with the columns of `logistic-regression`. A term that is no column of the rows is what the fit kept of the row's `subject`. Null
 * while there is no fit, and where a term is not known.
 */
export const logisticProbability = defineStep({
  op: "logistic-probability",
  doc: {
    vi: "Thêm xác suất theo lần hồi quy logistic mới nhất được lưu trong một bộ dữ liệu",
    en: "Adds the probability by the newest logistic regression kept in a dataset",
  },
  takes: "rows",
  gives: "rows",
  params: z.strictObject({
    dataset: z.string(),
    regression: z.string(),
    subject: measureName,
    into: measureName,
  }),
  reads: ({ dataset }) => [{ kind: "rows", dataset }],
  problems: ({ dataset }, definition) => datasetProblems(dataset, definition),
  run: (input, { dataset, regression, subject, into }, context): Rows => {
    const fit = newestFit(context.data.rows(dataset).columns, regression, context.now);
    const length = Math.max(0, ...[...input.columns.values()].map((column) => column.length));
    const made = Array<RowValue>(length).fill(null);
    const subjects = columnOf(input, subject);
    const terms = [...fit].flatMap(([name, values]) => {
      const weight = values.get(everyone);
      return name === intercept || weight === undefined ? [] : [{ name, values, weight }];
    });
    const rule = { intercept: fit.get(intercept)?.get(everyone) ?? 0, weights: terms.map(({ weight }) => weight) };
    for (const row of fit.size > 0 ? input.index : []) {
      const x = terms.map(({ name, values }) => {
        const column = input.columns.get(name);
        return column ? column[row] : values.get(String(subjects[row]));
      });
      if (x.every((value) => typeof value === "number")) made[row] = logistic(rule, x);
    }
    return { ...input, columns: new Map([...input.columns, [into, made]]) };
  },
});

/** Values by term and subject of the newest fit that was there at `now`; empty when there is none. */
function newestFit(
  columns: ReadonlyMap<string, readonly RowValue[]>,
  regression: string,
  now: number,
): Map<string, Map<string, number>> {
  const [names, times, terms, subjects, values] = ["regression", "fitted_at", "term", "subject", "value"].map(
    (name) => columns.get(name) ?? [],
  ) as [RowValue[], RowValue[], RowValue[], RowValue[], RowValue[]];
  const fit = new Map<string, Map<string, number>>();
  let newest = -Infinity;
  names.forEach((name, row) => {
    const [time, value] = [times[row], values[row]];
    if (name !== regression || typeof time !== "number" || typeof value !== "number") return;
    if (time > now || time < newest) return;
    if (time > newest) fit.clear();
    newest = time;
    const term = String(terms[row]);
    fit.set(term, (fit.get(term) ?? new Map<string, number>()).set(String(subjects[row]), value));
  });
  return fit;
}
