import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { severities } from "@ioc/contracts/severity";
import { formatNumber, formatShare } from "@ioc/charts/format";
import { formatAge, formatTime } from "@ioc/charts/time";
import { simulationQuery, summaryQuery } from "../../data/index.ts";
import { useCityNow, useTopic } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import { SeverityBadge, Skeleton } from "../../ui/controls/index.ts";
import styles from "./summary.module.css";

/** The city in one line: open alerts, stations by state, age of the data, readings a second, history that is loading. */
export function KpiStrip() {
  const { t } = useTranslation("console");
  const { t: common } = useTranslation();
  const lang = useLang();
  useTopic("summary");
  const summary = useQuery(summaryQuery()).data;
  const simulation = useQuery(simulationQuery()).data;
  const now = useCityNow(1_000);
  if (!summary) return <Skeleton height={52} />;
  const { stations } = summary;
  const trouble = (["late", "stale", "offline", "maintenance", "doubtful", "unknown"] as const).filter(
    (state) => stations[state] > 0,
  );
  const history = simulation?.history && !simulation.history.done ? simulation.history : null;
  return (
    // On a narrow screen the strip scrolls sideways: the keyboard must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.scroller} aria-label={t("kpi.label")} tabIndex={0}>
      <dl className={styles.strip}>
        <Item label={t("kpi.alerts")}>
          <span className={styles.badges}>
            {severities.toReversed().map((severity) => (
              <span key={severity} className={styles.badge} data-zero={summary.alerts[severity] === 0 || undefined}>
                <SeverityBadge severity={severity} size={20} hollow={summary.alerts[severity] === 0} />
                {formatNumber(summary.alerts[severity], lang)}
              </span>
            ))}
          </span>
        </Item>
        <Item
          label={t("kpi.stations")}
          note={trouble
            .map((state) => `${formatNumber(stations[state], lang)} ${common(`stationState.${state}`).toLowerCase()}`)
            .join(" · ")}
        >
          {formatNumber(stations.normal, lang)}
          <span className={styles.of}> / {formatNumber(stations.total, lang)}</span>
        </Item>
        <Item
          label={t("kpi.dataTime")}
          note={
            summary.dataTime !== null && now !== null
              ? formatAge(summary.dataTime, Math.max(now, summary.dataTime), lang)
              : ""
          }
        >
          {summary.dataTime === null ? "—" : formatTime(summary.dataTime, { seconds: true })}
        </Item>
        <Item
          label={t("kpi.rate")}
          note={t("kpi.stored", {
            count: summary.observationsStored,
            formatted: formatNumber(summary.observationsStored, lang),
          })}
        >
          {formatNumber(summary.observationsPerSecond, lang, summary.observationsPerSecond < 10 ? 1 : 0)}
        </Item>
        {history ? (
          <Item label={t("kpi.history")}>
            <HistoryBar share={(history.to - history.reachedBack) / Math.max(1, history.to - history.from)} />
          </Item>
        ) : null}
      </dl>
    </section>
  );
}

function Item({ label, note, children }: { label: string; note?: string; children: ReactNode }) {
  return (
    <div className={styles.item}>
      <dt>{label}</dt>
      <dd>
        <span className={styles.main}>{children}</span>
        {note ? <span className={styles.note}>{note}</span> : null}
      </dd>
    </div>
  );
}

function HistoryBar({ share }: { share: number }) {
  const lang = useLang();
  const part = Math.min(1, Math.max(0, share));
  return (
    <span className={styles.history}>
      <progress value={part} max={1} />
      {formatShare(part, lang)}
    </span>
  );
}
