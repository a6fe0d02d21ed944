import { useState } from "react";
import type { ReactNode } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Alert, DrillReport } from "@ioc/contracts";
import { formatDateTime } from "@ioc/charts/time";
import { drillQuery, drillsQuery, isPlaying, stopDrill, warningsQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import {
  Button,
  DataTable,
  ErrorState,
  LevelText,
  SeverityBadge,
  Skeleton,
  useKeyed,
} from "../../ui/controls/index.ts";
import { DrillFrame } from "./drill-frame.tsx";
import { DrillStateChip } from "./drill-state-chip.tsx";
import { ExpectationTable } from "./expectation-table.tsx";
import { sinceStart } from "./since-start.ts";
import styles from "./drills.module.css";

/** One exercise: how far it is, what was expected of it and what it raised. */
export function DrillPage({ id, back }: { id: string; back: ReactNode }) {
  const query = useQuery(drillQuery(id));
  return (
    <DrillFrame>
      <div className={styles.page}>
        <p className={styles.back}>{back}</p>
        {query.isPending ? <Skeleton height={320} /> : null}
        {query.isError && !query.data ? <ErrorState problem={query.error} retry={() => void query.refetch()} /> : null}
        {query.data ? <Report report={query.data} /> : null}
      </div>
    </DrillFrame>
  );
}

function Report({ report }: { report: DrillReport }) {
  const { t } = useTranslation("drills");
  const lang = useLang();
  const names = new Map(useQuery(warningsQuery()).data?.items.map(({ id, name }) => [id, name[lang]]));
  const nameOf = (warning: string) => names.get(warning) ?? warning;
  const { verdict, begins, ends, reached } = report;
  return (
    <>
      <header className={styles.head}>
        <h1>{report.name[lang]}</h1>
        <DrillStateChip drill={report} />
        {isPlaying(report) ? <Stop id={report.id} /> : null}
      </header>
      <p className={styles.quiet}>
        {t("span", { from: formatDateTime(begins, lang), to: formatDateTime(ends, lang) })}
      </p>
      {isPlaying(report) ? (
        <div className={styles.progress}>
          <progress
            max={ends - begins}
            value={reached === null ? undefined : Math.max(0, reached - begins)}
            aria-label={t("progress")}
          />
          <span>{reached === null ? t("preparing") : t("reached", { time: formatDateTime(reached, lang) })}</span>
        </div>
      ) : null}
      {report.error ? (
        <p role="alert" className={styles.fault}>
          {report.error}
        </p>
      ) : null}
      {verdict ? (
        <section className={styles.part}>
          <h2>{verdict.passed ? t("verdict.passed") : t("verdict.failed")}</h2>
          <ExpectationTable verdict={verdict} nameOf={nameOf} />
          <Unexpected verdict={verdict} nameOf={nameOf} />
        </section>
      ) : null}
      <section className={styles.part}>
        <h2>{t("raised", { count: report.items.length })}</h2>
        <DataTable
          caption={t("raised", { count: report.items.length })}
          hideCaption
          rows={report.items}
          rowKey={(alert) => alert.id}
          pageSize={50}
          columns={[
            {
              id: "time",
              header: t("columns.time"),
              render: (alert: Alert) => (alert.firedAt === null ? "—" : sinceStart(alert.firedAt - begins)),
            },
            {
              id: "alert",
              header: t("columns.alert"),
              rowHeader: true,
              render: (alert: Alert) => (
                <span className={styles.alert}>
                  <SeverityBadge severity={alert.peakSeverity} size={20} /> {alert.headline[lang]}
                </span>
              ),
            },
            {
              id: "level",
              header: t("columns.level"),
              render: (alert: Alert) => <LevelText scale={alert.scale} level={alert.peakLevel} short />,
            },
            {
              id: "cleared",
              header: t("columns.cleared"),
              render: (alert: Alert) => (alert.clearedAt === null ? t("open") : sinceStart(alert.clearedAt - begins)),
            },
          ]}
        />
      </section>
    </>
  );
}

function Unexpected({
  verdict,
  nameOf,
}: {
  verdict: NonNullable<DrillReport["verdict"]>;
  nameOf: (warning: string) => string;
}) {
  const { t } = useTranslation("drills");
  const unexpected = Object.entries(verdict.unexpected);
  const reasons = [
    { title: t("background"), list: Object.entries(verdict.background) },
    { title: t("without"), list: Object.entries(verdict.without) },
  ];
  return (
    <>
      {unexpected.length > 0 ? (
        <>
          <h3>{t("unexpected")}</h3>
          <ul>
            {unexpected.map(([warning, ids]) => (
              <li key={warning}>
                {nameOf(warning)}: {t("alertCount", { count: ids.length })}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {reasons.map(({ title, list }) =>
        list.length === 0 ? null : (
          <div key={title}>
            <h3>{title}</h3>
            <ul>
              {list.map(([warning, reason]) => (
                <li key={warning}>
                  {nameOf(warning)}: {reason}
                </li>
              ))}
            </ul>
          </div>
        ),
      )}
    </>
  );
}

function Stop({ id }: { id: string }) {
  const { t } = useTranslation("drills");
  const client = useQueryClient();
  const { withKey, keyDialog } = useKeyed();
  const [error, setError] = useState<unknown>(null);
  const stop = async () => {
    setError(null);
    try {
      await withKey((key) => stopDrill(id, key));
      void client.invalidateQueries({ queryKey: drillQuery(id).queryKey });
      void client.invalidateQueries({ queryKey: drillsQuery().queryKey });
    } catch (failed) {
      setError(failed);
    }
  };
  return (
    <>
      <Button onClick={() => void stop()}>{t("stop")}</Button>
      {error ? <ErrorState problem={error} /> : null}
      {keyDialog}
    </>
  );
}
