import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SystemReport } from "@ioc/contracts";
import { formatNumber } from "@ioc/charts/format";
import { formatTime } from "@ioc/charts/time";
import { useLang } from "../../texts/index.ts";
import { TimeSeriesChart } from "../../ui/chart/index.ts";
import { DataTable, EmptyState, TabPanel, Tabs } from "../../ui/controls/index.ts";
import styles from "./system.module.css";

const height = 220;
const minuteMs = 60_000;

/** Accepted readings a second over the last hour of real time, as a line and as a table. */
export function IntakeCard({ report }: { report: SystemReport }) {
  const { t } = useTranslation("system");
  const lang = useLang();
  const [tab, setTab] = useState<"chart" | "table">("chart");
  const minutes = report.intake.lastHour;
  const last = minutes.at(-1)?.end ?? report.at;
  // The same line is not drawn again for each report within a minute.
  const known = useMemo(
    () => minutes.flatMap(({ end, perSecond }) => (perSecond === null ? [] : [{ end, perSecond }])),
    // oxlint-disable-next-line react/exhaustive-deps
    [last, minutes.filter((one) => one.perSecond !== null).length],
  );
  const series = useMemo(
    () => ({
      datastream: "intake",
      time: known.map((one) => one.end),
      value: known.map((one) => one.perSecond),
      // What was before the start is no gap in the data.
      from: (known[0]?.end ?? last) - minuteMs,
      to: last,
      periodSeconds: 60,
    }),
    [known, last],
  );
  const property = useMemo(
    () => ({
      name: { vi: t("intake.title"), en: t("intake.title") },
      unit: "1",
      decimals: 1,
      kind: "mean" as const,
      periodSeconds: 60,
    }),
    [t],
  );
  return (
    <section className={styles.card}>
      <h2>{t("intake.title")}</h2>
      {known.length < 2 ? (
        <EmptyState>{t("intake.none")}</EmptyState>
      ) : (
        <>
          <Tabs
            id="system-intake"
            label={t("intake.title")}
            value={tab}
            onChange={setTab}
            tabs={[
              { id: "chart", label: t("chart") },
              { id: "table", label: t("table") },
            ]}
          />
          <TabPanel id="system-intake" value={tab}>
            {tab === "chart" ? (
              <TimeSeriesChart series={series} property={property} height={height} />
            ) : (
              <DataTable
                caption={t("intake.title")}
                hideCaption
                rows={known.toReversed()}
                rowKey={(row) => String(row.end)}
                pageSize={10}
                columns={[
                  {
                    id: "minute",
                    header: t("intake.minute"),
                    rowHeader: true,
                    render: (row) => `${formatTime(row.end - minuteMs)}–${formatTime(row.end)}`,
                  },
                  {
                    id: "rate",
                    header: t("intake.perSecond"),
                    numeric: true,
                    render: (row) => formatNumber(row.perSecond, lang, 1),
                  },
                ]}
              />
            )}
          </TabPanel>
        </>
      )}
      <p className={styles.note}>{t("intake.note")}</p>
    </section>
  );
}
