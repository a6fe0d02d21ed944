import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatNumber, formatShare, formatSigned, formatValue } from "@ioc/charts/format";
import type { StatisticItem } from "@ioc/contracts";
import { cityQuery, statisticsQuery } from "../../data/index.ts";
import { keyFigures } from "../../features/statistics/key-figures.ts";
import { useLang } from "../../texts/index.ts";
import { AsOf, ErrorState, Skeleton } from "../../ui/controls/index.ts";
import styles from "./cockpit.module.css";

/** Figures below their target that are shown before "all of them". */
const mostMissed = 6;

/** Headline figures for leaders and those below their target, one a line: value, change to the period before, time and coverage. */
export function FiguresCard() {
  const { t } = useTranslation("cockpit");
  const lang = useLang();
  const { data: city } = useQuery(cityQuery());
  const { data: statistics, error, refetch } = useQuery({ ...statisticsQuery(), refetchInterval: 30_000 });
  if (error && !statistics) return <ErrorState problem={error} retry={() => void refetch()} />;
  if (!statistics || !city) return <Skeleton height={320} />;
  const leaders = statistics.items.filter((item) => item.audience.includes("leader"));
  const missed = leaders.filter((item) => item.targetMet === false);
  const byDomain = city.domains.map(({ id }) => leaders.filter((item) => item.domain === id));
  return (
    <section className={styles.card} aria-labelledby="figures">
      <h2 id="figures">{t("figures")}</h2>
      <Figures items={keyFigures(byDomain, byDomain.length)} />
      {missed.length > 0 ? (
        <>
          <h3>{t("belowTarget", { count: missed.length })}</h3>
          <Figures items={missed.slice(0, mostMissed)} />
        </>
      ) : null}
      <p className={styles.more}>
        {missed.length > mostMissed ? (
          <a href="/console/statistics?audience=leader&target=missed">
            {t("allBelowTarget")} ({formatNumber(missed.length, lang)})
          </a>
        ) : null}
        <a href="/console/statistics?audience=leader">
          {t("allFigures")} ({formatNumber(leaders.length, lang)})
        </a>
      </p>
    </section>
  );
}

function Figures({ items }: { items: readonly StatisticItem[] }) {
  const lang = useLang();
  return (
    <ul className={styles.figures}>
      {items.map((item) => (
        <li key={item.id}>
          <a href={`/console/statistics/${item.id}`}>{item.name[lang]}</a>
          <Figure item={item} />
        </li>
      ))}
    </ul>
  );
}

function Figure({ item }: { item: StatisticItem }) {
  const { t } = useTranslation("cockpit");
  const { t: common } = useTranslation();
  const lang = useLang();
  const change = item.value !== null && item.previous !== null ? item.value - item.previous : null;
  const arrow = change === null || change === 0 ? "" : change > 0 ? "↑ " : "↓ ";
  return (
    <>
      <span className={styles.figure}>
        {item.status === "insufficient"
          ? common("insufficient", { share: formatShare(item.coverage, lang) })
          : formatValue(item.value, item.unit, item.decimals, lang)}
      </span>
      <span className={styles.meta}>
        {change === null ? t("noPrevious") : `${arrow}${formatSigned(change, lang, item.decimals)}`}
      </span>
      <span className={styles.meta}>
        <AsOf time={item.asOf} mode="bare" />
      </span>
    </>
  );
}
