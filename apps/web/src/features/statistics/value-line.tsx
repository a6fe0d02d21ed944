import { useTranslation } from "react-i18next";
import type { Frame } from "@ioc/contracts";
import { durationMs } from "@ioc/contracts/duration";
import { formatShare, noValue } from "@ioc/charts/format";
import { formatTrend } from "@ioc/charts/trend";
import { useLang } from "../../texts/index.ts";
import { Value } from "../../ui/controls/index.ts";
import type { Against } from "./compared-with.ts";
import styles from "./statistics.module.css";

/** A frame, or a definition with its newest value; its window is then a duration. */
export type Headline = Pick<Frame, "value" | "previous" | "unit" | "decimals" | "status" | "coverage"> & {
  window: Frame["window"] | string;
};

/** Change against the period before: `↑ 0,11 m / 30 phút`, `↓ 3 so với tháng trước`; empty when one of the two is missing. */
export function useTrend(): (of: Headline, against?: Against | null) => string {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  return (of, against) => {
    const window = typeof of.window === "string" ? { from: 0, to: durationMs(of.window) ?? 0 } : of.window;
    return formatTrend({ ...of, window }, lang, against ? t(`against.${against}`) : undefined);
  };
}

/** All of what there is counts, and yet it is too little: it does not reach over the whole period. */
export const isWhole = (coverage: number | null): boolean => coverage === null || coverage > 0.9;

/** Why there is no value, in words; null when there is one, or when the statistic has no headline. */
export function useWhyNone(): (of: Pick<Headline, "value" | "status" | "coverage">) => string | null {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  return ({ value, status, coverage }) => {
    if (status === "ok") return null;
    if (value !== null && status !== "insufficient") return null;
    if (status === "insufficient")
      return isWhole(coverage) ? t("tooShort") : t("insufficient", { share: formatShare(coverage ?? 0, lang) });
    return status === "error" ? t("failed") : t("empty");
  };
}

/** The headline of a statistic: number, unit and trend; without a value a dash and why. */
export function ValueLine({ of, against, size = "m" }: { of: Headline; against?: Against | null; size?: "m" | "l" }) {
  const why = useWhyNone()(of);
  const trend = useTrend()(of, against);
  if (why !== null)
    return (
      <p className={styles.value}>
        <span className={styles.dash}>{noValue}</span> <span className={styles.why}>{why}</span>
      </p>
    );
  if (of.value === null) return null;
  return (
    <p className={styles.value}>
      <Value value={of.value} unit={of.unit} decimals={of.decimals} size={size} />
      {trend === "" ? null : <span className={styles.trend}>{trend}</span>}
    </p>
  );
}
