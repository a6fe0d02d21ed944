import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatDuration, formatTime } from "@ioc/charts/time";
import { systemReportQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { CardBoundary, ErrorState, Skeleton } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import { PartsCard, PartState, QuarantineCard } from "./health-cards.tsx";
import { IntakeCard } from "./intake-card.tsx";
import { KeyFigures } from "./key-figures.tsx";
import { StorageTable } from "./storage-table.tsx";
import styles from "./system.module.css";

/** How the system itself is: does it keep up, what does it refuse, what does it hold, is there room. */
export function SystemPage() {
  const { t } = useTranslation("system");
  const lang = useLang();
  const { data: report, error, isError, refetch } = useQuery(systemReportQuery());
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t("title")}</h1>
        {report ? (
          <>
            <PartState status={report.health.status} />
            <p className={styles.note}>
              {t("readAt", {
                time: formatTime(report.at, { seconds: true }),
                version: report.health.version,
                uptime: formatDuration(report.health.uptimeSeconds * 1000, lang),
              })}
            </p>
          </>
        ) : null}
      </header>
      {report && isError ? (
        <p className={styles.stale} role="status">
          <Icon name="clock" size={16} /> {t("stale", { time: formatTime(report.at, { seconds: true }) })}
        </p>
      ) : null}
      {report ? (
        <>
          <KeyFigures report={report} />
          <div className={styles.cards}>
            <CardBoundary>
              <IntakeCard report={report} />
            </CardBoundary>
            <PartsCard health={report.health} />
            <QuarantineCard quarantine={report.quarantine} />
          </div>
          <CardBoundary>
            <StorageTable storage={report.storage} />
          </CardBoundary>
          <p className={styles.note}>{t("more")}</p>
        </>
      ) : isError ? (
        <ErrorState problem={error} retry={() => void refetch()} />
      ) : (
        <>
          <Skeleton height={164} />
          <Skeleton height={320} />
        </>
      )}
    </div>
  );
}
