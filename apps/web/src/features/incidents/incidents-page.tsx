import { useState } from "react";
import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Incident } from "@ioc/contracts";
import { formatShortDateTime } from "@ioc/charts/time";
import { incidentsQuery } from "../../data/index.ts";
import { useLiveIncidents } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import {
  Button,
  DataTable,
  EmptyState,
  ErrorState,
  LevelText,
  SeverityBadge,
  Skeleton,
} from "../../ui/controls/index.ts";
import { openIncidents } from "./incident-order.ts";
import { useCentreNames } from "./use-centre-names.ts";
import styles from "./incidents.module.css";

const shown = ["open", "cleared"] as const;

interface Props {
  link: (id: string, text: string) => ReactNode;
  /** Way to what was told to whom. */
  notifications: ReactNode;
}

/** Incidents that are open, as they change, or that are over. */
export function IncidentsPage({ link, notifications }: Props) {
  const { t } = useTranslation("incidents");
  const [state, setState] = useState<(typeof shown)[number]>("open");
  const live = useLiveIncidents();
  const query = useQuery(incidentsQuery({ state }));
  const items = state === "open" && live ? openIncidents(live.values()) : query.data?.items;
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <header className={styles.head}>
          <h1>{t("title")}</h1>
          <p className={styles.quiet}>{t("lead")}</p>
          {notifications}
        </header>
        <div role="group" aria-label={t("filter.label")} className={styles.filter}>
          {shown.map((one) => (
            <Button key={one} aria-pressed={state === one} onClick={() => setState(one)}>
              {t(`filter.${one}`)}
            </Button>
          ))}
        </div>
        {items ? (
          items.length === 0 ? (
            <EmptyState>{t(state === "open" ? "none" : "noneCleared")}</EmptyState>
          ) : (
            <IncidentTable items={items} link={link} />
          )
        ) : query.isError ? (
          <ErrorState problem={query.error} retry={() => void query.refetch()} />
        ) : (
          <Skeleton height={320} />
        )}
      </div>
    </div>
  );
}

function IncidentTable({ items, link }: { items: readonly Incident[]; link: Props["link"] }) {
  const { t } = useTranslation("incidents");
  const lang = useLang();
  const centre = useCentreNames();
  return (
    <DataTable
      caption={t("title")}
      hideCaption
      rows={items}
      rowKey={(one) => one.id}
      pageSize={50}
      columns={[
        { id: "severity", header: t("column.severity"), render: (one) => <Severity incident={one} /> },
        {
          id: "incident",
          header: t("column.incident"),
          rowHeader: true,
          render: (one) => (
            <>
              {link(one.id, one.headline[lang])} <Tags incident={one} />
            </>
          ),
        },
        {
          id: "level",
          header: t("column.level"),
          render: (one) => (one.level > 0 ? <LevelText scale={one.scale} level={one.level} short /> : "—"),
        },
        { id: "open", header: t("column.open"), numeric: true, render: (one) => `${one.openMembers} / ${one.members}` },
        {
          id: "new",
          header: t("column.unacknowledged"),
          numeric: true,
          render: (one) => String(one.newMembers),
        },
        { id: "centre", header: t("column.centre"), render: (one) => centre(one.centre) },
        { id: "since", header: t("column.since"), render: (one) => formatShortDateTime(one.openedAt, lang) },
        {
          id: "next",
          header: t("column.next"),
          render: (one) => (one.stepAt === null ? "—" : formatShortDateTime(one.stepAt, lang)),
        },
      ]}
    />
  );
}

function Severity({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const severity = incident.state === "open" ? incident.severity : incident.peakSeverity;
  return (
    <span className={styles.marked}>
      <SeverityBadge severity={severity} hollow={incident.state !== "open"} silent />
      {t(`severity.${severity}`)}
    </span>
  );
}

/** What sets an incident apart: an exercise, one of the whole city. */
export function Tags({ incident }: { incident: Incident }) {
  const { t } = useTranslation("incidents");
  return (
    <>
      {incident.exercise ? <span className={styles.tag}>{t("exercise")}</span> : null}
      {incident.storm ? <span className={styles.tag}>{t("storm")}</span> : null}
    </>
  );
}
