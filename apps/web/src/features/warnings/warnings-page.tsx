import type { ReactNode } from "react";
import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { alertResolution, fewestForecastCases } from "@ioc/contracts";
import type { VerifiedWarning } from "@ioc/contracts";
import { formatNumber, formatShare } from "@ioc/charts/format";
import { formatDateTime, formatDuration } from "@ioc/charts/time";
import { warningVerificationQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { DataTable, EmptyState, ErrorState, Skeleton } from "../../ui/controls/index.ts";
import type { TableColumn } from "../../ui/controls/data-table.tsx";
import { falseAlarmsOf, ordered, verdictOf } from "./ranking.ts";
import type { Order } from "./ranking.ts";
import styles from "./warnings.module.css";

/** Every warning with what its alerts were worth; the noisiest first. */
export function WarningsPage({ warningLink }: { warningLink: (id: string, name: string) => ReactNode }) {
  const { t } = useTranslation("warnings");
  const lang = useLang();
  const query = useQuery(warningVerificationQuery());
  const found = query.data;
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <h1>{t("title")}</h1>
        <p className={styles.quiet}>{t("titleHint")}</p>
        <p className={styles.quiet}>{t("brierHint", { fewest: fewestForecastCases })}</p>
        {found ? (
          <>
            <p className={styles.quiet}>
              {t("spanOf", { from: formatDateTime(found.from, lang), to: formatDateTime(found.to, lang) })}
            </p>
            {found.items.length === 0 ? (
              <EmptyState>{t("none")}</EmptyState>
            ) : (
              <Ranking items={found.items} warningLink={warningLink} />
            )}
          </>
        ) : query.isError ? (
          <ErrorState problem={query.error} retry={() => void query.refetch()} />
        ) : (
          <Skeleton height={640} />
        )}
      </div>
    </div>
  );
}

interface RankingProps {
  items: readonly VerifiedWarning[];
  warningLink: (id: string, name: string) => ReactNode;
}

function Ranking({ items, warningLink }: RankingProps) {
  const { t } = useTranslation("warnings");
  const lang = useLang();
  const [order, setOrder] = useState<Order>("noise");
  const sorted = (by: Order): NonNullable<TableColumn<VerifiedWarning>["sort"]> => ({
    direction: order === by ? "descending" : null,
    onSort: () => setOrder(by),
  });
  const score = (id: "pod" | "far" | "csi"): TableColumn<VerifiedWarning> => ({
    id,
    header: t(`score.${id}`),
    numeric: true,
    sort: sorted(id),
    render: ({ scores }) => formatNumber(scores?.[id] ?? null, lang, 2),
  });
  return (
    <div className={styles.ranked}>
      <DataTable
        caption={t("ranking")}
        hideCaption
        rows={ordered(items, order)}
        rowKey={({ id }) => id}
        columns={[
          { id: "name", header: t("warning"), rowHeader: true, render: ({ id, name }) => warningLink(id, name[lang]) },
          {
            id: "verdict",
            header: t("verdictHeader"),
            sort: sorted("noise"),
            render: (one) => t(`verdict.${verdictOf(one)}`),
          },
          {
            id: "perWeek",
            header: t("perWeek"),
            numeric: true,
            sort: sorted("perWeek"),
            render: ({ perWeek }) => formatNumber(perWeek, lang, 1),
          },
          {
            id: "brief",
            header: t("brief"),
            numeric: true,
            sort: sorted("brief"),
            render: ({ alerts, brief }) => (alerts === 0 ? "—" : formatShare(brief / alerts, lang)),
          },
          {
            id: "events",
            header: t("hitsOfEvents"),
            numeric: true,
            render: ({ scores }) => (scores ? `${scores.hits} / ${scores.events}` : "—"),
          },
          {
            id: "false",
            header: t("falseByAny"),
            numeric: true,
            sort: sorted("falseAlarms"),
            render: (one) => formatNumber(falseAlarmsOf(one), lang, 0),
          },
          {
            id: "reasons",
            header: t("resolvedAs"),
            render: ({ reasons }) => {
              const told = alertResolution.options.flatMap((reason) =>
                reasons[reason] === undefined ? [] : [`${t(`reason.${reason}`)}: ${reasons[reason]}`],
              );
              return told.length === 0 ? "—" : told.join(", ");
            },
          },
          score("pod"),
          score("far"),
          score("csi"),
          {
            id: "lead",
            header: t("score.lead"),
            numeric: true,
            render: ({ scores }) => (scores?.leadMs == null ? "—" : formatDuration(scores.leadMs, lang)),
          },
          {
            id: "brier",
            header: t("score.brier"),
            numeric: true,
            sort: sorted("brier"),
            render: ({ probability }) => <Brier probability={probability} />,
          },
          {
            id: "last",
            header: t("lastFired"),
            render: ({ lastFiredAt }) => (lastFiredAt === null ? t("never") : formatDateTime(lastFiredAt, lang)),
          },
        ]}
      />
    </div>
  );
}

/** The score of the stated probabilities beside what their base rate would get, or how many steps are missing for one. */
function Brier({ probability }: Pick<VerifiedWarning, "probability">) {
  const { t } = useTranslation("warnings");
  const lang = useLang();
  if (!probability) return "—";
  const { brier, reference, cases } = probability;
  if (brier === null) return t("brierFew", { cases: formatNumber(cases, lang, 0), fewest: fewestForecastCases });
  return t("brierOf", { brier: formatNumber(brier, lang, 3), reference: formatNumber(reference, lang, 3) });
}
