import { useTranslation } from "react-i18next";
import type { DrillExpectation, DrillVerdict } from "@ioc/contracts";
import { DataTable } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import { sinceStart } from "./since-start.ts";
import styles from "./drills.module.css";

/** What the scenario must raise beside what came, in the order expected. */
export function ExpectationTable({ verdict, nameOf }: { verdict: DrillVerdict; nameOf: (warning: string) => string }) {
  const { t } = useTranslation("drills");
  const span = ([from, to]: [number, number]) => `${sinceStart(from)} – ${sinceStart(to)}`;
  const range = ([least, most]: [number, number]) => (least === most ? String(least) : `${least}–${most}`);
  return (
    <DataTable
      caption={t("expected")}
      columns={[
        { id: "warning", header: t("columns.warning"), rowHeader: true, render: (row) => nameOf(row.warning) },
        { id: "window", header: t("columns.window"), render: (row) => span(row.first) },
        {
          id: "fired",
          header: t("columns.fired"),
          render: (row) => (row.fired === null ? "—" : sinceStart(row.fired)),
        },
        {
          id: "level",
          header: t("columns.peak"),
          numeric: true,
          render: (row) => t("of", { came: row.reached, expected: row.level }),
        },
        {
          id: "subjects",
          header: t("columns.subjects"),
          numeric: true,
          render: (row) => t("of", { came: row.counted, expected: range(row.subjects) }),
        },
        { id: "result", header: t("columns.result"), render: (row) => <Result faults={row.faults} /> },
      ]}
      rows={verdict.expectations}
      rowKey={(row: DrillExpectation, index) => `${row.warning} ${index}`}
    />
  );
}

function Result({ faults }: Pick<DrillExpectation, "faults">) {
  const { t } = useTranslation("drills");
  if (faults.length === 0)
    return (
      <span className={styles.state}>
        <Icon name="check" size={16} /> {t("asExpected")}
      </span>
    );
  return (
    <span className={styles.state} data-state="failed">
      <Icon name="warning" size={16} /> {faults.map((fault) => t(`fault.${fault}`)).join(", ")}
    </span>
  );
}
