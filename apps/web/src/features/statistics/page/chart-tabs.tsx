import { useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Frame, StatisticItem } from "@ioc/contracts";
import { useLang } from "../../../texts/index.ts";
import { FrameTable } from "../../../ui/chart/index.ts";
import { CardBoundary, ErrorState, Skeleton, TabPanel, Tabs } from "../../../ui/controls/index.ts";
import { CardFoot } from "../card-foot.tsx";
import { FrameChart, specOf } from "../frame-chart.tsx";
import { tabs } from "../statistic-search.ts";
import type { PagePatch, PageSearch, Tab } from "../statistic-search.ts";
import { useNames } from "../use-names.ts";
import { useGroups } from "../use-subjects.ts";
import { ComparePeriods } from "./compare-periods.tsx";
import { CompareSubjects } from "./compare-subjects.tsx";
import styles from "./page.module.css";
import { SmallMultiples } from "./small-multiples.tsx";

interface Props {
  item: StatisticItem;
  frame: Frame | undefined;
  failed: unknown;
  retry: () => void;
  view: PageSearch;
  onView: (patch: PagePatch) => void;
}

/** Chart, table, and the comparisons: of places, of periods, a small chart for each place. */
export function ChartTabs({ view, onView, ...props }: Props) {
  const { t } = useTranslation("statistics");
  const id = useId();
  const groups = useGroups(props.item);
  const many = groups.some((group) => group !== "city");
  const offered = tabs.filter((tab) => many || (tab !== "subjects" && tab !== "multiples"));
  const tab = offered.find((one) => one === view.tab) ?? "chart";
  return (
    <div className={styles.sheets}>
      <Tabs
        id={id}
        label={t("tabs")}
        value={tab}
        onChange={(next) => onView({ tab: next === "chart" ? undefined : next })}
        tabs={offered.map((one) => ({ id: one, label: t(`tab.${one}`) }))}
      />
      <TabPanel id={id} value={tab}>
        <CardBoundary key={tab}>
          <Sheet tab={tab} view={view} onView={onView} {...props} />
        </CardBoundary>
      </TabPanel>
    </div>
  );
}

/** px */
const height = 420;

function Sheet({ tab, item, frame, failed, retry, view, onView }: Props & { tab: Tab }) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const nameOf = useNames();
  const { chart, question, measures, source } = item;
  const kind = view.chart ?? chart;
  const spec = useMemo(
    () => specOf({ chart, question, measures, source }, kind),
    [chart, question, measures, source, kind],
  );
  if (tab === "subjects") return <CompareSubjects item={item} view={view} onView={onView} />;
  if (tab === "periods") return <ComparePeriods item={item} frame={frame} view={view} onView={onView} />;
  if (tab === "multiples") return <SmallMultiples item={item} view={view} onView={onView} />;
  if (!frame) return failed ? <ErrorState problem={failed} retry={retry} /> : <Skeleton height={height} />;
  const past = view.at !== undefined;
  return (
    <>
      {tab === "table" ? (
        <FrameTable frame={frame} caption={t("tableOf", { name: item.name[lang] })} nameOf={nameOf} />
      ) : (
        <FrameChart
          spec={spec}
          frame={frame}
          nameOf={nameOf}
          height={height}
          labelledBy="statistic-title"
          highlight={view.subject ?? null}
          past={past}
        />
      )}
      {failed ? <p className={styles.quiet}>{t("refreshFailed")}</p> : null}
      <CardFoot frame={frame} item={item} full past={past} />
    </>
  );
}
