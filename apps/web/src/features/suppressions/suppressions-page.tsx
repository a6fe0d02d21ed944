import { useState } from "react";
import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { suppressionsQuery } from "../../data/index.ts";
import { ErrorState, Skeleton, Tabs } from "../../ui/controls/index.ts";
import { SuppressionForm } from "./suppression-form.tsx";
import { SuppressionList } from "./suppression-list.tsx";
import styles from "./suppressions.module.css";

interface Props {
  back: ReactNode;
  alertLink: (id: string, text: string) => ReactNode;
}

/** What is not told: in force and over, and a new one with what it would have hidden. */
export function SuppressionsPage({ back, alertLink }: Props) {
  const { t } = useTranslation("suppressions");
  const [view, setView] = useState<"current" | "over">("current");
  const query = useQuery(suppressionsQuery(view));
  return (
    <div className={styles.page}>
      <p className={styles.back}>{back}</p>
      <header>
        <h1>{t("title")}</h1>
        <p className={styles.quiet}>{t("lead")}</p>
      </header>
      <div className={styles.columns}>
        <section aria-label={t("list")}>
          <Tabs
            id="suppressions"
            label={t("list")}
            value={view}
            onChange={(next) => setView(next === "over" ? "over" : "current")}
            tabs={[
              { id: "current", label: t("current") },
              { id: "over", label: t("over") },
            ]}
          />
          <div id="suppressions-panel" role="tabpanel" aria-labelledby={`suppressions-tab-${view}`}>
            {query.data ? <SuppressionList items={query.data.items} /> : null}
            {query.isPending ? <Skeleton height={160} /> : null}
            {query.isError && !query.data ? (
              <ErrorState problem={query.error} retry={() => void query.refetch()} />
            ) : null}
          </div>
        </section>
        <SuppressionForm alertLink={alertLink} />
      </div>
    </div>
  );
}
