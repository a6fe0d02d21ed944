import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { severities, severityRank } from "@ioc/contracts/severity";
import type { Alert } from "@ioc/contracts";
import { formatNumber } from "@ioc/charts/format";
import { formatAge, formatDateTime } from "@ioc/charts/time";
import { areasQuery, cityQuery, summaryQuery } from "../../data/index.ts";
import { useCityNow, useOpenAlerts } from "../../data/live/index.ts";
import { holdingAlerts } from "../../features/alerts/alert-order.ts";
import { useLang } from "../../texts/index.ts";
import { LevelText, SeverityBadge, Skeleton } from "../../ui/controls/index.ts";
import styles from "./cockpit.module.css";

/** Open alerts in the order of every list; null until they were read: silence is not the same as calm. */
function useAlertsNow(): Alert[] | null {
  const { items } = useOpenAlerts();
  return useMemo(() => (items ? holdingAlerts(items) : null), [items]);
}

export function StatusLine() {
  const { t } = useTranslation("cockpit");
  const lang = useLang();
  const alerts = useAlertsNow();
  if (!alerts) return <Skeleton height={72} />;
  const grave = alerts.filter((alert) => severityRank(alert.severity) >= severityRank("Severe")).length;
  return (
    <section className={styles.status}>
      <p className={styles.sentence}>{grave === 0 ? t("normal") : t("notNormal", { count: grave })}</p>
      <ul className={styles.counts}>
        {severities.toReversed().map((severity) => (
          <li key={severity}>
            <SeverityBadge severity={severity} size={28} />
            {formatNumber(alerts.filter((alert) => alert.severity === severity).length, lang)}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function AttentionCard() {
  const { t } = useTranslation("cockpit");
  const lang = useLang();
  const alerts = useAlertsNow();
  const now = useCityNow(10_000);
  if (!alerts) return <Skeleton height={320} />;
  return (
    <section className={styles.card} aria-labelledby="attention">
      <h2 id="attention">{t("alerts")}</h2>
      {alerts.length === 0 ? <p>{now === null ? null : t("noAlerts", { time: formatDateTime(now, lang) })}</p> : null}
      <ul className={styles.list}>
        {alerts.slice(0, 6).map((alert) => (
          <li key={alert.id}>
            <SeverityBadge severity={alert.severity} size={28} silent />
            <div>
              <a href={`/console/alerts/${alert.id}`}>{alert.headline[lang]}</a>
              <p className={styles.meta}>
                <LevelText scale={alert.scale} level={alert.level} short />
                {now === null ? null : ` · ${formatAge(alert.firedAt ?? alert.startedAt, now, lang)}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <p>
        <a href="/console">
          {t("allAlerts")} ({formatNumber(alerts.length, lang)})
        </a>
      </p>
    </section>
  );
}

export function AreasCard() {
  const { t } = useTranslation("cockpit");
  const lang = useLang();
  const alerts = useAlertsNow();
  const { data: city } = useQuery(cityQuery());
  const { data: areas } = useQuery(areasQuery());
  if (!alerts || !city || !areas) return <Skeleton height={160} />;
  const names = new Map(areas.items.map((area) => [area.id, area.name[lang]]));
  const worst = new Map<string, { count: number; alert: Alert }>();
  for (const alert of alerts) {
    const unit = alert.areas[city.scheme]?.[0];
    if (unit === undefined) continue;
    const known = worst.get(unit);
    if (known) known.count++;
    else worst.set(unit, { count: 1, alert });
  }
  return (
    <section className={styles.card} aria-labelledby="areas">
      <h2 id="areas">{t("areas")}</h2>
      {worst.size === 0 ? <p>{t("noAreas")}</p> : null}
      <ul className={styles.list}>
        {[...worst].slice(0, 5).map(([unit, { count, alert }]) => (
          <li key={unit}>
            <SeverityBadge severity={alert.severity} size={28} />
            <div>
              {names.get(unit) ?? unit} <span className={styles.meta}>{t("alertCount", { count })}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function NetworkCard() {
  const { t } = useTranslation("cockpit");
  const { t: common } = useTranslation();
  const lang = useLang();
  const { data: summary } = useQuery(summaryQuery());
  if (!summary) return <Skeleton height={120} />;
  const { normal, total, late, stale, offline } = summary.stations;
  return (
    <section className={styles.card} aria-labelledby="network">
      <h2 id="network">{t("stations")}</h2>
      <p className={styles.sentence}>
        {t("stationsNormal", { normal: formatNumber(normal, lang), total: formatNumber(total, lang) })}
      </p>
      <p className={styles.meta}>
        {(["late", "stale", "offline"] as const)
          .map((state) => `${common(`stationState.${state}`)} ${formatNumber({ late, stale, offline }[state], lang)}`)
          .join(" · ")}
      </p>
    </section>
  );
}
