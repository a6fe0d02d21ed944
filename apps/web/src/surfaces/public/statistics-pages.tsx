import { useTranslation } from "react-i18next";
import type { StatisticItem } from "@ioc/contracts";
import { findStatistics, isNarrowed, sectionsOf } from "../../features/statistics/gallery/gallery-filter.ts";
import type { GallerySearch } from "../../features/statistics/statistic-search.ts";
import { publicUrl, usePage } from "./model.ts";
import { StatisticCard } from "./statistic-card.tsx";
import { StatisticRows } from "./statistic-rows.tsx";
import { StatisticsForm } from "./statistics-form.tsx";
import styles from "./public.module.css";

interface Props {
  /** All statistics for residents. */
  statistics: readonly StatisticItem[];
  search: GallerySearch;
}

/** Statistics for residents: all of them as lines by domain, those of one domain as pictures, or what was searched for. */
export function StatisticsPage({ statistics, search }: Props) {
  const { t } = useTranslation("public");
  const { t: words } = useTranslation("statistics");
  const { lang, city } = usePage();
  const found = findStatistics(statistics, search);
  const domain = city.domains.find((item) => item.id === search.domain);
  const searched = Boolean(search.q?.trim());
  const sections = sectionsOf(found.shown, city.domains, searched);
  return (
    <>
      {domain ? (
        <nav className={styles.meta} aria-label={t("breadcrumb")}>
          <a href={publicUrl("/statistics", lang)}>{t("navStatistics")}</a>
        </nav>
      ) : null}
      <h1>{domain ? domain.name[lang] : t("statisticsTitle")}</h1>
      <p className={styles.meta}>{t("statisticsLead")}</p>
      <StatisticsForm search={search} counts={found.counts} />
      {domain || searched || isNarrowed(search) ? null : (
        <nav aria-label={words("domains")}>
          <ul className={styles.domainLinks}>
            {city.domains.map((item) => {
              const count = found.byDomain.get(item.id) ?? 0;
              return count === 0 ? null : (
                <li key={item.id}>
                  <a href={`#domain-${item.id}`}>{item.name[lang]}</a> <span className={styles.meta}>{count}</span>
                </li>
              );
            })}
          </ul>
        </nav>
      )}
      <div id="figures" data-live>
        <p role="status" className={styles.meta}>
          {words("count", { count: found.shown.length })}
        </p>
        {found.shown.length === 0 ? (
          <p>
            {searched ? words("noneFound", { query: search.q }) : words("noneFit")}{" "}
            <a href={publicUrl("/statistics", lang)}>{words("clearFilters")}</a>
          </p>
        ) : null}
        {domain && !searched ? (
          <div className={styles.cards}>
            {found.shown.map((statistic) => (
              <StatisticCard key={statistic.id} statistic={statistic} heading="h2" />
            ))}
          </div>
        ) : (
          sections.map((section) => (
            <section
              key={section.domain?.id ?? "found"}
              aria-labelledby={section.domain ? `domain-${section.domain.id}` : undefined}
            >
              {section.domain ? (
                <h2 id={`domain-${section.domain.id}`}>
                  <a href={publicUrl(`/statistics/${section.domain.id}`, lang)}>{section.domain.name[lang]}</a>
                </h2>
              ) : null}
              <StatisticRows items={section.items} caption={section.domain?.name[lang] ?? t("statisticsTitle")} />
            </section>
          ))
        )}
      </div>
    </>
  );
}
