import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PropertyStorage, SystemReport } from "@ioc/contracts";
import { formatNumber } from "@ioc/charts/format";
import { formatDateTime, formatTime } from "@ioc/charts/time";
import { capitalised, useLang } from "../../texts/index.ts";
import { DataTable } from "../../ui/controls/index.ts";
import { formatBytes } from "./bytes.ts";
import { bytesPerReading, nextOrder, orderedRows, type StorageColumn, type StorageOrder } from "./storage-rows.ts";
import styles from "./system.module.css";

/** What each property takes on the disk, in an order that the reader chooses. */
export function StorageTable({ storage }: { storage: SystemReport["storage"] }) {
  const { t } = useTranslation("system");
  const lang = useLang();
  const [order, setOrder] = useState<StorageOrder>({ column: "bytes", descending: true });
  const rows = useMemo(() => orderedRows(storage.properties, order, lang), [storage.properties, order, lang]);
  const column = (id: StorageColumn, render: (row: PropertyStorage) => string) => ({
    id,
    header: t(`storage.${id}`),
    render,
    numeric: id !== "name",
    sort: {
      direction: order.column === id ? (order.descending ? ("descending" as const) : ("ascending" as const)) : null,
      onSort: () => setOrder(nextOrder(order, id)),
    },
  });
  const readings = storage.properties.reduce((sum, row) => sum + row.readings, 0);
  return (
    <section className={styles.card}>
      <h2>{t("storage.title")}</h2>
      <p className={styles.note}>
        {t("storage.note", {
          count: readings,
          readings: formatNumber(readings, lang),
          time: formatTime(storage.countedAt, { seconds: true }),
        })}
      </p>
      <p className={styles.note}>
        {Object.entries(storage.files)
          .map(([name, bytes]) => `${name} ${formatBytes(bytes, lang)}`)
          .join(" · ")}
      </p>
      <DataTable
        caption={t("storage.title")}
        hideCaption
        rows={rows}
        rowKey={(row) => `${row.kind} ${row.property}`}
        pageSize={25}
        columns={[
          {
            ...column("name", () => ""),
            rowHeader: true,
            render: (row) => (
              <>
                {capitalised(row.name[lang])} <span className={styles.weak}>{row.kindName[lang]}</span>
              </>
            ),
          },
          column("readings", (row) => formatNumber(row.readings, lang)),
          column("bytes", (row) => formatBytes(row.bytes, lang)),
          column("perReading", (row) => formatNumber(bytesPerReading(row), lang, 1)),
          column("from", (row) => (row.from === null ? "—" : formatDateTime(row.from, lang))),
          column("to", (row) => (row.to === null ? "—" : formatDateTime(row.to, lang))),
        ]}
      />
    </section>
  );
}
