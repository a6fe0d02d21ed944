import { useTranslation } from "react-i18next";
import type { Backtest, WarningItem } from "@ioc/contracts";
import { formatNumber } from "@ioc/charts/format";
import { formatDateTime, formatDuration } from "@ioc/charts/time";
import { useLang } from "../../texts/index.ts";
import { DataTable } from "../../ui/controls/index.ts";
import type { Comparison } from "./use-backtest.ts";
import styles from "./warnings.module.css";

interface Row {
  id: string;
  name: string;
  of: (found: Backtest) => number | null;
  show: (value: number) => string;
}

/** The definition in force and the changed one, figure by figure. */
export function ComparisonTable({ definition, comparison }: { definition: WarningItem; comparison: Comparison }) {
  const { t } = useTranslation("warnings");
  const lang = useLang();
  const rows = useRows(definition);
  const { present, changed } = comparison;
  const cell = ({ of, show }: Row, found: Backtest | null) => {
    const value = found && of(found);
    return value === null ? "–" : show(value);
  };
  const difference = ({ of, show }: Row) => {
    const [before, after] = [of(present), changed && of(changed)];
    if (before === null || after === null) return "–";
    const sign = after > before ? "+" : after < before ? "−" : "±";
    return `${sign}${show(Math.abs(after - before))}`;
  };
  const failed = (changed ?? present).error;
  const { scores } = present;
  return (
    <>
      <DataTable
        caption={t("comparison", {
          from: formatDateTime(present.from, lang),
          to: formatDateTime(present.to, lang),
        })}
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          { id: "name", header: t("figure"), rowHeader: true, render: (row) => row.name },
          { id: "present", header: t("present"), numeric: true, render: (row) => cell(row, present) },
          ...(changed
            ? [
                { id: "changed", header: t("changed"), numeric: true, render: (row: Row) => cell(row, changed) },
                { id: "difference", header: t("difference"), numeric: true, render: difference },
              ]
            : []),
        ]}
      />
      {scores === null ? (
        <p className={styles.quiet}>{t("noEvents")}</p>
      ) : scores.events < 5 ? (
        <p className={styles.quiet}>{t("fewEvents", { count: scores.events })}</p>
      ) : null}
      {failed === null ? null : <p className={styles.problems}>{t("failed", { message: failed })}</p>}
    </>
  );
}

function useRows(definition: WarningItem): Row[] {
  const { t } = useTranslation("warnings");
  const lang = useLang();
  const count = (value: number) => formatNumber(value, lang, 0);
  const ratio = (value: number) => formatNumber(value, lang, 2);
  const score = (id: "pod" | "precision" | "far" | "csi"): Row => ({
    id,
    name: t(`score.${id}`),
    of: ({ scores }) => scores?.[id] ?? null,
    show: ratio,
  });
  const number = (id: "hits" | "misses" | "falseAlarms"): Row => ({
    id,
    name: t(`score.${id}`),
    of: ({ scores }) => scores?.[id] ?? null,
    show: count,
  });
  return [
    { id: "alerts", name: t("alerts"), of: ({ total }) => total, show: count },
    ...definition.levels.map(({ level }): Row => ({
      id: `level-${level}`,
      name: t("atLevel", { level }),
      of: ({ byLevel }) => byLevel[level] ?? 0,
      show: count,
    })),
    number("hits"),
    number("misses"),
    number("falseAlarms"),
    score("pod"),
    score("precision"),
    score("csi"),
    {
      id: "lead",
      name: t("score.lead"),
      of: ({ scores }) => scores?.leadMs ?? null,
      show: (ms) => formatDuration(ms, lang),
    },
  ];
}
