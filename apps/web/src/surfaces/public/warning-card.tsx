import { useTranslation } from "react-i18next";
import { formatDateTime } from "@ioc/charts/time";
import { formatValue } from "@ioc/charts/format";
import type { Alert, WarningItem } from "@ioc/contracts";
import { BasisTag, LevelText, SeverityBadge } from "../../ui/controls/index.ts";
import { usePage } from "./model.ts";
import styles from "./public.module.css";

interface Props {
  alert: Alert;
  definition: WarningItem | undefined;
  /** Heading level of the card's title. */
  heading?: "h2" | "h3";
}

/** One warning for residents: how bad, what and where, what to do first, then why. */
export function WarningCard({ alert, definition, heading: Heading = "h3" }: Props) {
  const { t } = useTranslation("public");
  const { lang } = usePage();
  const { evidence } = alert;
  return (
    <article className={styles.warning}>
      <SeverityBadge severity={alert.severity} size={40} />
      <div>
        <Heading className={styles.warningTitle}>{alert.headline[lang]}</Heading>
        <p className={styles.meta}>
          <LevelText scale={alert.scale} level={alert.level} /> · {t("since")}{" "}
          <time dateTime={new Date(alert.firedAt ?? alert.startedAt).toISOString()}>
            {formatDateTime(alert.firedAt ?? alert.startedAt, lang)}
          </time>{" "}
          · {t("value")} {formatValue(alert.value, alert.unit, alert.decimals, lang)}
        </p>
        {definition ? (
          <>
            {definition.cap.instruction ? (
              <p>
                <strong>{t("whatToDo")}: </strong>
                {definition.cap.instruction[lang]}
              </p>
            ) : null}
            <p className={styles.meta}>
              {t("why")}: {definition.sentence[lang]}{" "}
              {evidence.basis ? <BasisTag basis={evidence.basis} source={evidence.source} /> : null}
            </p>
          </>
        ) : null}
      </div>
    </article>
  );
}
