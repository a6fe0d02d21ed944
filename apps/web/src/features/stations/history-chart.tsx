import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Datastream, LocalizedText, Threshold } from "@ioc/contracts";
import { capitalised, useLang } from "../../texts/index.ts";
import { TimeSeriesChart } from "../../ui/chart/index.ts";
import { EmptyState, ErrorState, Skeleton, TabPanel, Tabs } from "../../ui/controls/index.ts";
import { HistoryTable } from "./history-table.tsx";
import { useHistory } from "./use-history.ts";
import styles from "./stations.module.css";

interface Props {
  stream: Datastream;
  /** Name of the station, where the chart does not stand below it. */
  name?: LocalizedText | undefined;
  thresholds?: readonly Threshold[];
}

const height = 220;
const none: readonly Threshold[] = [];

/** The last 24 hours of one datastream, live, as a chart and as a table. */
export function HistoryChart({ stream, name, thresholds = none }: Props) {
  const { t } = useTranslation("stations");
  const lang = useLang();
  const [tab, setTab] = useState<"chart" | "table">("chart");
  const { series, error, retry } = useHistory(stream.id);
  const { property } = stream;
  const title = t("last24h", { name: capitalised(property.name[lang]) });
  const tabs = `history-${stream.id.replaceAll(":", "-")}`;
  return (
    <section className={styles.chart}>
      <h3>{title}</h3>
      {series && series.time.length > 0 ? (
        <>
          <Tabs
            id={tabs}
            label={title}
            value={tab}
            onChange={setTab}
            tabs={[
              { id: "chart", label: t("chart") },
              { id: "table", label: t("table") },
            ]}
          />
          <TabPanel id={tabs} value={tab}>
            {tab === "chart" ? (
              <TimeSeriesChart
                series={series}
                property={property}
                thresholds={thresholds}
                height={height}
                {...(name ? { station: name } : {})}
              />
            ) : (
              <HistoryTable series={series} stream={stream} />
            )}
          </TabPanel>
        </>
      ) : series ? (
        <EmptyState>{t("noHistory")}</EmptyState>
      ) : error ? (
        <ErrorState problem={error} retry={retry} />
      ) : (
        <Skeleton height={height + 36} />
      )}
    </section>
  );
}
