import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Suppression } from "@ioc/contracts";
import { formatDateTime } from "@ioc/charts/time";
import { areasQuery, endSuppression, warningsQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { Button, DataTable, EmptyState, say, useKeyed } from "../../ui/controls/index.ts";
import styles from "./suppressions.module.css";

/** Suppressions, each with what it is about, until when, and how much it hides now. */
export function SuppressionList({ items }: { items: readonly Suppression[] }) {
  const { t } = useTranslation("suppressions");
  const lang = useLang();
  const client = useQueryClient();
  const { withKey, keyDialog } = useKeyed();
  const about = useAbout();
  const end = async ({ id }: Suppression) => {
    try {
      if (!(await withKey((key) => endSuppression(id, key)))) return;
      say(t("ended"));
    } catch {
      say(t("notEnded"));
    }
    for (const queryKey of [["suppressions"], ["alerts"]]) void client.invalidateQueries({ queryKey });
  };
  if (items.length === 0) return <EmptyState>{t("none")}</EmptyState>;
  return (
    <>
      <DataTable
        caption={t("list")}
        hideCaption
        rows={items}
        rowKey={({ id }) => id}
        columns={[
          {
            id: "what",
            header: t("what"),
            rowHeader: true,
            render: ({ rule }) => (
              <>
                <strong>{t(`kind.${rule.kind}`)}</strong>
                <span className={styles.about}>{about(rule)}</span>
                <span className={styles.quiet}>{rule.note}</span>
                {rule.emergencies ? <span className={styles.about}>{t("withEmergencies")}</span> : null}
              </>
            ),
          },
          { id: "when", header: t("when"), render: ({ rule }) => <When rule={rule} /> },
          {
            id: "state",
            header: t("state"),
            render: ({ state, createdBy, createdAt }) => (
              <>
                {t(`states.${state}`)}
                <span className={styles.quiet}>
                  {t("made", { actor: createdBy, time: formatDateTime(createdAt, lang) })}
                </span>
              </>
            ),
          },
          { id: "alerts", header: t("hides"), numeric: true, render: ({ alerts }) => alerts },
          {
            id: "end",
            header: <span className="visually-hidden">{t("end")}</span>,
            render: (one) => (one.state === "over" ? null : <Button onClick={() => void end(one)}>{t("end")}</Button>),
          },
        ]}
      />
      {keyDialog}
    </>
  );
}

function When({ rule }: { rule: Suppression["rule"] }) {
  const { t } = useTranslation("suppressions");
  const lang = useLang();
  if (rule.kind === "inhibition") return <>{t("whileOpen")}</>;
  const times = { from: formatDateTime(rule.from, lang), until: formatDateTime(rule.until, lang) };
  return (
    <>
      {t("fromUntil", times)}
      {rule.kind === "maintenance" && rule.repeat ? (
        <span className={styles.quiet}>{t(`every.${rule.repeat.every}`)}</span>
      ) : null}
    </>
  );
}

/** What a rule is about, in names. */
function useAbout(): (rule: Suppression["rule"]) => string {
  const { t } = useTranslation("suppressions");
  const { t: common } = useTranslation();
  const lang = useLang();
  const warnings = useQuery(warningsQuery()).data?.items ?? [];
  const areas = useQuery(areasQuery()).data?.items ?? [];
  const warning = (id: string) => warnings.find((one) => one.id === id)?.name[lang] ?? id;
  const area = (id: string) => areas.find((one) => one.id === id)?.name[lang] ?? id;
  return (rule) => {
    if (rule.kind === "inhibition") {
      return t("inhibits", {
        source: warning(rule.source.definition),
        level: rule.source.level,
        target: rule.target.definitions.map(warning).join(", "),
        same: t(`same.${rule.same}`),
      });
    }
    const { definitions, subjects, areas: units, severities } = rule.matcher;
    const parts = [
      ...(definitions?.map(warning) ?? []),
      ...(units?.map(area) ?? []),
      ...(subjects ?? []),
      ...(severities?.map((one) => common(`severity.${one}`)) ?? []),
    ];
    return parts.length > 0 ? parts.join(" · ") : t("everything");
  };
}
