import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Alert, AlertEvent } from "@ioc/contracts";
import { formatShortDateTime, formatTime } from "@ioc/charts/time";
import { alertEventsQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { ErrorState, Skeleton } from "../../ui/controls/index.ts";
import styles from "./alerts.module.css";

/** The alert's log, newest first. */
export function AlertEvents({ alert }: { alert: Alert }) {
  const { t } = useTranslation("alerts");
  const lang = useLang();
  const query = useQuery({ ...alertEventsQuery(alert.id, alert.sequence), placeholderData: (before) => before });
  return (
    <section className={styles.block}>
      <h3>{t("log")}</h3>
      {query.isPending ? <Skeleton height={72} /> : null}
      {query.isError && !query.data ? <ErrorState problem={query.error} retry={() => void query.refetch()} /> : null}
      <ol className={styles.events}>
        {query.data?.items.toReversed().map((event) => (
          <li key={event.sequence} className={styles.event}>
            <time dateTime={new Date(event.time).toISOString()} title={formatTime(event.time, { seconds: true })}>
              {formatShortDateTime(event.time, lang)}
            </time>
            <EventText event={event} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function EventText({ event }: { event: AlertEvent }) {
  const { t } = useTranslation("alerts");
  const levels = { from: event.from.level, to: event.to.level };
  const detail =
    event.type === "raised"
      ? t("fromTo", levels)
      : event.type === "lowered"
        ? t("lowerTo", levels)
        : event.type === "fired" || event.type === "refired"
          ? t("toLevel", levels)
          : "";
  return (
    <span>
      {t(`event.${event.type}`)} {detail}
    </span>
  );
}
