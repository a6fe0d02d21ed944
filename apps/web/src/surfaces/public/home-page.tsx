import { useTranslation } from "react-i18next";
import { formatAsOf, formatDateTime } from "@ioc/charts/time";
import { formatNumber } from "@ioc/charts/format";
import type { Alert, StatisticItem, Summary, WarningItem } from "@ioc/contracts";
import { subjectParts } from "@ioc/contracts/subject";
import { keyFigures } from "../../features/statistics/key-figures.ts";
import { publicUrl, usePage } from "./model.ts";
import { StatisticCard } from "./statistic-card.tsx";
import { ThemedImage } from "./themed-image.tsx";
import { WarningCard } from "./warning-card.tsx";
import styles from "./public.module.css";

interface Props {
  summary: Summary;
  alerts: readonly Alert[];
  definitions: readonly WarningItem[];
  statistics: readonly StatisticItem[];
}

export const mapSize = { width: 680, height: 560 };

/** Now in the city: warnings, key figures, map, domains. */
export function HomePage({ summary, alerts, definitions, statistics }: Props) {
  const { t } = useTranslation("public");
  const { lang, city } = usePage();
  const byDomain = city.domains.flatMap((domain) => {
    const own = statistics.filter((statistic) => statistic.domain === domain.id);
    return own.length === 0 ? [] : [{ domain, own }];
  });
  const key = keyFigures(
    byDomain.map(({ own }) => own),
    6,
  );
  return (
    <>
      <h1>{t("homeTitle", { city: city.name[lang] })}</h1>
      <div id="lead" data-live>
        <p>{t("homeLead", { stations: formatNumber(summary.stations.total, lang) })}</p>
        <p className={styles.meta}>
          {summary.dataTime === null
            ? null
            : `${t("dataAt", { time: formatAsOf(summary.dataTime, city.now, lang) })} · ${t("refresh")}`}
        </p>
      </div>
      <div className={styles.columns}>
        <section aria-labelledby="warnings-title" id="warnings" data-live>
          <h2 id="warnings-title">{t("warningsCount", { count: alerts.length })}</h2>
          {alerts.length === 0 ? <p>{t("noWarnings", { time: formatDateTime(city.now, lang) })}</p> : null}
          {alerts.slice(0, 3).map((alert) => (
            <WarningCard key={alert.id} alert={alert} definition={definitions.find((d) => d.id === alert.definition)} />
          ))}
          {alerts.length > 3 ? (
            <p>
              <a href={publicUrl("/warnings", lang)}>
                {t("seeAll")} ({alerts.length})
              </a>
            </p>
          ) : null}
          <p className={styles.meta}>{t("automatic")}</p>
          <h2>{t("stationsByState")}</h2>
          <StationStates summary={summary} />
        </section>
        <section aria-labelledby="map-title">
          <h2 id="map-title">{t("mapTitle")}</h2>
          <MapPicture
            summary={summary}
            alerts={new Set(alerts.map((alert) => subjectParts(alert.subject.id).place)).size}
          />
          <p>
            <a href={publicUrl("/map", lang)}>{t("mapOpen")}</a>
          </p>
        </section>
      </div>
      <section aria-labelledby="now-title">
        <h2 id="now-title">{t("nowTitle")}</h2>
        {key.length === 0 ? <p>{t("noNumbers")}</p> : null}
        <div className={styles.cards} id="figures" data-live>
          {key.map((statistic) => (
            <StatisticCard key={statistic.id} statistic={statistic} />
          ))}
        </div>
      </section>
      <section aria-labelledby="domains-title">
        <h2 id="domains-title">{t("domainsTitle")}</h2>
        <ul className={styles.domains}>
          {byDomain.map(({ domain, own }) => (
            <li key={domain.id}>
              <a href={publicUrl(`/statistics/${domain.id}`, lang)}>{domain.name[lang]}</a>
              <span className={styles.meta}>{t("statisticsOf", { count: own.length })}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

export function StationStates({ summary }: { summary: Summary }) {
  const { t } = useTranslation("public");
  const { lang } = usePage();
  const { total, normal, late, stale, offline } = summary.stations;
  const rows = [
    ["stateNormal", normal],
    ["stateLate", late],
    ["stateStale", stale],
    ["stateOffline", offline],
    ["stateOther", total - normal - late - stale - offline],
  ] as const;
  return (
    <dl className={styles.states}>
      {rows.map(([key, count]) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd>{formatNumber(count, lang)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The city as a picture; the script asks for a new one each minute. */
export function MapPicture({ summary, alerts }: { summary: Summary; alerts: number }) {
  const { t } = useTranslation("public");
  const { lang, city } = usePage();
  const minute = Math.floor(city.now / 60_000);
  return (
    <div id="map-picture" data-live>
      <ThemedImage
        className={styles.mapPicture}
        eager
        source={(theme) => `${publicUrl("/city-map.svg", lang)}?theme=${theme}&at=${minute}`}
        alt={t("mapLabel", { city: city.name[lang], stations: summary.stations.total, alerts })}
        {...mapSize}
      />
      {city.boundaries === "approximate" ? <p className={styles.meta}>{t("mapApproximate")}</p> : null}
    </div>
  );
}
