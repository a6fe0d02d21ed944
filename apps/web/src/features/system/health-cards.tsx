import { useTranslation } from "react-i18next";
import type { Health, SystemReport } from "@ioc/contracts";
import { formatNumber } from "@ioc/charts/format";
import { useLang } from "../../texts/index.ts";
import { DataTable, EmptyState } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import type { UiGlyph } from "../../ui/icons/index.ts";
import styles from "./system.module.css";

type PartStatus = Health["parts"][string]["status"];

const statusIcons: Readonly<Record<PartStatus, UiGlyph>> = {
  ok: "check",
  degraded: "warning",
  starting: "clock",
  failed: "close",
  off: "minus",
};

/** State of a part: a glyph and a word, heavier when it needs somebody. */
export function PartState({ status }: { status: PartStatus }) {
  const { t } = useTranslation("system");
  return (
    <span className={styles.state} data-status={status}>
      <Icon name={statusIcons[status]} size={16} />
      {t(`status.${status}`)}
    </span>
  );
}

/** What is wrong first, then by name. */
const statusOrder: readonly PartStatus[] = ["failed", "degraded", "starting", "ok", "off"];

/** Each part of the program and its state. */
export function PartsCard({ health }: { health: Health }) {
  const { t, i18n } = useTranslation("system");
  // A part that a later program has and this page does not know keeps its own name.
  const nameOf = (part: string) => (i18n.exists(`system:part.${part}`) ? t(`part.${part as "http"}`) : part);
  const rows = Object.entries(health.parts)
    .map(([id, part]) => ({ id, name: nameOf(id), ...part }))
    .toSorted((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) || a.name.localeCompare(b.name));
  return (
    <section className={styles.card}>
      <h2>{t("parts")}</h2>
      <DataTable
        caption={t("parts")}
        hideCaption
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          { id: "name", header: t("partName"), rowHeader: true, render: (row) => row.name },
          { id: "status", header: t("partState"), render: (row) => <PartState status={row.status} /> },
          {
            id: "detail",
            header: t("partDetail"),
            render: (row) => (
              <span className={styles.detail} lang="en">
                {row.detail ?? ""}
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}

/** What could not be placed, by reason, most first. */
export function QuarantineCard({ quarantine }: { quarantine: SystemReport["quarantine"] }) {
  const { t, i18n } = useTranslation("system");
  const lang = useLang();
  const nameOf = (reason: string) =>
    i18n.exists(`system:reason.${reason}`) ? t(`reason.${reason as "bad-json"}`) : reason;
  const rows = Object.entries(quarantine.byReason).toSorted(([, a], [, b]) => b - a);
  return (
    <section className={styles.card}>
      <h2>{t("quarantine.title")}</h2>
      {rows.length === 0 ? (
        <EmptyState>{t("quarantine.none")}</EmptyState>
      ) : (
        <DataTable
          caption={t("quarantine.title")}
          hideCaption
          rows={rows}
          rowKey={([reason]) => reason}
          columns={[
            { id: "reason", header: t("quarantine.reason"), rowHeader: true, render: ([reason]) => nameOf(reason) },
            {
              id: "count",
              header: t("quarantine.count"),
              numeric: true,
              render: ([, count]) => formatNumber(count, lang),
            },
          ]}
        />
      )}
      <p className={styles.note}>{t("quarantine.note")}</p>
    </section>
  );
}
