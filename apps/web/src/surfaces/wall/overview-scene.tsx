import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { severities } from "@ioc/contracts/severity";
import { formatNumber } from "@ioc/charts/format";
import { formatClock } from "@ioc/charts/time";
import { summaryQuery } from "../../data/index.ts";
import { useCityNow, useOpenAlerts } from "../../data/live/index.ts";
import { holdingAlerts } from "../../features/alerts/alert-order.ts";
import { useLang } from "../../texts/index.ts";
import { CardBoundary, LevelText, SeverityBadge, Skeleton } from "../../ui/controls/index.ts";
import { WallMap } from "./wall-map.tsx";
import styles from "./wall.module.css";

const shownAlerts = 3;

export function OverviewScene() {
  return (
    <>
      <section className={styles.map}>
        <CardBoundary>
          <WallMap />
        </CardBoundary>
      </section>
      <div className={styles.side}>
        <CardBoundary>
          <Alerts />
        </CardBoundary>
        <CardBoundary>
          <Network />
        </CardBoundary>
      </div>
    </>
  );
}

function Alerts() {
  const { t } = useTranslation("wall");
  const lang = useLang();
  const { items } = useOpenAlerts();
  const now = useCityNow(1_000);
  // Until they were read nothing is said: silence is not the same as calm.
  if (!items) return <Skeleton height="100%" />;
  // Minor alerts are not on the wall.
  const alerts = holdingAlerts(items).filter((alert) => alert.severity !== "Minor");
  return (
    <section className={styles.panel} aria-labelledby="wall-alerts">
      <div className={styles.strip}>
        <h2 id="wall-alerts">{t("openAlerts")}</h2>
        {severities
          .filter((severity) => severity !== "Minor")
          .toReversed()
          .map((severity) => (
            <span key={severity} className={styles.count}>
              <SeverityBadge severity={severity} size={44} />
              {formatNumber(alerts.filter((alert) => alert.severity === severity).length, lang)}
            </span>
          ))}
      </div>
      {alerts.length === 0 ? <p className={styles.calm}>{t("noAlerts")}</p> : null}
      <ul className={styles.alerts}>
        {alerts.slice(0, shownAlerts).map((alert) => (
          <li key={alert.id}>
            <SeverityBadge severity={alert.severity} size={52} silent />
            <div>
              <p className={styles.headline}>{alert.headline[lang]}</p>
              <p className={styles.level}>
                <LevelText scale={alert.scale} level={alert.level} short />
              </p>
            </div>
            <span className={styles.age}>
              {now === null ? "" : formatClock(now - (alert.firedAt ?? alert.startedAt))}
            </span>
          </li>
        ))}
      </ul>
      {alerts.length > shownAlerts ? (
        <p className={styles.level}>{t("more", { count: alerts.length - shownAlerts })}</p>
      ) : null}
    </section>
  );
}

function Network() {
  const { t } = useTranslation("wall");
  const lang = useLang();
  const { data: summary } = useQuery(summaryQuery());
  if (!summary) return <Skeleton height={240} />;
  const { total, normal, late, stale, offline, doubtful } = summary.stations;
  return (
    <section className={styles.numbers}>
      <div className={styles.panel}>
        <h2>{t("stationsOnline")}</h2>
        <p className={styles.value}>
          {t("stationsOf", { online: formatNumber(normal + late + doubtful, lang), total: formatNumber(total, lang) })}
        </p>
        <p className={styles.note}>{t("stationsNote", { late, stale, offline })}</p>
      </div>
      <div className={styles.panel}>
        <h2>{t("readings")}</h2>
        <p className={styles.value}>{formatNumber(summary.observationsPerSecond, lang, 1)}</p>
      </div>
    </section>
  );
}
