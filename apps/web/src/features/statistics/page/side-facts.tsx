import { useTranslation } from "react-i18next";
import type { Frame, StatisticItem } from "@ioc/contracts";
import { formatShare, formatValue } from "@ioc/charts/format";
import { formatDateTime, formatDuration, formatIsoDuration, formatTimeRange } from "@ioc/charts/time";
import { useLang } from "../../../texts/index.ts";
import { AsOf, Skeleton } from "../../../ui/controls/index.ts";
import { comparedWith } from "../compared-with.ts";
import { TargetLine } from "../target-line.tsx";
import { ValueLine } from "../value-line.tsx";
import styles from "./page.module.css";

/** The headline with everything that says how good it is and how it compares. */
export function SideFacts({ item, frame }: { item: StatisticItem; frame: Frame | undefined }) {
  const { t } = useTranslation("statistics");
  return (
    <section className={styles.side} aria-labelledby="facts-title">
      <h2 id="facts-title">{t("facts.title")}</h2>
      <ValueLine of={frame ?? item} against={comparedWith(item)} size="l" />
      <TargetLine of={frame ?? item} />
      {frame ? <Facts item={item} frame={frame} /> : <Skeleton height={220} />}
    </section>
  );
}

function Facts({ item, frame }: { item: StatisticItem; frame: Frame }) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const previous = frame.previous === null ? null : formatValue(frame.previous, frame.unit, frame.decimals, lang);
  return (
    <dl className={styles.facts}>
      {previous ? (
        <div>
          <dt>{t(comparedWith(item) === "year" ? "previousYear" : "previous")}</dt>
          <dd>{previous}</dd>
        </div>
      ) : null}
      {frame.figures.map((figure) => (
        <div key={figure.id}>
          <dt>{figure.name[lang]}</dt>
          <dd>{formatValue(figure.value, figure.unit, figure.decimals, lang)}</dd>
        </div>
      ))}
      <div>
        <dt>{t("facts.window")}</dt>
        <dd>
          {formatTimeRange(frame.window.from, frame.window.to, lang)}{" "}
          <span className={styles.quiet}>({formatIsoDuration(item.window, lang)})</span>
        </dd>
      </div>
      <div>
        <dt>{t("facts.asOf")}</dt>
        <dd>
          <AsOf time={frame.asOf} mode="bare" now={frame.computedAt} />
        </dd>
      </div>
      <div>
        <dt>{t("facts.quality")}</dt>
        <dd>
          {t(`quality.${frame.quality}`)}
          {frame.coverage === null ? null : (
            <span className={styles.quiet}> {t("coverageLine", { share: formatShare(frame.coverage, lang) })}</span>
          )}
        </dd>
      </div>
      <div>
        <dt>{t("computed")}</dt>
        <dd>
          {formatDateTime(frame.computedAt, lang)}{" "}
          <span className={styles.quiet}>
            ({t("refreshEvery", { period: formatDuration(item.refreshSeconds * 1000, lang) })})
          </span>
        </dd>
      </div>
    </dl>
  );
}
