import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Datastream, LocalizedText, Threshold } from "@ioc/contracts";
import { formatValue } from "@ioc/charts/format";
import { formatDateTime } from "@ioc/charts/time";
import { useLatest } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import { TimeSeriesChart } from "../../ui/chart/index.ts";
import { Button, EmptyState, ErrorState, Skeleton, TabPanel, Tabs } from "../../ui/controls/index.ts";
import { HistoryNote } from "./history-note.tsx";
import { HistoryTable } from "./history-table.tsx";
import { drawnSeries } from "./series-words.ts";
import type { History } from "./use-history.ts";
import styles from "./history.module.css";

interface Props {
  stream: Datastream;
  history: History;
  /** Of chart and table together. */
  title: string;
  /** Name of the station, where the chart does not stand below it. */
  name?: LocalizedText | undefined;
  thresholds?: readonly Threshold[];
  /** Who measures. */
  source?: LocalizedText | undefined;
}

const height = 220;
const none: readonly Threshold[] = [];

/** A history as a chart and as a table, with what its points are; or why there is nothing to show. */
export function HistoryBody({ stream, history, title, name, thresholds = none, source }: Props) {
  const { t } = useTranslation("stations");
  const [tab, setTab] = useState<"chart" | "table">("chart");
  const { series, behind, error, retry } = history;
  const tabs = `history-${stream.id.replaceAll(":", "-")}`;
  if (!series) return error ? <ErrorState problem={error} retry={retry} /> : <Skeleton height={height + 36} />;
  return (
    <div className={styles.body} aria-busy={behind} data-behind={(behind && !error) || undefined}>
      {error ? (
        <p className={styles.late} role="alert">
          {t("refreshFailed")} <Button onClick={retry}>{t("again")}</Button>
        </p>
      ) : null}
      {series.time.length === 0 ? (
        <NothingInSpan stream={stream} />
      ) : (
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
                series={drawnSeries(series, stream.property.kind)}
                property={stream.property}
                thresholds={thresholds}
                height={height}
                {...(name ? { station: name } : {})}
              />
            ) : (
              <HistoryTable series={series} stream={stream} />
            )}
          </TabPanel>
          <HistoryNote series={series} kind={stream.property.kind} source={source} />
        </>
      )}
    </div>
  );
}

/** No data in the span; the newest value there is, and when it was. */
function NothingInSpan({ stream }: { stream: Datastream }) {
  const { t } = useTranslation("stations");
  const lang = useLang();
  const live = useLatest(stream.id);
  const latest = live ?? stream.latest;
  const { unit, decimals } = stream.property;
  return (
    <EmptyState>
      {latest
        ? t("noHistoryLatest", {
            value: formatValue(latest.result, unit, decimals, lang),
            time: formatDateTime(latest.phenomenonTime, lang),
          })
        : t("noHistory")}
    </EmptyState>
  );
}
