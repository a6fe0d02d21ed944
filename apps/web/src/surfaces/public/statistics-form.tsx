import { useTranslation } from "react-i18next";
import { chartKinds } from "@ioc/contracts/chart-kinds";
import { sources, statuses, targets } from "../../features/statistics/statistic-search.ts";
import type { GallerySearch } from "../../features/statistics/statistic-search.ts";
import type { Facet } from "../../features/statistics/gallery/gallery-filter.ts";
import styles from "./public.module.css";

interface Props {
  search: GallerySearch;
  counts: Record<Facet, ReadonlyMap<string, number>>;
}

/** Filters that concern residents. */
const offered = { kind: chartKinds, status: statuses, target: targets, source: sources } as const;
type Offered = keyof typeof offered;

/** Search and filters as a plain form: the answer is another page, so it needs no script. */
export function StatisticsForm({ search, counts }: Props) {
  const { t } = useTranslation("statistics");
  const { t: common } = useTranslation();
  const nameOf = (facet: Offered, value: string): string =>
    facet === "kind"
      ? t(`kinds.${value as (typeof chartKinds)[number]}`)
      : t(`facetValue.${facet}.${value}` as "facetValue.status.ok");
  return (
    <form className={styles.find} role="search" method="get" aria-label={t("search")}>
      <label>
        <span>{t("searchHint")}</span>
        <input type="search" name="q" defaultValue={search.q ?? ""} maxLength={100} />
      </label>
      <details open={(Object.keys(offered) as Offered[]).some((facet) => search[facet])}>
        <summary>{common("filters")}</summary>
        <div className={styles.findFilters}>
          {(Object.keys(offered) as Offered[]).map((facet) => (
            <label key={facet}>
              <span>{t(`facet.${facet}`)}</span>
              <select name={facet} defaultValue={search[facet] ?? ""}>
                <option value="">{common("all")}</option>
                {offered[facet]
                  .filter((value) => value === search[facet] || (counts[facet].get(value) ?? 0) > 0)
                  .map((value) => (
                    <option key={value} value={value}>
                      {nameOf(facet, value)} ({counts[facet].get(value) ?? 0})
                    </option>
                  ))}
              </select>
            </label>
          ))}
        </div>
      </details>
      <button type="submit">{common("search")}</button>
    </form>
  );
}
