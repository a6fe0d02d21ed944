import type { RowTable } from "@ioc/catalogue";
import type { Frame, Network, RegressionDefinition } from "@ioc/contracts";
import { checkStatistic } from "@ioc/statistics";
import { missingColumns } from "./check.ts";
import { regressionStatistic } from "./statistic-of.ts";

/** Id of the dataset of origin `system` that the coefficients of regressions are kept in. */
export const regressionDataset = "regressions";

/** Columns of a fit's frame that go into the dataset as they are. */
const fitColumns = ["term", "subject", "value", "cases", "events"] as const;

/**
 * What is wrong with a regression in a network, each as a sentence; empty when it can be fitted: everything that is wrong with its
 * pipeline as a statistic, a pipeline that is no regression, and a pack without the dataset that coefficients are kept in.
 */
export function checkRegression(definition: RegressionDefinition, network: Network): string[] {
  const problems = checkStatistic(regressionStatistic(definition), network);
  problems.push(...missingColumns(network, regressionDataset, ["regression", "fitted_at", ...fitColumns]));
  if (definition.pipeline.at(-1)?.op !== "logistic-regression") {
    problems.push("pipeline: it must end in logistic-regression");
  }
  return problems;
}

/**
 * The rows of a fit at `at` (ms) as they are put into the dataset; none when there was too little to learn from.
 * @param iso time as ISO 8601 with offset
 * @throws Error when the frame failed
 */
export function fitRows(
  { id }: RegressionDefinition,
  frame: Frame,
  at: number,
  iso: (time: number) => string,
): Record<string, unknown>[] {
  if (frame.status === "error") throw new Error(frame.error ?? "the regression cannot be worked out");
  const places = fitColumns.map((name) => [name, frame.columns.findIndex((column) => column.id === name)] as const);
  return frame.rows.map((row) => ({
    regression: id,
    fitted_at: iso(at),
    ...Object.fromEntries(places.map(([name, place]) => [name, row[place] ?? null])),
  }));
}

/** When a regression was fitted last, ms; null when it never was. */
export function fittedAt({ columns }: Pick<RowTable, "columns">, regression: string): number | null {
  const [names = [], times = []] = [columns.get("regression"), columns.get("fitted_at")];
  return times.reduce<number | null>(
    (newest, time, row) =>
      names[row] === regression && typeof time === "number" ? Math.max(newest ?? time, time) : newest,
    null,
  );
}
