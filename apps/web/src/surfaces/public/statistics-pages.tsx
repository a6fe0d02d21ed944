import { useTranslation } from "react-i18next";
import type { StatisticItem } from "@ioc/contracts";
import { publicUrl, usePage } from "./model.ts";
import { StatisticCard } from "./statistic-card.tsx";
import styles from "./public.module.css";

/** All public statistics by domain, or those of one domain. */
export function StatisticsPage({ statistics, domain }: { statistics: readonly StatisticItem[]; domain?: string }) {
  const { t } = useTranslation("public");
  const { lang, city } = usePage();
  const domains = city.domains.filter((item) => domain === undefined || item.id === domain);
  return (
    <>
      <h1>{domain === undefined ? t("statisticsTitle") : (domains[0]?.name[lang] ?? domain)}</h1>
      <p className={styles.meta}>{t("statisticsLead")}</p>
      <div id="figures" data-live>
        {domains.map((item) => {
          const own = statistics.filter((statistic) => statistic.domain === item.id);
          if (own.length === 0) return null;
          return (
            <section key={item.id} aria-labelledby={`domain-${item.id}`}>
              <h2 id={`domain-${item.id}`} className={domain === undefined ? undefined : "visually-hidden"}>
                <a href={publicUrl(`/statistics/${item.id}`, lang)}>{item.name[lang]}</a>
              </h2>
              <div className={styles.cards}>
                {own.map((statistic) => (
                  <StatisticCard key={statistic.id} statistic={statistic} />
                ))}
              </div>
            </section>
          );
        })}
      </div>
    </>
  );
}
