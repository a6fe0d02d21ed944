import { useTranslation } from "react-i18next";
import type { Frame, StatisticItem } from "@ioc/contracts";
import { formatLimit } from "@ioc/charts/format";
import { withUnit } from "@ioc/charts/units";
import { useLang } from "../../texts/index.ts";
import { BasisTag } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import styles from "./statistics.module.css";

type Target = NonNullable<Frame["target"]>;

const signs: Record<Target["op"], string> = { "<=": "≤", ">=": "≥", "<": "<" };

/** A target as it is written: `≥ 95 %`, in its own unit where it has one. */
export function useTargetText(): (target: Target, of: Pick<Frame, "unit" | "decimals">) => string {
  const lang = useLang();
  return (target, { unit, decimals }) =>
    `${signs[target.op]}\u00a0${withUnit(formatLimit(target.value, lang, decimals), target.unit ?? unit, lang)}`;
}

/** Whether the target is met, in words with a mark; nothing is coloured, because missing a target is no alarm. */
export function TargetMark({ met }: { met: boolean | null }) {
  const { t } = useTranslation("statistics");
  if (met === null) return null;
  return (
    <span className={styles.target} data-met={met}>
      <Icon name={met ? "check" : "minus"} size={16} /> {t(met ? "targetMet" : "targetMissed")}
    </span>
  );
}

/** Target with its number, whether it is met and whose target it is. Nothing without a target. */
export function TargetLine({ of }: { of: Pick<Frame | StatisticItem, "target" | "targetMet" | "unit" | "decimals"> }) {
  const { t } = useTranslation("statistics");
  const text = useTargetText();
  if (!of.target) return null;
  return (
    <p className={styles.targetLine}>
      <span>
        {t("target")} {text(of.target, of)}
      </span>
      <TargetMark met={of.targetMet} />
      <BasisTag basis={of.target.basis} source={of.target.source} />
    </p>
  );
}
