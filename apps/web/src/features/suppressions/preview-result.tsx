import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SuppressionPreview } from "@ioc/contracts";
import { severities } from "@ioc/contracts/severity";
import { formatShare } from "@ioc/charts/format";
import { formatShortDateTime } from "@ioc/charts/time";
import { warningsQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { DataTable, SeverityBadge } from "../../ui/controls/index.ts";
import styles from "./suppressions.module.css";

/** Named at first; the others behind a summary. */
const firstNamed = 8;

interface Props {
  preview: SuppressionPreview;
  alertLink: (id: string, text: string) => ReactNode;
}

/** What a suppression would have hidden of the alerts of the last 30 days. */
export function PreviewResult({ preview, alertLink }: Props) {
  const { t } = useTranslation("suppressions");
  const { t: common } = useTranslation();
  const lang = useLang();
  const warnings = useQuery(warningsQuery()).data?.items ?? [];
  const { hidden, total, emergencies, alerts, byDefinition, bySeverity } = preview;
  return (
    <section className={styles.result} aria-live="polite">
      <h3>{t("result.title")}</h3>
      <p className={styles.headline}>
        {total === 0
          ? t("result.noAlerts")
          : t("result.hidden", { hidden, total, share: formatShare(hidden / total, lang) })}
      </p>
      {emergencies > 0 ? <p>{t("result.emergencies", { count: emergencies })}</p> : null}
      <ul className={styles.counts}>
        {severities.toReversed().map((severity) => (
          <li key={severity}>
            <SeverityBadge severity={severity} size={20} silent /> {common(`severity.${severity}`)}:{" "}
            {bySeverity[severity]}
          </li>
        ))}
      </ul>
      {byDefinition.length > 0 ? (
        <DataTable
          caption={t("result.byDefinition")}
          rows={byDefinition}
          rowKey={({ definition }) => definition}
          columns={[
            {
              id: "definition",
              header: t("definition"),
              rowHeader: true,
              render: ({ definition }) => warnings.find((one) => one.id === definition)?.name[lang] ?? definition,
            },
            { id: "hidden", header: t("result.count"), numeric: true, render: (row) => row.hidden },
          ]}
        />
      ) : null}
      {alerts.length > 0 ? (
        <>
          <h4>{t("result.newest")}</h4>
          <ul className={styles.alerts}>
            {alerts.slice(0, firstNamed).map((alert) => (
              <li key={alert.id}>
                <time>{formatShortDateTime(alert.firedAt ?? alert.startedAt, lang)}</time>
                {alertLink(alert.id, alert.headline[lang])}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}
