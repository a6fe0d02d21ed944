import type { Datasets } from "@ioc/catalogue";
import { systemRow } from "../datasets/system-row.ts";

/** Rows that are put at a time. */
const sliceLength = 500;

/**
 * Puts what the program worked out into a dataset of origin `system`.
 * @param options.now city time, ms
 * @throws Error when the pack has no such dataset or a row cannot be stored
 */
export async function putRows(
  id: string,
  rows: readonly Record<string, unknown>[],
  options: { synthetic: boolean; now: number },
  datasets: Pick<Datasets, "put" | "definition">,
): Promise<void> {
  const dataset = datasets.definition(id);
  if (!dataset) throw new Error(`the pack has no dataset "${id}"`);
  for (let from = 0; from < rows.length; from += sliceLength) {
    const slice = rows.slice(from, from + sliceLength).map((row) => systemRow(row, dataset));
    const { problems } = await datasets.put(dataset.id, slice, options);
    const [first] = problems;
    if (first) throw new Error(`column ${first.column}: ${first.message}`);
  }
}
