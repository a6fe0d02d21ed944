import type { DatasetDefinition } from "@ioc/contracts";
import type { RowTable } from "./port.ts";
import { rowShape } from "./row.ts";
import type { Stored } from "./row-types.ts";
import { ColumnsBuilder } from "./table-columns.ts";

/**
 * A table of rows that are in no file, in the order given: worked examples, trials.
 *
 * @throws Error that says which row is refused and why
 */
export function tableOfRows(
  definition: Pick<DatasetDefinition, "id" | "columns">,
  rows: readonly unknown[],
  options: { timeZone: string; updatedAt: number | null; synthetic: boolean },
): RowTable {
  const shape = rowShape(definition.columns, options.timeZone);
  const read = rows.map((row, index): Stored[] => {
    const values = shape.read(row);
    if (Array.isArray(values)) return values;
    throw new Error(
      `${definition.id}, row ${index + 1}: ${values.column ?? "the row"} ${values.reason}: ${values.message}`,
    );
  });
  const builder = new ColumnsBuilder(shape);
  builder.add(read);
  const { length, values } = builder.columns();
  return {
    dataset: definition.id,
    length,
    columns: new Map(shape.fields.map(({ name }, at) => [name, values[at] ?? []])),
    updatedAt: options.updatedAt,
    synthetic: options.synthetic,
    version: 1,
  };
}
