import { useDeferredValue, useMemo } from "react";
import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Domain, StatisticItem } from "@ioc/contracts";
import { cityQuery, statisticsQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { Button, EmptyState, ErrorState, Skeleton, matchRank } from "../../ui/controls/index.ts";
import { DomainIcon } from "../../ui/icons/index.ts";
import { ChartCard } from "./chart-card.tsx";
import type { StatisticSearch } from "./statistic-search.ts";
import { useNames } from "./use-names.ts";
import styles from "./statistics.module.css";

interface Props {
  search: Pick<StatisticSearch, "domain" | "q">;
  onSearch: (patch: { domain?: string | undefined; q?: string | undefined }) => void;
  /** Link to the page of a statistic. */
  link: (id: string, name: string) => ReactNode;
  hrefOf: (id: string) => string;
}

/** Names in both languages, so that a reader finds a statistic by either. */
function rank(item: StatisticItem, query: string): number {
  return Math.min(
    matchRank(item.name.vi, query),
    matchRank(item.name.en, query),
    matchRank(item.question.vi, query) + 4,
    matchRank(item.question.en, query) + 4,
  );
}

/** All statistics by domain, with search (accents may be left out) and a card for each. */
export function StatisticsGallery({ search, onSearch, link, hrefOf }: Props) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const nameOf = useNames();
  const city = useQuery(cityQuery()).data;
  const query = useQuery(statisticsQuery());
  const words = useDeferredValue(search.q ?? "");
  const shown = useMemo(() => {
    const inDomain = (query.data?.items ?? []).filter((item) => !search.domain || item.domain === search.domain);
    if (words.trim() === "") return inDomain;
    return inDomain
      .map((item) => ({ item, rank: rank(item, words) }))
      .filter((each) => Number.isFinite(each.rank))
      .sort((a, b) => a.rank - b.rank)
      .map((each) => each.item);
  }, [query.data, search.domain, words]);
  const domains = city?.domains ?? [];
  return (
    <div className={styles.scroll}>
      <div className={styles.gallery}>
        <DomainNav
          domains={domains}
          items={query.data?.items ?? []}
          chosen={search.domain}
          onChoose={(domain) => onSearch({ domain })}
        />
        <div className={styles.results}>
          <header className={styles.galleryHead}>
            <h1>{t("title")}</h1>
            <label className={styles.search}>
              <span className="visually-hidden">{t("search")}</span>
              <input
                type="search"
                value={search.q ?? ""}
                placeholder={t("search")}
                onChange={(event) => onSearch({ q: event.target.value === "" ? undefined : event.target.value })}
              />
            </label>
            <p role="status" className={styles.count}>
              {query.data ? t("count", { count: shown.length }) : ""}
            </p>
          </header>
          {query.isError && !query.data ? (
            <ErrorState problem={query.error} retry={() => void query.refetch()} />
          ) : null}
          {query.isPending ? <Skeleton height={320} /> : null}
          {query.data && shown.length === 0 ? (
            <EmptyState
              action={<Button onClick={() => onSearch({ q: undefined, domain: undefined })}>{t("allDomains")}</Button>}
            >
              {words.trim() === "" ? t("noneInDomain") : t("noneFound", { query: words })}
            </EmptyState>
          ) : null}
          {sections(shown, domains, words.trim() !== "").map(({ domain, items }) => (
            <section key={domain?.id ?? "found"} aria-labelledby={domain ? `domain-${domain.id}` : undefined}>
              {domain ? (
                <h2 id={`domain-${domain.id}`} className={styles.domainTitle}>
                  <DomainIcon domain={domain.id} size={20} /> {domain.name[lang]}
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
          ))}
        </div>
      </div>
    </div>
  );
}

/** By domain in the pack's order; what was searched for stays in the order of its match. */
function sections(
  items: readonly StatisticItem[],
  domains: readonly Domain[],
  searched: boolean,
): { domain: Domain | null; items: readonly StatisticItem[] }[] {
  if (searched) return items.length > 0 ? [{ domain: null, items }] : [];
  const known = domains.map((domain) => ({ domain, items: items.filter((item) => item.domain === domain.id) }));
  const others = items.filter((item) => !domains.some((domain) => domain.id === item.domain));
  return [...known, { domain: null, items: others }].filter((section) => section.items.length > 0);
}

interface NavProps {
  domains: readonly Domain[];
  items: readonly StatisticItem[];
  chosen: string | undefined;
  onChoose: (domain: string | undefined) => void;
}

function DomainNav({ domains, items, chosen, onChoose }: NavProps) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const count = (id: string) => items.filter((item) => item.domain === id).length;
  return (
    <nav className={styles.domains} aria-label={t("domains")}>
      <ul>
        <li>
          <button type="button" aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
            <span>{t("allDomains")}</span> <span className={styles.number}>{items.length}</span>
          </button>
        </li>
        {domains.map((domain) => (
          <li key={domain.id}>
            <button type="button" aria-pressed={chosen === domain.id} onClick={() => onChoose(domain.id)}>
              <DomainIcon domain={domain.id} size={20} />
              <span>{domain.name[lang]}</span> <span className={styles.number}>{count(domain.id)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
