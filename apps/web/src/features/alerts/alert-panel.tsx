import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Alert } from "@ioc/contracts";
import { formatDateTime, formatDuration, formatTime } from "@ioc/charts/time";
import { warningQuery } from "../../data/index.ts";
import { useCityNow } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import { ConditionChip, LevelText, SeverityBadge, Value } from "../../ui/controls/index.ts";
import { HazardIcon } from "../../ui/icons/index.ts";
import { AlertEvents } from "./alert-events.tsx";
import { AlertExplanation } from "./alert-explanation.tsx";
import { WhyFired } from "./why-fired.tsx";
import { WorkBar } from "./work-bar.tsx";
import styles from "./alerts.module.css";

interface Props {
  alert: Alert;
  /** Names of the areas it lies in, narrowest first. */
  place: string;
  /** The 24 hours around the alert of the datastream that is tested. */
  chart?: ReactNode;
  /** Links to the station, to the map. */
  links?: ReactNode;
}

/** Everything about one alert: what, where, since when, what people do, what to do, why it fired and what would clear it. */
export function AlertPanel({ alert, place, chart, links }: Props) {
  const { t } = useTranslation("alerts");
  const lang = useLang();
  const warning = useQuery(warningQuery(alert.definition));
  return (
    <article className={styles.panel} aria-label={alert.headline[lang]}>
      <header className={styles.panelHead}>
        <SeverityBadge
          severity={alert.severity}
          size={36}
          hollow={alert.condition === "cleared" || alert.condition === "pending"}
        />
        <h2>{alert.headline[lang]}</h2>
        <p className={styles.panelMeta}>
          <span className={styles.hazard}>
            <HazardIcon hazard={alert.hazard} size={16} />
            {alert.name[lang]}
          </span>
          <LevelText scale={alert.scale} level={alert.level} />
          <ConditionChip alert={alert} />
          <span>{place}</span>
        </p>
      </header>
      <WorkBar alert={alert} />
      <Facts alert={alert} />
      {links}
      {warning.data ? (
        <section className={styles.block}>
          <h3>{t("whatToDo")}</h3>
          <p className={styles.action}>{warning.data.action[lang]}</p>
        </section>
      ) : null}
      {alert.condition === "cleared" ? null : (
        <section className={styles.block}>
          <h3>{t("explain.title")}</h3>
          <AlertExplanation alert={alert} />
        </section>
      )}
      {chart}
      <WhyFired alert={alert} definition={warning.data} />
      <AlertEvents alert={alert} />
    </article>
  );
}

function Facts({ alert }: { alert: Alert }) {
  const { t } = useTranslation("alerts");
  const lang = useLang();
  const now = useCityNow(1_000);
  const since = alert.firedAt ?? alert.startedAt;
  const end = alert.clearedAt ?? now;
  const fallen = alert.peakLevel > alert.level;
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{t("valueAt", { time: formatTime(alert.changedAt) })}</dt>
        <dd>
          <Value
            value={alert.value}
            unit={alert.unit}
            decimals={alert.decimals}
            state={alert.stale ? "stale" : "normal"}
            size="m"
          />
        </dd>
      </div>
      <div>
        <dt>{t("opened")}</dt>
        <dd>{formatDateTime(since, lang, { seconds: true })}</dd>
      </div>
      <div>
        <dt>{alert.clearedAt === null ? t("openFor") : t("lasted")}</dt>
        <dd>{end === null ? "—" : formatDuration(Math.max(0, end - since), lang)}</dd>
      </div>
      <div>
        <dt>{t("peak")}</dt>
        <dd>
          <LevelText scale={alert.scale} level={alert.peakLevel} short />
          {fallen ? ` (${t("now")})` : ""}
        </dd>
      </div>
      <div>
        <dt>{t("episode")}</dt>
        <dd>{alert.episode}</dd>
      </div>
    </dl>
  );
}
