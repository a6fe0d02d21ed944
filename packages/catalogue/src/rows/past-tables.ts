import type { DatasetDefinition } from "@ioc/contracts";
import type { DatasetReader, RowTable } from "./port.ts";

/** A table with its rows by the time at which they became known. */
interface Ordered {
  version: number;
  table: RowTable;
  times: readonly number[];
}

/**
 * Tables as far as their rows were known at a time of the past: rows of later times are hidden. A row is known from its `issued_at`,
 * else from the column that the dataset names as its time; a dataset with neither is shown as a whole. What a row says is what it says
 * today: values that were changed since are not turned back.
 */
export class PastTables {
  /** City time as of which tables are shown, ms. */
  now = Infinity;
  private readonly source: Pick<DatasetReader, "table">;
  private readonly columns: ReadonlyMap<string, string>;
  private readonly known = new Map<string, Ordered>();

  constructor(source: Pick<DatasetReader, "table">, definitions: readonly DatasetDefinition[]) {
    this.source = source;
    this.columns = new Map(
      definitions.flatMap(({ id, time, columns }) => {
        const column = columns.some((one) => one.id === "issued_at") ? "issued_at" : time;
        return column ? [[id, column] as const] : [];
      }),
    );
  }

  /** @throws Error when there is no such dataset */
  async table(id: string): Promise<RowTable> {
    const table = await this.source.table(id);
    const column = this.columns.get(id);
    if (column === undefined) return table;
    const ordered = this.ordered(table, column);
    return { ...ordered.table, length: countUpTo(ordered.times, this.now) };
  }

  private ordered(table: RowTable, column: string): Ordered {
    const before = this.known.get(table.dataset);
    if (before?.version === table.version) return before;
    const values = table.columns.get(column) ?? [];
    const timeOf = (row: number) => {
      const value = values[row];
      return typeof value === "number" ? value : -Infinity;
    };
    // Rows of the same time stay in the order of their keys.
    const order = Array.from({ length: table.length }, (_, row) => row).sort((a, b) => {
      const [first, second] = [timeOf(a), timeOf(b)];
      return first === second ? a - b : first - second;
    });
    const columns = new Map(
      [...table.columns].map(([name, cells]) => [name, order.map((row) => cells[row] ?? null)] as const),
    );
    const made = { version: table.version, table: { ...table, columns }, times: order.map(timeOf) };
    this.known.set(table.dataset, made);
    return made;
  }
}

function countUpTo(times: readonly number[], now: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= now) low = middle + 1;
    else high = middle;
  }
  return low;
}
