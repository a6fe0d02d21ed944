import { useId, useMemo } from "react";
import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Frame, Grouping, StatisticItem } from "@ioc/contracts";
import { unitText } from "@ioc/charts/units";
import { areasQuery, cityQuery, statisticQuery, stationsQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { FrameTable } from "../../ui/chart/index.ts";
import { CardBoundary, ErrorState, Skeleton, TabPanel, Tabs } from "../../ui/controls/index.ts";
import { CardFoot, FrameChart, specOf } from "./chart-card.tsx";
import { MethodSheet } from "./method-sheet.tsx";
import { StatisticMenu } from "./statistic-menu.tsx";
import type { StatisticSearch } from "./statistic-search.ts";
import { useFrame } from "./use-frame.ts";
import { useNames } from "./use-names.ts";
import { ValueLine } from "./value-line.tsx";
import styles from "./statistics.module.css";

type View = Pick<StatisticSearch, "group" | "subject" | "tab">;

interface Props {
  id: string;
  view: View;
  /** Changes part of the view; undefined removes. The address follows, so that a copied link shows the same. */
  onView: (patch: { [K in keyof View]?: View[K] | undefined }) => void;
  /** Link back to the gallery. */
  back?: ReactNode;
}

/** One statistic: finding, value, chart, table, method; by area or station. Live while it is open. */
export function StatisticPage({ id, view, onView, back }: Props) {
  const lang = useLang();
  const query = useQuery(statisticQuery(id));
  const frame = useFrame(id, pick(view));
  const item = query.data;
  if (!item) {
    return query.isError ? (
      <ErrorState problem={query.error} retry={() => void query.refetch()} />
    ) : (
      <Skeleton height={480} />
    );
  }
  const unit = unitText(item.unit, lang);
  return (
    <div className={styles.scroll}>
      <article className={styles.page} aria-labelledby="statistic-title">
        {back ? <p className={styles.back}>{back}</p> : null}
        <header className={styles.pageHead}>
          <div>
            <p className={styles.kicker}>{item.name[lang]}</p>
            <h1 id="statistic-title">{frame.data?.finding?.[lang] ?? item.question[lang]}</h1>
            <p className={styles.measures}>
              {item.measures[lang]}
              {unit === "" ? "" : ` (${unit})`}
            </p>
          </div>
          <StatisticMenu id={id} view={pick(view)} link={typeof location === "undefined" ? "" : location.href} />
        </header>
        <ValueLine of={frame.data ?? item} size="l" />
        <ViewPicker item={item} view={view} onView={onView} />
        <Sheets
          item={item}
          frame={frame.data}
          failed={frame.isError ? frame.error : null}
          retry={() => void frame.refetch()}
          view={view}
          onView={onView}
        />
      </article>
    </div>
  );
}

function pick({ group, subject }: View): { group?: Grouping; subject?: string } {
  return { ...(group ? { group } : {}), ...(subject ? { subject } : {}) };
}

interface SheetsProps {
  item: StatisticItem;
  frame: Frame | undefined;
  failed: unknown;
  retry: () => void;
  view: View;
  onView: Props["onView"];
}

function Sheets({ item, frame, failed, retry, view, onView }: SheetsProps) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const nameOf = useNames();
  const id = useId();
  const spec = useMemo(() => specOf(item), [item]);
  const tab = view.tab ?? "chart";
  return (
    <>
      <Tabs
        id={id}
        label={t("tabs")}
        value={tab}
        onChange={(next) => onView({ tab: next === "chart" ? undefined : next })}
        tabs={[
          { id: "chart", label: t("chart") },
          { id: "table", label: t("table") },
          { id: "method", label: t("method") },
        ]}
      />
      <TabPanel id={id} value={tab}>
        <CardBoundary>
          {tab === "method" ? (
            <MethodSheet item={item} frame={frame} />
          ) : !frame ? (
            failed ? (
              <ErrorState problem={failed} retry={retry} />
            ) : (
              <Skeleton height={400} />
            )
          ) : tab === "table" ? (
            <FrameTable frame={frame} caption={item.name[lang]} nameOf={nameOf} />
          ) : (
            <FrameChart
              spec={spec}
              frame={frame}
              nameOf={nameOf}
              height={400}
              labelledBy="statistic-title"
              highlight={view.subject ?? null}
            />
          )}
        </CardBoundary>
      </TabPanel>
      {frame && failed ? <p className={styles.late}>{t("refreshFailed")}</p> : null}
      {frame ? <CardFoot frame={frame} item={item} full /> : null}
    </>
  );
}

/** Grouping, and one area or station to narrow the view to. */
function ViewPicker({ item, view, onView }: Pick<SheetsProps, "item" | "view" | "onView">) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const city = useQuery(cityQuery()).data;
  const areas = useQuery(areasQuery()).data?.items;
  const stations = useQuery(stationsQuery()).data?.items;
  const levels = city?.schemes.find((scheme) => scheme.id === city.scheme)?.levels;
  const groups = item.groups.filter((group) => group !== "district" || !levels || levels.includes("district"));
  const kinds = new Set(item.input.map((input) => input.kind));
  const byName = (a: { name: { vi: string; en: string } }, b: { name: { vi: string; en: string } }) =>
    a.name[lang].localeCompare(b.name[lang], "vi");
  const ownAreas = (areas ?? []).filter((area) => area.level !== "city").toSorted(byName);
  const ownStations = (stations ?? []).filter((station) => kinds.has(station.kind) || kinds.has("*")).toSorted(byName);
  const narrow = item.groups.some((group) => group === "station" || group === "district" || group === "ward");
  return (
    <div className={styles.picker}>
      {groups.length > 1 ? (
        <label>
          <span>{t("group")}</span>
          <select
            value={view.group ?? groups[0]}
            onChange={(event) =>
              onView({ group: event.target.value === groups[0] ? undefined : (event.target.value as Grouping) })
            }
          >
            {groups.map((group) => (
              <option key={group} value={group}>
                {t(`groups.${group}`)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {narrow ? (
        <label>
          <span>{t("subject")}</span>
          <select
            value={view.subject ?? ""}
            onChange={(event) => onView({ subject: event.target.value === "" ? undefined : event.target.value })}
          >
            <option value="">{t("allSubjects")}</option>
            <optgroup label={t("areas")}>
              {ownAreas.map((area) => (
                <option key={area.id} value={area.id}>
                  {area.name[lang]}
                </option>
              ))}
            </optgroup>
            {item.groups.includes("station") ? (
              <optgroup label={t("stations")}>
                {ownStations.map((station) => (
                  <option key={station.id} value={station.id}>
                    {station.name[lang]}
                  </option>
                ))}
              </optgroup>
            ) : null}
          </select>
        </label>
      ) : null}
    </div>
  );
}
