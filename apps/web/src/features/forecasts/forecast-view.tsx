import { useCallback } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ChartSpec, ForecastItem } from "@ioc/contracts";
import { formatNumber } from "@ioc/charts/format";
import { formatDateTime } from "@ioc/charts/time";
import { forecastQuery } from "../../data/index.ts";
import { useCityNow } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import { Chart, FrameTable } from "../../ui/chart/index.ts";
import { CardBoundary, EmptyState, ErrorState, Skeleton } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import { SkillTable } from "./skill-table.tsx";
import styles from "./forecasts.module.css";

interface Props {
  item: ForecastItem;
  subject: string | undefined;
  onSubject: (subject: string) => void;
}

/** One forecast: of whom, by which method, the fan, the table under it, how it did by lead, and what it rests on. */
export function ForecastView({ item, subject, onSubject }: Props) {
  const { t } = useTranslation("forecasts");
  const lang = useLang();
  const chosen = item.subjects.find(({ id }) => id === subject) ?? item.subjects[0];
  return (
    <section className={styles.card} aria-labelledby="forecast-title">
      <div className={styles.head}>
        <h2 id="forecast-title">{item.name[lang]}</h2>
        {chosen && item.subjects.length > 1 ? (
          <label className={styles.subject}>
            <span>{t("subject")}</span>
            <select value={chosen.id} onChange={(event) => onSubject(event.target.value)}>
              {item.subjects.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name[lang]}
                </option>
              ))}
            </select>
          </label>
        ) : null}
      </div>
      <p className={styles.note}>{item.measures[lang]}</p>
      {item.error !== null ? (
        <p className={styles.fault} role="status">
          <Icon name="warning" size={16} /> {t("failed", { message: item.error[lang] })}
        </p>
      ) : null}
      {chosen ? (
        <>
          <p>
            {t("issuedBy", {
              time: formatDateTime(chosen.issuedAt, lang),
              method: t(`method.${methodKey(chosen.method)}`),
            })}
            {chosen.backtestMase === null
              ? ""
              : ` ${t("backtest", { mase: formatNumber(chosen.backtestMase, lang, 2) })}`}
          </p>
          <CardBoundary>
            <Fan item={item} subject={chosen.id} name={chosen.name[lang]} />
          </CardBoundary>
        </>
      ) : (
        <EmptyState>{t("notYet")}</EmptyState>
      )}
      <SkillTable item={item} />
      <Remarks remarks={item.failures} summary={t("without", { count: item.failures.length })} />
      <Remarks remarks={item.notes} summary={t("notes", { count: item.notes.length })} />
      <p className={styles.note}>{item.method[lang]}</p>
      <p className={styles.note}>{t("source", { source: item.source[lang] })}</p>
    </section>
  );
}

/** What is to be said of subjects, folded; nothing without any. */
function Remarks({ remarks, summary }: { remarks: ForecastItem["notes"]; summary: string }) {
  const lang = useLang();
  if (remarks.length === 0) return null;
  return (
    <details>
      <summary>{summary}</summary>
      <ul>
        {remarks.map(({ subject, name, message }) => (
          <li key={subject}>
            {name[lang]}: {message[lang]}
          </li>
        ))}
      </ul>
    </details>
  );
}

const methods = [
  "combination",
  "last-value",
  "seasonal-naive",
  "seasonal-naive-2",
  "seasonal-average",
  "holt-winters",
  "multi-seasonal-smoothing",
  "decomposition-theta",
  "analogues",
  "harmonic-regression",
  "lag-regression",
  "direct-regression",
  "direct-regression-light",
  "arx",
  "log-arx",
  "log-lag-regression",
  "log-decomposition-theta",
  "nb-climate",
  "scaled-seasonal-naive",
  "harmonic-tide",
  "lag-reservoir",
  "lag-reservoir-given",
] as const;

/** Key of the words for a method; one that is not known here is called by a general word. */
function methodKey(id: string): (typeof methods)[number] | "other" {
  return methods.find((method) => method === id) ?? "other";
}

function Fan({ item, subject, name }: { item: ForecastItem; subject: string; name: string }) {
  const { t } = useTranslation("forecasts");
  const lang = useLang();
  const now = useCityNow(60_000);
  const { data, error, isError, refetch } = useQuery(forecastQuery(item.id, subject));
  const nameOf = useCallback((id: string) => (id === subject ? name : id), [subject, name]);
  if (!data) return isError ? <ErrorState problem={error} retry={() => void refetch()} /> : <Skeleton height={360} />;
  const spec: ChartSpec = { kind: "line", title: item.name, subtitle: item.measures, source: item.source };
  const title = `${item.name[lang]} – ${name}`;
  return (
    <>
      <Chart spec={spec} frame={data.frame} nameOf={nameOf} now={now} height={360} labelledBy="forecast-title" />
      <p className={styles.note}>
        {t("bands")}
        {data.frame.synthetic ? ` ${t("synthetic")}` : ""}
      </p>
      <details open>
        <summary>{t("table")}</summary>
        <FrameTable frame={data.frame} caption={title} nameOf={nameOf} pageSize={24} />
      </details>
    </>
  );
}
