import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@ioc/charts/format";
import { formatTime, formatWeekdayDate, minute } from "@ioc/charts/time";
import { simulationQuery, summaryQuery } from "../../data/index.ts";
import { useCityNow, useOpenAlerts } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import { AsOf, ConnectionChip, PaceWords } from "../../ui/controls/index.ts";
import styles from "./console.module.css";

/** More than so many alerts in ten minutes is a storm of alerts. */
const stormAbove = 10;

/** Connection, time of the data, stations, alert rate, city clock: always in the same place. */
export function ConsoleFooter() {
  const { t } = useTranslation("console");
  const { t: common } = useTranslation();
  const lang = useLang();
  const summary = useQuery(summaryQuery()).data;
  const simulation = useQuery(simulationQuery()).data;
  const now = useCityNow(1_000);
  const alerts = useOpenAlerts().items;
  const recent =
    now === null ? 0 : (alerts ?? []).filter((one) => one.firedAt !== null && one.firedAt > now - 10 * minute).length;
  return (
    <footer className={styles.footer}>
      <ConnectionChip />
      <AsOf time={summary?.dataTime} />
      {summary ? (
        <span className={styles.footStations}>
          {t("footer.stations", {
            total: formatNumber(summary.stations.total, lang),
            normal: formatNumber(summary.stations.normal, lang),
            offline: formatNumber(summary.stations.offline, lang),
            maintenance: formatNumber(summary.stations.maintenance, lang),
          })}
        </span>
      ) : null}
      <span className={recent > stormAbove ? styles.storm : styles.roomy}>
        {t("footer.rate", { count: recent })}
        {recent > stormAbove ? ` · ${t("footer.storm")}` : ""}
      </span>
      {simulation?.scenario ? (
        <span className={styles.roomy}>{common("simulated.scenario", { name: simulation.scenario.name[lang] })}</span>
      ) : null}
      {simulation ? (
        <span className={styles.roomy}>
          <PaceWords simulation={simulation} />
        </span>
      ) : null}
      {now === null ? null : (
        <time className={styles.clock} dateTime={new Date(now).toISOString()} aria-hidden>
          {formatTime(now, { seconds: true })} · {formatWeekdayDate(now, lang)}
        </time>
      )}
    </footer>
  );
}
