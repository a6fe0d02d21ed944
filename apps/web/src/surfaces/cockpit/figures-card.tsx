import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatShare, formatSigned, formatValue } from "@ioc/charts/format";
import type { StatisticItem } from "@ioc/contracts";
import { cityQuery, statisticsQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { AsOf, ErrorState, Skeleton } from "../../ui/controls/index.ts";
import styles from "./cockpit.module.css";

/** Headline figures for leaders, one a line: value, change to the period before, time and coverage. */
export function FiguresCard() {
  const { t } = useTranslation("cockpit");
  const lang = useLang();
  const { data: city } = useQuery(cityQuery());
  const { data: statistics, error, refetch } = useQuery({ ...statisticsQuery(), refetchInterval: 30_000 });
  if (error && !statistics) return <ErrorState problem={error} retry={() => void refetch()} />;
  if (!statistics || !city) return <Skeleton height={320} />;
  const order = new Map(city.domains.map((domain, index) => [domain.id, index]));
  const own = statistics.items
    .filter((item) => item.audience.includes("leader"))
    .sort((a, b) => (order.get(a.domain) ?? 99) - (order.get(b.domain) ?? 99));
  return (
    <section className={styles.card} aria-labelledby="figures">
      <h2 id="figures">{t("figures")}</h2>
      <ul className={styles.figures}>
        {own.map((item) => (
          <li key={item.id}>
            <a href={`/console/statistics/${item.id}`}>{item.name[lang]}</a>
            <Figure item={item} />
          </li>
        ))}
      </ul>
    </section>
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
