import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Alert, Lang } from "@ioc/contracts";
import { severityRank } from "@ioc/contracts/severity";
import { formatValue } from "@ioc/charts/format";
import { formatClock, formatDuration, hour, day } from "@ioc/charts/time";
import { useLang } from "../../texts/index.ts";
import { LevelText, SeverityBadge } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import { shownLevel } from "./alert-order.ts";
import styles from "./alerts.module.css";

/** How long an alert has been open, short: `02:41`, `01:02:41`, from a day on in words. */
export function openFor(alert: Alert, now: number | null, lang: Lang): string {
  const since = alert.firedAt ?? alert.startedAt;
  const length = (alert.clearedAt ?? now ?? since) - since;
  return length >= day ? formatDuration(Math.floor(length / hour) * hour, lang) : formatClock(length);
}

interface Props {
  alert: Alert;
  /** Name of the narrowest area. */
  area: string;
  now: number | null;
  id: string;
  selected: boolean;
  /** Appeared within the last seconds. */
  fresh: boolean;
  position: number;
  total: number;
  onOpen: (id: string) => void;
}

/** One alert in a list: 44 px, badge and headline, level, place, value and age. */
export const AlertRow = memo(function AlertRow({
  alert,
  area,
  now,
  id,
  selected,
  fresh,
  position,
  total,
  onOpen,
}: Props) {
  const { t } = useTranslation();
  const { t: alerts } = useTranslation("alerts");
  const lang = useLang();
  const calm = alert.condition === "pending" || alert.condition === "cleared";
  const { severity, level } = shownLevel(alert);
  const age = openFor(alert, now, lang);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list box holds the focus and handles the keys
    <div
      role="option"
      id={id}
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={total}
      className={styles.row}
      data-fresh={fresh || undefined}
      data-condition={alert.condition}
      onClick={() => onOpen(alert.id)}
    >
      <SeverityBadge severity={severity} size={24} hollow={calm} ring={fresh && severityRank(severity) >= 3} silent />
      <div className={styles.rowText}>
        <span className="visually-hidden">
          {t(`severity.${severity}`)}, {t(`condition.${alert.condition}`)},
        </span>
        <span className={styles.headline}>{alert.headline[lang]}</span>
        <span className={styles.rowMeta}>
          <LevelText scale={alert.scale} level={level} short />
          <span className={styles.area}>{area}</span>
          {alert.condition === "firing" ? null : <span>{t(`condition.${alert.condition}`)}</span>}
          {alert.work === "new" ? null : (
            <span className={styles.work}>
              <Icon name="check" size={16} />
              {t(`work.${alert.work}`)}
            </span>
          )}
          {alert.suppressedBy.length > 0 ? <Icon name="bell-off" size={16} label={alerts("suppressed.mark")} /> : null}
          {alert.stale ? <Icon name="clock" size={16} label={t("condition.stale")} /> : null}
          {alert.error ? <Icon name="warning" size={16} label={t("condition.error")} /> : null}
        </span>
      </div>
      <div className={styles.rowEnd}>
        <span className={styles.rowValue}>{formatValue(alert.value, alert.unit, alert.decimals, lang)}</span>
        <span className={styles.age}>{age}</span>
      </div>
    </div>
  );
});
