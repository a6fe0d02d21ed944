import { useState } from "react";
import type { ReactNode } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Drill, Scenario } from "@ioc/contracts";
import { formatDateTime, formatDuration } from "@ioc/charts/time";
import { drillsQuery, isPlaying, scenariosQuery, startDrill } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { Button, DataTable, EmptyState, ErrorState, Skeleton, useKeyed } from "../../ui/controls/index.ts";
import { DrillFrame } from "./drill-frame.tsx";
import { DrillStateChip } from "./drill-state-chip.tsx";
import styles from "./drills.module.css";

interface Props {
  link: (id: string, text: string) => ReactNode;
  onStarted: (id: string) => void;
}

/** Exercises: scenarios that can be played, and what became of those that were. */
export function DrillsPage({ link, onStarted }: Props) {
  const { t } = useTranslation("drills");
  const lang = useLang();
  const drills = useQuery(drillsQuery());
  const columns = [
    {
      id: "name",
      header: t("columns.name"),
      rowHeader: true,
      render: (row: Drill) => link(row.id, row.name[lang]),
    },
    { id: "state", header: t("columns.state"), render: (row: Drill) => <DrillStateChip drill={row} /> },
    { id: "started", header: t("columns.started"), render: (row: Drill) => formatDateTime(row.startedAt, lang) },
    {
      id: "took",
      header: t("columns.took"),
      numeric: true,
      render: (row: Drill) => (row.endedAt === null ? "—" : formatDuration(row.endedAt - row.startedAt, lang)),
    },
    { id: "alerts", header: t("columns.alerts"), numeric: true, render: (row: Drill) => String(row.alerts) },
  ];
  return (
    <DrillFrame>
      <div className={styles.page}>
        <header>
          <h1>{t("title")}</h1>
          <p className={styles.quiet}>{t("lead")}</p>
        </header>
        <Scenarios busy={drills.data?.items.some(isPlaying) ?? false} onStarted={onStarted} />
        <section className={styles.part}>
          <h2>{t("played")}</h2>
          {drills.isPending ? <Skeleton height={160} /> : null}
          {drills.isError && !drills.data ? (
            <ErrorState problem={drills.error} retry={() => void drills.refetch()} />
          ) : null}
          {drills.data?.items.length === 0 ? <EmptyState>{t("none")}</EmptyState> : null}
          {drills.data && drills.data.items.length > 0 ? (
            <DataTable
              caption={t("played")}
              hideCaption
              columns={columns}
              rows={drills.data.items}
              rowKey={({ id }) => id}
              pageSize={25}
            />
          ) : null}
        </section>
      </div>
    </DrillFrame>
  );
}

function Scenarios({ busy, onStarted }: { busy: boolean; onStarted: (id: string) => void }) {
  const { t } = useTranslation("drills");
  const lang = useLang();
  const client = useQueryClient();
  const { withKey, keyDialog } = useKeyed();
  const [error, setError] = useState<unknown>(null);
  const scenarios = useQuery(scenariosQuery());
  const start = async ({ id }: Scenario) => {
    setError(null);
    try {
      const started = await withKey((key) => startDrill(id, key));
      if (!started) return;
      void client.invalidateQueries({ queryKey: drillsQuery().queryKey });
      onStarted(started.id);
    } catch (failed) {
      setError(failed);
    }
  };
  const playable = scenarios.data?.items.filter(({ drill }) => drill !== undefined) ?? [];
  return (
    <section className={styles.part}>
      <h2>{t("scenarios")}</h2>
      {scenarios.isPending ? <Skeleton height={120} /> : null}
      {scenarios.isError ? <ErrorState problem={scenarios.error} retry={() => void scenarios.refetch()} /> : null}
      {scenarios.data && playable.length === 0 ? <EmptyState>{t("noScenario")}</EmptyState> : null}
      {error ? <ErrorState problem={error} /> : null}
      <ul className={styles.scenarios}>
        {playable.map((scenario) => (
          <li key={scenario.id}>
            <h3>{scenario.name[lang]}</h3>
            <p>{scenario.description[lang]}</p>
            <Button onClick={() => void start(scenario)} disabled={busy} title={busy ? t("busy") : undefined}>
              {t("start")}
              <span className="visually-hidden"> {scenario.name[lang]}</span>
            </Button>
          </li>
        ))}
      </ul>
      {keyDialog}
    </section>
  );
}
