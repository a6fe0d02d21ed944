import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Frame, LocalizedText, StatisticItem } from "@ioc/contracts";
import { cityParts, formatDate, formatDateTime, formatDayMonth } from "@ioc/charts/time";
import { statisticDataQuery } from "../../../data/index.ts";
import { useLang } from "../../../texts/index.ts";
import { ErrorState, Skeleton } from "../../../ui/controls/index.ts";
import { CardFoot } from "../card-foot.tsx";
import { FrameChart, specOf } from "../frame-chart.tsx";
import type { PagePatch, PageSearch } from "../statistic-search.ts";
import { useNames } from "../use-names.ts";
import { ValueLine } from "../value-line.tsx";
import { viewOf } from "../view.ts";
import { ComparedChart } from "./compared-chart.tsx";
import { comparePeriods } from "./compare.ts";
import styles from "./page.module.css";
import { beforeSteps, earlier, isoOf, readInstant } from "./periods.ts";
import { InstantForm } from "./when-picker.tsx";

interface Props {
  item: StatisticItem;
  frame: Frame | undefined;
  view: PageSearch;
  onView: (patch: PagePatch) => void;
}

/** The view beside itself a day, a week, a month or a year before, or at a time of the reader's choice. */
export function ComparePeriods({ item, frame, view, onView }: Props) {
  const { t } = useTranslation("statistics");
  const before = view.before ?? "P7D";
  const own = readInstant(before) === null ? undefined : before;
  return (
    <>
      <div className={styles.bar}>
        <fieldset className={styles.segments}>
          <legend className="visually-hidden">{t("periods.label")}</legend>
          {beforeSteps.map((step) => (
            <label key={step}>
              <input
                type="radio"
                name="before"
                checked={before === step}
                onChange={() => onView({ before: step === "P7D" ? undefined : step })}
              />
              <span>{t(`periods.${step}`)}</span>
            </label>
          ))}
        </fieldset>
        <InstantForm
          key={own ?? ""}
          value={own}
          label={t("periods.own")}
          submit={t("periods.compare")}
          onInstant={(at) => onView({ before: at })}
        />
      </div>
      {frame ? <Beside item={item} frame={frame} view={view} before={before} /> : <Skeleton height={420} />}
    </>
  );
}

function Beside({ item, frame, view, before }: Omit<Props, "onView" | "frame"> & { frame: Frame; before: string }) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const shown = view.at === undefined ? null : readInstant(view.at);
  // The minute of the frame, not of the clock: the earlier view keeps its address while nothing was computed anew.
  const now = shown ?? Math.floor(frame.computedAt / 60_000) * 60_000;
  const at = isoOf(earlier(now, before));
  const query = useQuery(statisticDataQuery(item.id, { ...viewOf(view), at }));
  const past = query.data;
  const names = usePeriodNames(frame, past, before);
  const both = useMemo(() => (past ? comparePeriods(frame, past, names) : null), [frame, past, names]);
  if (!past)
    return query.isError ? (
      <ErrorState problem={query.error} retry={() => void query.refetch()} />
    ) : (
      <Skeleton height={420} />
    );
  if (both) {
    const inPast = view.at !== undefined;
    return (
      <>
        <Headlines frames={[frame, past]} labels={[names.now[lang], names.before[lang]]} />
        <ComparedChart item={item} frame={both} kind="line" caption={t("periods.label")} past={inPast} />
      </>
    );
  }
  return (
    <div className={styles.beside}>
      {[frame, past].map((one, index) => (
        <PeriodChart key={index === 0 ? "now" : "before"} item={item} frame={one} view={view} past={index === 1} />
      ))}
    </div>
  );
}

const columnName: LocalizedText = { vi: "Kỳ", en: "Period" };
const measuredName: LocalizedText = { vi: "Thời điểm của số liệu", en: "Time of the data" };

/** What each line is called: which period it is, and the day on which it ends. */
function usePeriodNames(now: Frame, before: Frame | undefined, step: string) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const [own, other] = [now.window.to, before?.window.to];
  return useMemo(() => {
    const sameYear = other === undefined || cityParts(own).year === cityParts(other).year;
    const day = (time: number): string => (sameYear ? formatDayMonth(time, lang) : formatDate(time, lang));
    const known = beforeSteps.find((one) => one === step);
    const back = known ? t(`periods.${known}`) : t("periods.own");
    const text = (words: string): LocalizedText => ({ vi: words, en: words });
    return {
      column: columnName,
      now: text(`${t("periods.this")} · ${day(own)}`),
      before: text(`${back} · ${other === undefined ? "" : day(other)}`),
      measured: measuredName,
    };
  }, [own, other, step, lang, t]);
}

function Headlines({ frames, labels }: { frames: readonly Frame[]; labels: readonly string[] }) {
  return (
    <dl className={styles.headlines}>
      {frames.map((frame, index) => (
        <div key={labels[index]}>
          <dt>{labels[index]}</dt>
          <dd>
            <ValueLine of={{ ...frame, previous: null }} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function PeriodChart({
  item,
  frame,
  view,
  past,
}: {
  item: StatisticItem;
  frame: Frame;
  view: PageSearch;
  past: boolean;
}) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const nameOf = useNames();
  const { chart, question, measures, source } = item;
  const kind = view.chart ?? chart;
  const spec = useMemo(
    () => specOf({ chart, question, measures, source }, kind),
    [chart, question, measures, source, kind],
  );
  const title = past ? t("periods.at", { time: formatDateTime(frame.window.to, lang) }) : t("periods.this");
  return (
    <section aria-label={title}>
      <h2 className={styles.besideTitle}>{title}</h2>
      <ValueLine of={{ ...frame, previous: null }} />
      <FrameChart spec={spec} frame={frame} nameOf={nameOf} height={340} past={past || view.at !== undefined} />
      <CardFoot frame={frame} item={item} past={past} />
    </section>
  );
}
