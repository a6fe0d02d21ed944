import { useTranslation } from "react-i18next";
import type { Frame } from "@ioc/contracts";
import { formatShare, noValue } from "@ioc/charts/format";
import { formatTrend } from "@ioc/charts/trend";
import { useLang } from "../../texts/index.ts";
import { Value } from "../../ui/controls/index.ts";
import styles from "./statistics.module.css";

type Headline = Pick<Frame, "value" | "previous" | "unit" | "decimals" | "status" | "coverage"> & {
  /** A definition's item has none: then there is no trend. */
  window?: Frame["window"] | string;
};

/** The headline of a statistic: number, unit and trend; without a value a dash and why. */
export function ValueLine({ of, size = "m" }: { of: Headline; size?: "m" | "l" }) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  if (of.status === "ok" && of.value === null) return null;
  if (of.value === null || of.status === "insufficient") {
    const why =
      of.status === "error"
        ? t("failed")
        : of.status === "insufficient"
          ? t("insufficient", { share: formatShare(of.coverage ?? 0, lang) })
          : t("empty");
    return (
      <p className={styles.value}>
        <span className={styles.dash}>{noValue}</span> <span className={styles.why}>{why}</span>
      </p>
    );
  }
  const trend = typeof of.window === "object" ? formatTrend({ ...of, window: of.window }, lang) : "";
  return (
    <p className={styles.value}>
      <Value value={of.value} unit={of.unit} decimals={of.decimals} size={size} />
      {trend === "" ? null : <span className={styles.trend}>{trend}</span>}
    </p>
  );
}
