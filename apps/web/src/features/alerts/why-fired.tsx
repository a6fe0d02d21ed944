import { useTranslation } from "react-i18next";
import type { Alert, WarningItem } from "@ioc/contracts";
import { formatNumber, formatValue } from "@ioc/charts/format";
import { formatIsoDuration, formatTime } from "@ioc/charts/time";
import { useLang } from "../../texts/index.ts";
import { BasisTag, DataTable, LevelText, SeverityBadge } from "../../ui/controls/index.ts";
import { readableExpression } from "./expression.ts";
import styles from "./alerts.module.css";

interface Props {
  alert: Alert;
  definition: WarningItem | undefined;
}

/** Why the alert fired, on which signals and thresholds, who set them, and what would clear it. */
export function WhyFired({ alert, definition }: Props) {
  const { t } = useTranslation("alerts");
  const lang = useLang();
  const { evidence } = alert;
  const clearFor = definition && definition.clearFor !== "PT0S" ? formatIsoDuration(definition.clearFor, lang) : null;
  return (
    <section className={styles.block}>
      <h3>{t("why")}</h3>
      {definition ? <p>{definition.sentence[lang]}</p> : null}
      <Signals alert={alert} definition={definition} />
      <h3>{t("thresholds")}</h3>
      {definition ? <Levels alert={alert} definition={definition} /> : <Threshold alert={alert} />}
      <h3>{t("whatClears")}</h3>
      <p>
        {evidence.clear ? (
          <>
            {t("clearsWhen")} <code className={styles.expression}>{readableExpression(evidence.clear, lang)}</code>
          </>
        ) : (
          t("clearsBelow")
        )}
        {clearFor ? ` ${t("heldFor", { duration: clearFor })}` : ""}
      </p>
      <p className={styles.quiet}>
        {t("definition", { id: alert.definition, version: evidence.definitionVersion })}
        {definition ? ` · ${t("staleAfter", { duration: formatIsoDuration(definition.staleAfter, lang) })}` : ""}
      </p>
    </section>
  );
}

function Threshold({ alert: { evidence } }: { alert: Alert }) {
  const lang = useLang();
  return (
    <p>
      {evidence.when ? <code className={styles.expression}>{readableExpression(evidence.when, lang)}</code> : null}{" "}
      {evidence.basis ? <BasisTag basis={evidence.basis} source={evidence.source} /> : null}
    </p>
  );
}

function Levels({ alert, definition }: { alert: Alert; definition: WarningItem }) {
  const { t } = useTranslation("alerts");
  const lang = useLang();
  return (
    <ol className={styles.levels}>
      {definition.levels.map((level) => {
        const held = level.for ?? definition.for;
        return (
          <li
            key={level.level}
            className={styles.level}
            aria-current={level.level === alert.level ? "true" : undefined}
          >
            <SeverityBadge severity={level.severity} size={20} />
            <span className={styles.levelText}>
              <LevelText scale={definition.scale} level={level.level} short />
              {level.name ? <strong>{level.name[lang]}</strong> : null}
              <code className={styles.expression}>{readableExpression(level.when, lang)}</code>
              {held === "PT0S" ? null : (
                <span className={styles.quiet}>{t("for", { duration: formatIsoDuration(held, lang) })}</span>
              )}
              <BasisTag basis={level.basis} source={level.source} />
            </span>
            {level.basis === "project" ? null : <span className={styles.source}>{level.source}</span>}
          </li>
        );
      })}
    </ol>
  );
}

function Signals({ alert, definition }: Props) {
  const { t } = useTranslation("alerts");
  const lang = useLang();
  const signals = Object.entries(alert.evidence.signals);
  if (signals.length === 0) return <p className={styles.quiet}>{t("noSignals")}</p>;
  const newest = alert.evidence.readings[0];
  const unitOf = (name: string) => (definition?.value?.signal === name ? definition.value : null);
  return (
    <>
      <DataTable
        caption={t("signals")}
        hideCaption
        rows={signals}
        rowKey={([name]) => name}
        columns={[
          {
            id: "name",
            header: t("signal"),
            rowHeader: true,
            render: ([name]) => (
              <>
                <code className={styles.expression}>{name}</code>
                <span className={styles.how}>{howTaken(definition?.signals[name])}</span>
              </>
            ),
          },
          {
            id: "value",
            header: t("signalValue"),
            numeric: true,
            render: ([name, value]) => {
              const unit = unitOf(name);
              return unit
                ? formatValue(value, unit.unit, unit.decimals, lang)
                : formatNumber(value, lang, decimalsOf(value));
            },
          },
        ]}
      />
      {newest ? (
        <p className={styles.quiet}>{t("newestReading", { time: formatTime(newest.time, { seconds: true }) })}</p>
      ) : null}
    </>
  );
}

/** As many decimals as the number needs, at most three. */
function decimalsOf(value: number | null): number {
  if (value === null || Number.isInteger(value)) return 0;
  return Math.min(3, String(Math.abs(value)).split(".")[1]?.length ?? 0);
}

/** How a signal is taken from the readings, as the definition says: `max-over · window PT10M`. */
function howTaken(signal: Record<string, unknown> | undefined): string {
  if (!signal) return "";
  const { op, ...parameters } = signal;
  const words = Object.entries(parameters).flatMap(([key, value]) =>
    typeof value === "string" || typeof value === "number" ? [`${key} ${value}`] : [],
  );
  return [String(op), ...words].join(" · ");
}
