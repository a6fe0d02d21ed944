import { useDeferredValue, useMemo, useRef } from "react";
import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { cityQuery, statisticsQuery } from "../../../data/index.ts";
import { useLang } from "../../../texts/index.ts";
import { Button, EmptyState, ErrorState, Skeleton } from "../../../ui/controls/index.ts";
import { DomainIcon } from "../../../ui/icons/index.ts";
import { ChartCard } from "../chart-card.tsx";
import type { GalleryPatch, GallerySearch } from "../statistic-search.ts";
import { useNames } from "../use-names.ts";
import { DomainNav } from "./domain-nav.tsx";
import { facets, findStatistics, isNarrowed, sectionsOf } from "./gallery-filter.ts";
import type { Section } from "./gallery-filter.ts";
import { GalleryFilters } from "./gallery-filters.tsx";
import { useGalleryKeys } from "./gallery-keys.ts";
import { GalleryList } from "./gallery-list.tsx";
import styles from "./gallery.module.css";

interface Props {
  search: GallerySearch;
  onSearch: (patch: GalleryPatch) => void;
  /** Link to the page of a statistic. */
  link: (id: string, name: string) => ReactNode;
  hrefOf: (id: string) => string;
  /** Ways on from here, for example to boards. */
  actions?: ReactNode;
}

const nothingChosen = Object.fromEntries(facets.map((facet) => [facet, undefined])) as GalleryPatch;

/** All statistics by domain: search (accents may be left out), filters, cards or a list. */
export function StatisticsGallery({ search, onSearch, link, hrefOf, actions }: Props) {
  const { t } = useTranslation("statistics");
  const city = useQuery(cityQuery()).data;
  const query = useQuery(statisticsQuery());
  const place = useRef<HTMLDivElement>(null);
  useGalleryKeys(place);
  const deferred = useDeferredValue(search);
  const items = query.data?.items;
  const found = useMemo(() => findStatistics(items ?? [], deferred), [items, deferred]);
  const domains = city?.domains ?? [];
  const words = deferred.q?.trim() ?? "";
  const clear = () => onSearch({ ...nothingChosen, q: undefined, domain: undefined });
  return (
    <div className={styles.scroll} ref={place}>
      <div className={styles.gallery}>
        <DomainNav
          domains={domains}
          counts={found.byDomain}
          chosen={search.domain}
          onChoose={(domain) => onSearch({ domain })}
        />
        <div className={styles.results}>
          <header className={styles.head}>
            <h1>{t("title")}</h1>
            <p role="status" className={styles.count}>
              {items ? t("count", { count: found.shown.length }) : ""}
            </p>
            <div className={styles.actions}>{actions}</div>
          </header>
          <GalleryFilters search={search} onSearch={onSearch} counts={found.counts} onClear={clear} />
          {query.isError ? (
            items ? (
              <p className={styles.late} role="status">
                {t("refreshFailed")}
              </p>
            ) : (
              <ErrorState problem={query.error} retry={() => void query.refetch()} />
            )
          ) : null}
          {query.isPending ? <Skeleton height={640} /> : null}
          {items && found.shown.length === 0 ? (
            <EmptyState
              action={
                isNarrowed(search) || search.domain ? <Button onClick={clear}>{t("clearFilters")}</Button> : undefined
              }
            >
              {words !== "" ? t("noneFound", { query: words }) : t("noneFit")}
            </EmptyState>
          ) : null}
          <Results sections={sectionsOf(found.shown, domains, words !== "")} {...{ search, link, hrefOf }} />
        </div>
      </div>
    </div>
  );
}

function Results({
  sections,
  search,
  link,
  hrefOf,
}: { sections: readonly Section[] } & Pick<Props, "search" | "link" | "hrefOf">) {
  const lang = useLang();
  const nameOf = useNames();
  if (search.look === "list") return <GalleryList sections={sections} link={link} />;
  return sections.map(({ domain, items }) => (
    <section key={domain?.id ?? "found"} aria-labelledby={domain ? `domain-${domain.id}` : undefined}>
      {domain ? (
        <h2 id={`domain-${domain.id}`} className={styles.domainTitle}>
          <DomainIcon domain={domain.id} size={20} /> {domain.name[lang]}{" "}
          <span className={styles.number}>{items.length}</span>
        </h2>
      ) : null}
      <div className={styles.cards}>
        {items.map((item) => (
          <ChartCard
            key={item.id}
            item={item}
            nameOf={nameOf}
            href={hrefOf(item.id)}
            link={(name) => link(item.id, name)}
          />
        ))}
      </div>
    </section>
  ));
}
