import { useTranslation } from "react-i18next";
import { formatDateTime } from "@ioc/charts/time";
import type { Alert, WarningItem } from "@ioc/contracts";
import { publicUrl, usePage } from "./model.ts";
import { WarningCard } from "./warning-card.tsx";
import styles from "./public.module.css";

/** Warnings in effect, worst first. */
export function WarningsPage({
  alerts,
  definitions,
}: {
  alerts: readonly Alert[];
  definitions: readonly WarningItem[];
}) {
  const { t } = useTranslation("public");
  const { lang, city } = usePage();
  return (
    <div id="warnings" data-live>
      <h1>{t("warningsInEffect")}</h1>
      <p className={styles.meta}>{t("automatic")}</p>
      {alerts.length === 0 ? <p>{t("noWarnings", { time: formatDateTime(city.now, lang) })}</p> : null}
      {alerts.map((alert) => (
        <WarningCard
          key={alert.id}
          alert={alert}
          heading="h2"
          definition={definitions.find((definition) => definition.id === alert.definition)}
        />
      ))}
    </div>
  );
}

export function AboutPage() {
  const { t } = useTranslation("public");
  const parts = ["What", "Quality", "Thresholds", "Borders"] as const;
  return (
    <div className={styles.text}>
      <h1>{t("aboutTitle")}</h1>
      {parts.map((part) => (
        <section key={part}>
          <h2>{t(`about${part}`)}</h2>
          <p>{t(`about${part}Text`)}</p>
        </section>
      ))}
      <section>
        <h2>{t("aboutApi")}</h2>
        <p>
          {t("aboutApiText")} <a href="/api/docs">{t("apiDocs")}</a>
        </p>
      </section>
    </div>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation("public");
  const { lang } = usePage();
  return (
    <div className={styles.text}>
      <h1>{t("notFoundTitle")}</h1>
      <p>{t("notFoundText")}</p>
      <p>
        <a href={publicUrl("/", lang)}>{t("toHome")}</a>
      </p>
    </div>
  );
}
