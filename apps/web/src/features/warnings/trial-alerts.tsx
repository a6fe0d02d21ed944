import { useTranslation } from "react-i18next";
import type { Backtest, WarningItem } from "@ioc/contracts";
import { formatDateTime } from "@ioc/charts/time";
import { useLang } from "../../texts/index.ts";
import { DataTable, EmptyState, LevelText } from "../../ui/controls/index.ts";

/** Alerts that a trial would have raised, the newest first. */
export function TrialAlerts({ definition, found }: { definition: WarningItem; found: Backtest }) {
  const { t } = useTranslation("warnings");
  const lang = useLang();
  if (found.alerts.length === 0) return <EmptyState>{t("noAlerts")}</EmptyState>;
  return (
    <details>
      <summary>{t("listAlerts", { count: found.alerts.length })}</summary>
      <DataTable
        caption={t("wouldHaveRaised")}
        hideCaption
        pageSize={20}
        rows={found.alerts}
        rowKey={({ id }) => id}
        columns={[
          { id: "subject", header: t("subject"), rowHeader: true, render: ({ subject }) => subject.name[lang] },
          { id: "fired", header: t("fired"), render: ({ firedAt }) => formatDateTime(firedAt, lang) },
          {
            id: "cleared",
            header: t("cleared"),
            render: ({ clearedAt }) => (clearedAt === null ? t("stillOpen") : formatDateTime(clearedAt, lang)),
          },
          {
            id: "peak",
            header: t("peak"),
            render: ({ peakLevel }) => <LevelText scale={definition.scale} level={peakLevel} short />,
          },
          {
            id: "outcome",
            header: t("outcomeHeader"),
            render: ({ outcome }) => (outcome === null ? "–" : t(`outcome.${outcome}`)),
          },
        ]}
      />
    </details>
  );
}
