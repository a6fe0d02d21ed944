import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Alert, AlertEvent } from "@ioc/contracts";
import { machineActors, unnamedActor } from "@ioc/contracts/actors";
import { formatDateTime, formatShortDateTime, formatTime } from "@ioc/charts/time";
import { useApiKey } from "../../data/api-key.ts";
import { alertEventsQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { ErrorState, Skeleton } from "../../ui/controls/index.ts";
import styles from "./alerts.module.css";

/** The alert's log, newest first: what the rule told and what people did. */
export function AlertEvents({ alert }: { alert: Alert }) {
  const { t } = useTranslation("alerts");
  const lang = useLang();
  const key = useApiKey((state) => state.key);
  const query = useQuery({ ...alertEventsQuery(alert.id, alert.sequence, key), placeholderData: (before) => before });
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
  const detail = useDetail(event);
  return (
    <div>
      <span>
        {t(`event.${event.type}`)} {detail}
      </span>
      {machineActors.includes(event.actor) ? null : (
        <span className={styles.actor}>
          {t("by", { actor: event.actor === unnamedActor ? t("unnamed") : event.actor })}
        </span>
      )}
      {event.detail.comment === undefined ? null : <q className={styles.comment}>{event.detail.comment}</q>}
    </div>
  );
}

function useDetail({ type, from, to, detail }: AlertEvent): string {
  const { t } = useTranslation("alerts");
  const lang = useLang();
  const levels = { from: from.level, to: to.level };
  switch (type) {
    case "raised":
      return t("fromTo", levels);
    case "lowered":
      return t("lowerTo", levels);
    case "fired":
    case "refired":
      return t("toLevel", levels);
    case "acknowledged":
    case "started":
      return detail.level === undefined ? "" : t("toLevel", { to: detail.level });
    case "resolved":
      return detail.reason === undefined ? "" : `· ${t(`resolution.${detail.reason}`)}`;
    case "assigned":
      return `· ${detail.assignee ?? t("work.nobody")}`;
    case "shelved":
      return detail.until === undefined ? "" : t("untilTime", { time: formatDateTime(detail.until, lang) });
    case "suppressed":
      return `· ${(detail.suppressedBy ?? []).map(({ kind }) => t(`suppressed.${kind}`)).join(", ")}`;
    default:
      return "";
  }
}
