import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Alert, Explanation } from "@ioc/contracts";
import { formatTime } from "@ioc/charts/time";
import { explanationQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { DataTable, Skeleton } from "../../ui/controls/index.ts";
import { readableExpression } from "./expression.ts";
import styles from "./work.module.css";

/** What the rule makes of the subject now: in sentences, and each comparison with its truth. */
export function AlertExplanation({ alert }: { alert: Alert }) {
  const { t } = useTranslation("alerts");
  const lang = useLang();
  const query = useQuery({
    ...explanationQuery(alert.definition, alert.subject.id, alert.sequence),
    placeholderData: (before) => before,
  });
  if (query.isError && !query.data) return <p className={styles.hint}>{t("explain.none")}</p>;
  if (!query.data) return <Skeleton height={96} />;
  return (
    <>
      <ul className={styles.sentences}>
        {query.data.sentences.map((sentence) => (
          <li key={sentence.en}>{readableExpression(sentence[lang], lang)}</li>
        ))}
      </ul>
      <details className={styles.terms}>
        <summary>{t("explain.terms")}</summary>
        <Terms explanation={query.data} />
      </details>
      {query.data.asOf === null ? null : (
        <p className={styles.hint}>{t("explain.asOf", { time: formatTime(query.data.asOf, { seconds: true }) })}</p>
      )}
    </>
  );
}

function Terms({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation("alerts");
  const lang = useLang();
  const truth = (value: boolean | null) => t(`explain.${value === null ? "unknown" : value ? "true" : "false"}`);
  const rows = explanation.levels.flatMap(({ level, when, heldSince }) =>
    when.terms.map((term, index) => ({ level, index, ...term, heldSince, whole: when.truth })),
  );
  return (
    <DataTable
      caption={t("explain.terms")}
      hideCaption
      rows={rows}
      rowKey={({ level, index }) => `${level} ${index}`}
      columns={[
        { id: "level", header: t("explain.level"), render: ({ level, index }) => (index === 0 ? level : "") },
        {
          id: "term",
          header: t("explain.condition"),
          rowHeader: true,
          render: ({ source }) => <code className={styles.code}>{readableExpression(source, lang)}</code>,
        },
        { id: "truth", header: t("explain.holds"), render: (row) => truth(row.truth) },
        {
          id: "since",
          header: t("explain.since"),
          render: ({ heldSince, index }) => (index === 0 && heldSince !== null ? formatTime(heldSince) : ""),
        },
      ]}
    />
  );
}
