import { useTranslation } from "react-i18next";
import { severities } from "@ioc/contracts/severity";
import type { Severity } from "@ioc/contracts";
import { SeverityBadge } from "./severity-badge.tsx";
import styles from "./severity-filter.module.css";

interface Props {
  /** Chosen severities; empty means all. */
  value: readonly Severity[];
  onChange: (value: Severity[]) => void;
  counts?: Partial<Record<Severity, number>>;
}

/** Four toggles with counts, worst first. None pressed shows everything. */
export function SeverityFilter({ value, onChange, counts }: Props) {
  const { t } = useTranslation();
  return (
    <div role="group" aria-label={t("severity.label")} className={styles.group}>
      {severities.toReversed().map((severity) => {
        const pressed = value.includes(severity);
        return (
          <button
            key={severity}
            type="button"
            aria-pressed={pressed}
            aria-label={`${t(`severity.${severity}`)}: ${counts?.[severity] ?? 0}`}
            title={t(`severity.${severity}`)}
            className={styles.toggle}
            onClick={() => onChange(pressed ? value.filter((one) => one !== severity) : [...value, severity])}
          >
            <SeverityBadge severity={severity} size={20} silent />
            <span>{counts?.[severity] ?? 0}</span>
          </button>
        );
      })}
    </div>
  );
}
