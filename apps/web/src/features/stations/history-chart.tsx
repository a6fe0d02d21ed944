import { useTranslation } from "react-i18next";
import type { Datastream, StationKind } from "@ioc/contracts";
import { formatValue } from "@ioc/charts/format";
import { formatDateTime } from "@ioc/charts/time";
import { useLang } from "../../texts/index.ts";
import { DataTable, EmptyState, ErrorState, QualityMark, Skeleton } from "../../ui/controls/index.ts";
import { useHistory } from "./use-history.ts";
import styles from "./stations.module.css";

interface Props {
  stream: Datastream;
  stationKind: StationKind | undefined;
}

/** The last 24 hours of one datastream, live, as a chart and as a table. */
export function HistoryChart({ stream }: Props) {
  const { t } = useTranslation("stations");
  const lang = useLang();
  const { history, error, retry } = useHistory(stream.id);
  const { property } = stream;
  if (!history) return error ? <ErrorState problem={error} retry={retry} /> : <Skeleton height={220} />;
  const rows = history.time
    .map((time, index) => ({ time, value: history.value[index] ?? null, quality: history.quality[index]! }))
    .toReversed();
  if (rows.length === 0) return <EmptyState>{t("noHistory")}</EmptyState>;
  return (
    <section className={styles.chart}>
      <h3>{t("last24h", { name: property.name[lang] })}</h3>
      <DataTable
        caption={property.name[lang]}
        hideCaption
        rows={rows}
        rowKey={(row) => String(row.time)}
        pageSize={50}
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
          { id: "quality", header: t("quality"), render: (row) => <QualityMark flag={row.quality} /> },
        ]}
      />
    </section>
  );
}
