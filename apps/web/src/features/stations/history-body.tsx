import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Datastream, LocalizedText, ObservationSeries, Threshold } from "@ioc/contracts";
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
export function HistoryBody({ history, ...rest }: Props) {
  const { t } = useTranslation("stations");
  const { series, behind, error, retry } = history;
  if (!series) return error ? <ErrorState problem={error} retry={retry} /> : <Skeleton height={height + 36} />;
  return (
    <div className={styles.body} aria-busy={behind} data-behind={(behind && !error) || undefined}>
      {error ? (
        <p className={styles.late} role="alert">
          {t("refreshFailed")} <Button onClick={retry}>{t("again")}</Button>
        </p>
      ) : null}
      {series.time.length === 0 ? <NothingInSpan stream={rest.stream} /> : <Sheets series={series} {...rest} />}
    </div>
  );
}

type SheetsProps = Omit<Props, "history"> & { series: ObservationSeries };

function Sheets({ series, stream, title, name, thresholds = none, source }: SheetsProps) {
  const { t } = useTranslation("stations");
  const [tab, setTab] = useState<"chart" | "table">("chart");
  const { property } = stream;
  const id = `history-${stream.id.replaceAll(":", "-")}`;
  const drawn = useMemo(() => drawnSeries(series, property.kind), [series, property.kind]);
  const tabs = [
    { id: "chart" as const, label: t("chart") },
    { id: "table" as const, label: t("table") },
  ];
  return (
    <>
      <Tabs id={id} label={title} value={tab} onChange={setTab} tabs={tabs} />
      <TabPanel id={id} value={tab}>
        {tab === "chart" ? (
          <TimeSeriesChart
            series={drawn}
            property={property}
            thresholds={thresholds}
            height={height}
            {...(name ? { station: name } : {})}
          />
        ) : (
          <HistoryTable series={series} stream={stream} />
        )}
      </TabPanel>
      <HistoryNote series={series} kind={property.kind} source={source} />
    </>
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
