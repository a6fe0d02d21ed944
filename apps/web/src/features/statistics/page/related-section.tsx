import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { StatisticItem, WarningItem } from "@ioc/contracts";
import { noValue } from "@ioc/charts/format";
import { statisticsQuery, warningsQuery } from "../../../data/index.ts";
import { useLang } from "../../../texts/index.ts";
import { Value } from "../../../ui/controls/index.ts";
import { useWhyNone } from "../value-line.tsx";
import styles from "./page.module.css";
import { relatedStatistics, relatedWarnings } from "./related.ts";
import type { StatisticLinks } from "./statistic-page.tsx";

interface Props {
  item: StatisticItem;
  links: StatisticLinks;
  audience: "operator" | "public";
}

/** Warnings that watch the same readings, and statistics of the same data. Nothing when there are none. */
export function RelatedSection({ item, links, audience }: Props) {
  const { t } = useTranslation("statistics");
  const warnings = useQuery(warningsQuery()).data?.items;
  const statistics = useQuery(statisticsQuery()).data?.items;
  const watching = useMemo(() => {
    const all = relatedWarnings(item, warnings ?? []);
    return audience === "public" ? all.filter((warning) => warning.publicFrom !== null) : all;
  }, [item, warnings, audience]);
  const beside = useMemo(() => {
    const all = (statistics ?? []).filter((one) => audience === "operator" || one.audience.includes("public"));
    return relatedStatistics(item, all);
  }, [item, statistics, audience]);
  if (watching.length === 0 && beside.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="related-title">
      <h2 id="related-title">{t("related.title")}</h2>
      {watching.length > 0 ? (
        <>
          <h3>{t("related.warnings")}</h3>
          <ul className={styles.related}>
            {watching.map((warning) => (
              <WarningLine key={warning.id} warning={warning} />
            ))}
          </ul>
        </>
      ) : null}
      {beside.length > 0 ? (
        <>
          <h3>{t("related.statistics")}</h3>
          <ul className={styles.related}>
            {beside.map((one) => (
              <StatisticLine key={one.id} item={one} links={links} />
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

function WarningLine({ warning }: { warning: WarningItem }) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  return (
    <li>
      <span>
        {warning.name[lang]}
        <span className={styles.quiet}> {warning.sentence[lang]}</span>
      </span>
      <span className={styles.relatedValue}>
        {warning.openAlerts > 0 ? t("related.open", { count: warning.openAlerts }) : t("related.calm")}
      </span>
    </li>
  );
}

function StatisticLine({ item, links }: { item: StatisticItem; links: StatisticLinks }) {
  const lang = useLang();
  const why = useWhyNone()(item);
  return (
    <li>
      <span>{links.statistic(item, item.name[lang])}</span>
      <span className={styles.relatedValue}>
        {why === null && item.value !== null ? (
          <Value value={item.value} unit={item.unit} decimals={item.decimals} />
        ) : (
          <span className={styles.quiet}>{why ?? noValue}</span>
        )}
      </span>
    </li>
  );
}
