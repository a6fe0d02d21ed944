import { useState } from "react";
import type { ReactNode } from "react";
import { Icon } from "../icons/index.ts";
import { Pager } from "./pager.tsx";
import styles from "./data-table.module.css";

export interface TableColumn<Row> {
  id: string;
  header: ReactNode;
  render: (row: Row) => ReactNode;
  /** Numbers stand to the right. */
  numeric?: boolean;
  /** The cell names its row. */
  rowHeader?: boolean;
  /** The header is a button that orders the rows by this column; who gives the rows orders them. */
  sort?: { direction: "ascending" | "descending" | null; onSort: () => void };
}
interface Props<Row> {
  caption: string;
  /** The caption is only read aloud. */
  hideCaption?: boolean;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row, index: number) => string;
  pageSize?: number;
}

/** A plain table with caption and scopes, in a focusable region that scrolls sideways on narrow screens. */
export function DataTable<Row>({ caption, hideCaption, columns, rows, rowKey, pageSize = 200 }: Props<Row>) {
  const [page, setPage] = useState(1);
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const shown = rows.slice((Math.min(page, pages) - 1) * pageSize, Math.min(page, pages) * pageSize);
  return (
    <div className={styles.whole}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div className={styles.region} role="region" aria-label={caption} tabIndex={0}>
        <table className={styles.table}>
          <caption className={hideCaption ? "visually-hidden" : styles.caption}>{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.id}
                  scope="col"
                  className={column.numeric ? styles.numeric : undefined}
                  {...(column.sort ? { "aria-sort": column.sort.direction ?? "none" } : {})}
                >
                  {column.sort ? <SortButton sort={column.sort}>{column.header}</SortButton> : column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={rowKey(row, index)}>
                {columns.map((column) =>
                  column.rowHeader ? (
                    <th key={column.id} scope="row">
                      {column.render(row)}
                    </th>
                  ) : (
                    <td key={column.id} className={column.numeric ? styles.numeric : undefined}>
                      {column.render(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager page={page} pages={pages} onPage={setPage} />
    </div>
  );
}

function SortButton({ sort, children }: { sort: NonNullable<TableColumn<never>["sort"]>; children: ReactNode }) {
  return (
    <button type="button" className={styles.sort} data-sorted={sort.direction ?? undefined} onClick={sort.onSort}>
      {children}
      <Icon name={sort.direction === "ascending" ? "arrow-up" : "arrow-down"} size={16} />
    </button>
  );
}
