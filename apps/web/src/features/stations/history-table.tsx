import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Datastream, ObservationSeries } from "@ioc/contracts";
import { formatValue } from "@ioc/charts/format";
import { formatDateTime } from "@ioc/charts/time";
import { useLatest } from "../../data/live/index.ts";
import { readingsQuery } from "../../data/observations.ts";
import { useLang } from "../../texts/index.ts";
import { DataTable, QualityMark } from "../../ui/controls/index.ts";
import { historyRows } from "./history-rows.ts";
import styles from "./stations.module.css";

/** Reasons are read again when the window has moved so far, ms of city time. */
const step = 600_000;

/** The readings of a chart as rows, newest first, each with what its quality is and why; those with a mark alone if wished. */
export function HistoryTable({ series, stream }: { series: ObservationSeries; stream: Datastream }) {
  const { t } = useTranslation("stations");
  const lang = useLang();
  const [markedOnly, setMarkedOnly] = useState(false);
  const latest = useLatest(stream.id);
  const { property } = stream;
  const from = Math.floor(series.from / step) * step;
  const to = Math.ceil(series.to / step) * step;
  const { data } = useQuery({
    ...readingsQuery({ datastream: stream.id, from, to }),
    enabled: series.resolution === "raw",
    placeholderData: keepPreviousData,
  });
  const read = data?.items.filter((item) => item.datastream === stream.id) ?? [];
  const rows = historyRows(series, latest ? [...read, latest] : read, markedOnly);
  return (
    <>
      <label className={styles.filter}>
        <input type="checkbox" checked={markedOnly} onChange={(event) => setMarkedOnly(event.target.checked)} />
        {t("markedOnly")}
      </label>
      {rows.length === 0 ? <p>{t("noneMarked")}</p> : null}
      <DataTable
        caption={property.name[lang]}
        hideCaption
        rows={rows}
        rowKey={(row) => String(row.time)}
        pageSize={24}
        columns={[
          {
            id: "time",
            header: t("time"),
            rowHeader: true,
            render: (row) => formatDateTime(row.time, lang, { seconds: true }),
          },
          {
            id: "value",
            header: t("value"),
            numeric: true,
            render: (row) => formatValue(row.value, property.unit, property.decimals, lang),
          },
          {
            id: "quality",
            header: t("quality"),
            render: (row) => <QualityMark flag={row.quality} reasons={row.reasons} />,
          },
        ]}
      />
    </>
  );
}
