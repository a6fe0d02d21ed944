import { useTranslation } from "react-i18next";
import type { Frame, StatisticItem } from "@ioc/contracts";
import { durationMs } from "@ioc/contracts/duration";
import { formatShare } from "@ioc/charts/format";
import { day, formatStaleness } from "@ioc/charts/time";
import { useCityNow } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import { AsOf } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import styles from "./statistics.module.css";

interface Props {
  frame: Frame;
  item: Pick<StatisticItem, "source" | "refreshSeconds" | "window">;
  full?: boolean;
  /** A view of the past is never late. */
  past?: boolean;
}

const quarter = 900_000;

/**
 * Age from which the newest data behind a value are late, ms: three times as long as it takes until it is calculated again. A
 * value of a day or longer is of the last full period, whose data come in when the next one is under way.
 */
function lateAfter({ refreshSeconds, window }: Pick<StatisticItem, "refreshSeconds" | "window">): number {
  const length = durationMs(window) ?? 0;
  return Math.max(3 * refreshSeconds * 1000, length >= day ? 2.5 * length : 0, quarter);
}

/** Source, time of the data, share of valid values, and whether some are made up; a late frame says how old it is. */
export function CardFoot({ frame, item, full = false, past = false }: Props) {
  const { t } = useTranslation("statistics");
  const { t: common } = useTranslation();
  const lang = useLang();
  const now = useCityNow(10_000);
  const age = past || frame.asOf === null || now === null ? 0 : now - frame.asOf;
  const late = age > lateAfter(item);
  return (
    <p className={styles.foot}>
      {full ? (
        <span>
          {common("source")}: {item.source[lang]}
        </span>
      ) : null}
      <AsOf time={frame.asOf} mode="updated" now={frame.computedAt} />
      {late ? (
        <span className={styles.late}>
          <Icon name="clock" size={16} /> {formatStaleness(age, lang)}
        </span>
      ) : null}
      {frame.coverage === null ? null : (
        <span className={frame.coverage < 0.9 ? styles.strong : undefined}>
          {t("coverageLine", { share: formatShare(frame.coverage, lang) })}
        </span>
      )}
      {frame.synthetic ? <span>{t("synthetic")}</span> : null}
    </p>
  );
}
