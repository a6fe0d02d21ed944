import { useTranslation } from "react-i18next";
import { formatShare, formatValue } from "@ioc/charts/format";
import { formatAsOf } from "@ioc/charts/time";
import { statisticFileUrl } from "../../data/statistics.ts";
import type { StatisticItem } from "@ioc/contracts";
import { publicUrl, usePage } from "./model.ts";
import { ThemedImage } from "./themed-image.tsx";
import styles from "./public.module.css";

/** Value of a statistic with its picture, time and coverage; the name leads to its own page. */
export function StatisticCard({ statistic }: { statistic: StatisticItem }) {
  const { t } = useTranslation();
  const { lang, city } = usePage();
  const coverage = statistic.coverage;
  return (
    <article className={styles.card}>
      <h3 className={styles.cardTitle}>
        <a href={publicUrl(`/statistics/${statistic.domain}/${statistic.id}`, lang)}>{statistic.name[lang]}</a>
      </h3>
      <p className={styles.cardValue}>
        {statistic.status === "insufficient"
          ? t("insufficient", { share: formatShare(coverage, lang) })
          : formatValue(statistic.value, statistic.unit, statistic.decimals, lang)}
      </p>
      <ThemedImage
        className={styles.chart}
        source={(theme) => statisticFileUrl(statistic.id, "svg", { lang, w: 340, theme })}
        alt={statistic.question[lang]}
        width={340}
        height={240}
      />
      <p className={styles.meta}>
        {statistic.asOf === null ? t("noData") : t("dataAt", { time: formatAsOf(statistic.asOf, city.now, lang) })}
        {coverage === null ? null : ` · ${t("valid", { share: formatShare(coverage, lang) })}`}
      </p>
    </article>
  );
}
