import { datasetDefinition } from "@ioc/contracts";
import type { DatasetDefinition } from "@ioc/contracts";

/** For tests: a definition with these columns; the rest is of no importance. */
export function definitionOf(
  id: string,
  columns: readonly { id: string; type: string; key?: boolean; values?: unknown }[],
  more: Partial<DatasetDefinition> = {},
): DatasetDefinition {
  const name = { vi: id, en: id };
  return datasetDefinition.parse({
    id,
    name,
    group: "tests",
    publisher: "ioc",
    frequency: "P1D",
    classification: "open",
    licence: "CC-BY-4.0",
    origin: "sent",
    source: name,
    columns,
    ...more,
  });
}
