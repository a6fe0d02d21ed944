import type { DatasetDefinition } from "@ioc/contracts";

/** A row of what the program knows in the columns of a pack, which may have fewer of them, or more that are then empty. */
export function systemRow(
  known: Readonly<Record<string, unknown>>,
  { columns }: Pick<DatasetDefinition, "columns">,
): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ id }) => [id, Object.hasOwn(known, id) ? known[id] : null]));
}
