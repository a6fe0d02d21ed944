import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Alert, WarningItem } from "@ioc/contracts";
import { formatDateTime, formatIsoDuration } from "@ioc/charts/time";
import { alertsQuery, cityQuery, warningQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import {
  BasisTag,
  CardBoundary,
  DataTable,
  EmptyState,
  ErrorState,
  LevelText,
  SeverityBadge,
  Skeleton,
} from "../../ui/controls/index.ts";
import { HazardIcon } from "../../ui/icons/index.ts";
import { readableExpression } from "../alerts/expression.ts";
import { BacktestPanel } from "./backtest-panel.tsx";
import styles from "./warnings.module.css";

interface Props {
  id: string;
  /** Way back to the list. */
  back: ReactNode;
  alertLink: (alert: Alert, name: string) => ReactNode;
}

/** One warning: its sentence, levels with their sources, what it watches, open alerts, procedure, and a trial over history. */
export function WarningPage({ id, back, alertLink }: Props) {
  const query = useQuery(warningQuery(id));
  const definition = query.data;
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <p className={styles.back}>{back}</p>
        {definition ? (
          <Page definition={definition} alertLink={alertLink} />
        ) : query.isError ? (
          <ErrorState problem={query.error} retry={() => void query.refetch()} />
        ) : (
          <Skeleton height={640} />
        )}
      </div>
    </div>
  );
}

function Page({ definition, alertLink }: { definition: WarningItem } & Pick<Props, "alertLink">) {
  const { t } = useTranslation("warnings");
  const lang = useLang();
  const domain = useQuery(cityQuery()).data?.domains.find((one) => one.id === definition.domain);
  return (
    <article aria-labelledby="warning-title">
      <header>
        <p className={styles.domain}>
          <HazardIcon hazard={definition.hazard} size={16} /> {domain?.name[lang] ?? definition.domain}
        </p>
        <h1 id="warning-title">{definition.name[lang]}</h1>
        <p className={styles.sentence}>{definition.sentence[lang]}</p>
        {definition.error === null ? null : (
          <p role="alert" className={styles.problems}>
            {t("failed", { message: definition.error })}
          </p>
        )}
      </header>
      <Levels definition={definition} />
      <Watch definition={definition} alertLink={alertLink} />
      <section className={styles.section} aria-labelledby="warning-procedure">
        <h2 id="warning-procedure">{t("procedure")}</h2>
        <p className={styles.sentence}>{definition.action[lang]}</p>
      </section>
      <CardBoundary>
        <BacktestPanel key={`${definition.id} ${definition.version}`} definition={definition} />
      </CardBoundary>
    </article>
  );
}

function Levels({ definition }: { definition: WarningItem }) {
  const { t } = useTranslation("warnings");
  const lang = useLang();
  return (
    <section className={styles.section} aria-labelledby="warning-levels">
      <h2 id="warning-levels">{t("levels")}</h2>
      <DataTable
        caption={`${t("levels")}: ${definition.name[lang]}`}
        hideCaption
        rows={definition.levels}
        rowKey={({ level }) => String(level)}
        columns={[
          {
            id: "level",
            header: t("level"),
            rowHeader: true,
            render: ({ level, severity, name }) => (
              <span className={styles.levelName}>
                <SeverityBadge severity={severity} size={20} />
                <LevelText scale={definition.scale} level={level} short />
                {name ? <span>{name[lang]}</span> : null}
              </span>
            ),
          },
          { id: "when", header: t("when"), render: ({ when }) => <code>{readableExpression(when, lang)}</code> },
          {
            id: "for",
            header: t("for"),
            render: ({ for: own }) => {
              const held = own ?? definition.for;
              return held === "PT0S" ? t("atOnce") : formatIsoDuration(held, lang);
            },
          },
          {
            id: "source",
            header: t("source"),
            render: ({ basis, source }) => (
              <>
                <BasisTag basis={basis} source={source} /> {basis === "project" ? null : source}
              </>
            ),
          },
        ]}
      />
      <p className={styles.quiet}>
        {t("clearing", {
          duration: formatIsoDuration(definition.clearFor, lang),
          stale: formatIsoDuration(definition.staleAfter, lang),
        })}
      </p>
    </section>
  );
}

function Watch({ definition, alertLink }: { definition: WarningItem } & Pick<Props, "alertLink">) {
  const { t } = useTranslation("warnings");
  const lang = useLang();
  const { skill } = definition;
  const alerts = useQuery(alertsQuery({ definition: definition.id }));
  return (
    <section className={styles.section} aria-labelledby="warning-watch">
      <h2 id="warning-watch">{t("watch")}</h2>
      <p>
        {t("subjects", { count: definition.subjects })}{" "}
        {definition.lastEvaluatedAt === null
          ? t("neverEvaluated")
          : t("lastEvaluated", { time: formatDateTime(definition.lastEvaluatedAt, lang) })}
      </p>
      <p>
        {skill
          ? t("verifiedAgainst", { event: skill.event[lang], window: formatIsoDuration(skill.window, lang) })
          : t("notVerified")}
      </p>
      <h3>{t("openAlerts")}</h3>
      {alerts.data ? (
        alerts.data.items.length === 0 ? (
          <EmptyState>{t("noOpenAlerts")}</EmptyState>
        ) : (
          <ul className={styles.alerts}>
            {alerts.data.items.slice(0, 50).map((alert) => (
              <li key={alert.id}>
                <SeverityBadge severity={alert.severity} size={20} /> {alertLink(alert, alert.headline[lang])}
              </li>
            ))}
          </ul>
        )
      ) : alerts.isError ? (
        <ErrorState problem={alerts.error} retry={() => void alerts.refetch()} />
      ) : (
        <Skeleton height={80} />
      )}
    </section>
  );
}
