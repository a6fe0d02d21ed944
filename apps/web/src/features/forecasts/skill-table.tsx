import { useTranslation } from "react-i18next";
import { fewestForecastCases } from "@ioc/contracts";
import type { ForecastItem, ForecastSkill } from "@ioc/contracts";
import { formatNumber, formatShare, formatValue } from "@ioc/charts/format";
import { useLang } from "../../texts/index.ts";
import { DataTable, EmptyState } from "../../ui/controls/index.ts";
import styles from "./forecasts.module.css";

const none = "—";

/** How the forecasts of all subjects did, by lead. */
export function SkillTable({ item }: { item: ForecastItem }) {
  const { t } = useTranslation("forecasts");
  const lang = useLang();
  const share = (value: number | null) => (value === null ? none : formatShare(value, lang));
  const lead = ({ leadHours }: ForecastSkill) =>
    leadHours === null
      ? t("skill.all")
      : leadHours >= 72
        ? t("skill.days", { days: formatNumber(leadHours / 24, lang, leadHours % 24 === 0 ? 0 : 1) })
        : t("skill.hours", { hours: formatNumber(leadHours, lang, leadHours % 1 === 0 ? 0 : 1) });
  const cases = item.skill.find(({ leadHours }) => leadHours === null)?.cases ?? 0;
  if (cases === 0) {
    return (
      <>
        <h3>{t("skill.title")}</h3>
        <EmptyState>{t("skill.nothing", { fewest: fewestForecastCases })}</EmptyState>
      </>
    );
  }
  return (
    <>
      <h3>{t("skill.title")}</h3>
      <p className={styles.note}>{t("skill.note", { fewest: fewestForecastCases })}</p>
      {cases < fewestForecastCases ? (
        <p className={styles.note} role="status">
          {t("skill.few", { count: cases, fewest: fewestForecastCases })}
        </p>
      ) : null}
      <DataTable
        caption={t("skill.title")}
        hideCaption
        rows={item.skill}
        rowKey={({ leadHours }) => String(leadHours)}
        columns={[
          { id: "lead", header: t("skill.lead"), rowHeader: true, render: lead },
          { id: "cases", header: t("column.cases"), numeric: true, render: (row) => formatNumber(row.cases, lang) },
          {
            id: "mase",
            header: t("column.mase"),
            numeric: true,
            render: (row) => (row.mase === null ? none : formatNumber(row.mase, lang, 2)),
          },
          {
            id: "skill",
            header: t("column.skill"),
            numeric: true,
            render: (row) => share(row.skill),
          },
          {
            id: "pinball",
            header: t("skill.pinball"),
            numeric: true,
            render: (row) =>
              row.pinball === null ? none : formatValue(row.pinball, item.unit, item.decimals + 1, lang),
          },
          {
            id: "coverage80",
            header: t("column.coverage80"),
            numeric: true,
            render: (row) => share(row.coverage80),
          },
          {
            id: "coverage95",
            header: t("column.coverage95"),
            numeric: true,
            render: (row) => share(row.coverage95),
          },
        ]}
      />
    </>
  );
}
