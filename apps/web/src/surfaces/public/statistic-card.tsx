import { useTranslation } from "react-i18next";
import { formatShare, formatValue } from "@ioc/charts/format";
import { formatAsOf } from "@ioc/charts/time";
import { statisticFileUrl } from "../../data/statistics.ts";
import type { StatisticItem } from "@ioc/contracts";
import { publicUrl, usePage } from "./model.ts";
import { ThemedImage } from "./themed-image.tsx";
import styles from "./public.module.css";

/** A statistic as its picture, which says value, unit, source, time and coverage; the name leads to its own page. */
export function StatisticCard({
  statistic,
  heading: Heading = "h3",
}: {
  statistic: StatisticItem;
  heading?: "h2" | "h3";
}) {
  const { t } = useTranslation();
  const { lang, city } = usePage();
  const coverage = statistic.coverage;
  const value =
    statistic.status === "insufficient"
      ? t("insufficient", { share: formatShare(coverage, lang) })
      : formatValue(statistic.value, statistic.unit, statistic.decimals, lang);
  const time =
    statistic.asOf === null ? t("noData") : t("dataAt", { time: formatAsOf(statistic.asOf, city.now, lang) });
  return (
    <article className={styles.card}>
      <Heading className={styles.cardTitle}>
        <a href={publicUrl(`/statistics/${statistic.domain}/${statistic.id}`, lang)}>{statistic.name[lang]}</a>
      </Heading>
      <ThemedImage
        className={styles.chart}
        source={(theme) => statisticFileUrl(statistic.id, "svg", { lang, w: 340, theme })}
        alt={`${value}. ${time}`}
        width={340}
        height={260}
      />
    </article>
  );
}
