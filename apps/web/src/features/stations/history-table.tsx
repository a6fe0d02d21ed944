import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Datastream, ObservationSeries } from "@ioc/contracts";
import { formatNumber, formatValue } from "@ioc/charts/format";
import { formatDate, formatDateTime } from "@ioc/charts/time";
import { useLatest } from "../../data/live/index.ts";
import { readingsLimit, readingsQuery } from "../../data/observations.ts";
import { capitalised, useLang } from "../../texts/index.ts";
import { DataTable, QualityMark } from "../../ui/controls/index.ts";
import { bucketRows, historyRows, seriesOfReadings } from "./history-rows.ts";
import { drawnSeries, pointWord } from "./series-words.ts";
import styles from "./history.module.css";

interface Props {
  series: ObservationSeries;
  stream: Datastream;
}

/** The points of a chart as rows, newest first: readings with their quality, or buckets with their range. */
export function HistoryTable({ series, stream }: Props) {
  return series.resolution === "raw" ? (
    <ReadingsTable series={series} stream={stream} />
  ) : (
    <BucketsTable series={series} stream={stream} />
  );
}

/** Reasons are read again when the window has moved so far, ms of city time. */
const step = 600_000;
const pageSize = 24;

/**
 * Readings, each with what its quality is and why; those with a mark alone if wished. Of a chart that was thinned out all
 * readings are listed, the newest 2,000 of them.
 */
function ReadingsTable({ series, stream }: Props) {
  const { t } = useTranslation("stations");
  const lang = useLang();
  const [markedOnly, setMarkedOnly] = useState(false);
  const latest = useLatest(stream.id);
  const { property } = stream;
  const from = Math.floor(series.from / step) * step;
  const to = Math.ceil(series.to / step) * step;
  const { data } = useQuery({
    ...readingsQuery({ datastream: stream.id, from, to }),
    placeholderData: keepPreviousData,
  });
  const read = data?.items.filter((item) => item.datastream === stream.id) ?? [];
  const known = latest ? [...read, latest] : read;
  const listed = series.reduction ? seriesOfReadings(series, known) : series;
  const rows = historyRows(listed, known, markedOnly);
  return (
    <>
      <label className={styles.filter}>
        <input type="checkbox" checked={markedOnly} onChange={(event) => setMarkedOnly(event.target.checked)} />
        {t("markedOnly")}
      </label>
      {series.reduction && data?.next ? (
        <p className={styles.note}>{t("newest", { rows: formatNumber(readingsLimit, lang, 0) })}</p>
      ) : null}
      {rows.length === 0 && markedOnly ? <p>{t("noneMarked")}</p> : null}
      <DataTable
        caption={property.name[lang]}
        hideCaption
        rows={rows}
        rowKey={(row) => String(row.time)}
        pageSize={pageSize}
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

/** Means or sums by the end of their bucket; of means also lowest and highest. A day ends at the next midnight: its own date. */
function BucketsTable({ series, stream }: Props) {
  const { t } = useTranslation("stations");
  const lang = useLang();
  const { property } = stream;
  const ranged = drawnSeries(series, property.kind).min !== undefined;
  const value = (one: number | null) => formatValue(one, property.unit, property.decimals, lang);
  const daily = series.resolution === "1d";
  return (
    <DataTable
      caption={property.name[lang]}
      hideCaption
      rows={bucketRows(series)}
      rowKey={(row) => String(row.time)}
      pageSize={pageSize}
      columns={[
        {
          id: "time",
          header: daily ? t("day") : t("until"),
          rowHeader: true,
          render: (row) => (daily ? formatDate(row.time - 1, lang) : formatDateTime(row.time, lang)),
        },
        {
          id: "value",
          header: capitalised(t(`point.${pointWord(series.resolution, property.kind)}`)),
          numeric: true,
          render: (row) => value(row.value),
        },
        ...(ranged
          ? [
              { id: "min", header: t("lowest"), numeric: true, render: (row: BucketRow) => value(row.min) },
              { id: "max", header: t("highest"), numeric: true, render: (row: BucketRow) => value(row.max) },
            ]
          : []),
        {
          id: "count",
          header: t("count"),
          numeric: true,
          render: (row) => formatNumber(row.count, lang, 0),
        },
      ]}
    />
  );
}

type BucketRow = ReturnType<typeof bucketRows>[number];
