import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Incident, IncidentMember } from "@ioc/contracts";
import { formatShortDateTime } from "@ioc/charts/time";
import { incidentQuery } from "../../data/index.ts";
import { useLiveIncidents } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import { DataTable, ErrorState, SeverityBadge, Skeleton } from "../../ui/controls/index.ts";
import { Tags } from "./incidents-page.tsx";
import { NoticesSection } from "./notices-section.tsx";
import { useCentreNames } from "./use-centre-names.ts";
import styles from "./incidents.module.css";

interface Props {
  id: string;
  back: ReactNode;
  incidentLink: (id: string, text: string) => ReactNode;
  alertLink: (id: string, text: string) => ReactNode;
}

/** One incident: what it is, all of its alerts, who was told. */
export function IncidentPage({ id, back, incidentLink, alertLink }: Props) {
  const live = useLiveIncidents()?.get(id);
  const stamp = live ? [live.state, live.members, live.openMembers, live.newMembers, live.steps].join(" ") : "";
  const query = useQuery(incidentQuery(id, stamp));
  const incident = query.data;
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <p className={styles.back}>{back}</p>
        {incident ? (
          <>
            <Facts incident={incident} link={incidentLink} />
            <Members alerts={incident.alerts} link={alertLink} />
            <NoticesSection filter={{ incident: id }} />
          </>
        ) : query.isError ? (
          <ErrorState problem={query.error} retry={() => void query.refetch()} />
        ) : (
          <Skeleton height={320} />
        )}
      </div>
    </div>
  );
}

function Facts({ incident, link }: { incident: Incident; link: Props["incidentLink"] }) {
  const { t } = useTranslation("incidents");
  const lang = useLang();
  const centre = useCentreNames();
  const { state, newMembers, stepAt, mergedInto } = incident;
  return (
    <>
      <header className={styles.head}>
        <SeverityBadge severity={incident.peakSeverity} size={32} hollow={state !== "open"} />
        <h1>{incident.headline[lang]}</h1>
        <Tags incident={incident} />
      </header>
      <dl className={styles.facts}>
        <div>
          <dt>{t("member.state")}</dt>
          <dd>{t(`state.${state}`)}</dd>
        </div>
        <div>
          <dt>{t("column.centre")}</dt>
          <dd>{centre(incident.centre)}</dd>
        </div>
        <div>
          <dt>{t("column.since")}</dt>
          <dd>{formatShortDateTime(incident.openedAt, lang)}</dd>
        </div>
        <div>
          <dt>{t("column.open")}</dt>
          <dd>
            {incident.openMembers} / {incident.members}
          </dd>
        </div>
        <div>
          <dt>{t("column.unacknowledged")}</dt>
          <dd>{newMembers}</dd>
        </div>
      </dl>
      {mergedInto === null ? null : (
        <p>
          {t("merged")} {link(mergedInto, t("openMerged"))}
        </p>
      )}
      {state === "open" ? (
        <p className={styles.quiet}>
          {newMembers === 0
            ? t("resting")
            : stepAt === null
              ? t("lastStep")
              : t("escalates", { time: formatShortDateTime(stepAt, lang) })}
        </p>
      ) : null}
    </>
  );
}

function Members({ alerts, link }: { alerts: readonly IncidentMember[]; link: Props["alertLink"] }) {
  const { t } = useTranslation("incidents");
  const { t: words } = useTranslation();
  const lang = useLang();
  const title = t("members", { count: alerts.length });
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      <DataTable
        caption={title}
        hideCaption
        rows={alerts}
        rowKey={(one) => one.alert}
        pageSize={100}
        columns={[
          {
            id: "alert",
            header: t("member.place"),
            rowHeader: true,
            render: (one) => link(one.alert, one.headline[lang]),
          },
          {
            id: "severity",
            header: t("column.severity"),
            render: (one) => (
              <span className={styles.marked}>
                <SeverityBadge severity={one.severity} hollow={one.clearedAt !== null} silent />
                {words(`severity.${one.severity}`)}
              </span>
            ),
          },
          {
            id: "state",
            header: t("member.state"),
            render: (one) => t(one.clearedAt === null ? "state.open" : "state.cleared"),
          },
          { id: "work", header: t("member.work"), render: (one) => t(`work.${one.work}`) },
          { id: "fired", header: t("member.firedAt"), render: (one) => formatShortDateTime(one.firedAt, lang) },
          {
            id: "cleared",
            header: t("member.clearedAt"),
            render: (one) => (one.clearedAt === null ? "—" : formatShortDateTime(one.clearedAt, lang)),
          },
        ]}
      />
    </section>
  );
}
