import { useMemo, useRef } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ChartSpec, Frame, StatisticItem, StatisticResult } from "@ioc/contracts";
import { formatValue, noValue } from "@ioc/charts/format";
import { statisticResultsQuery } from "../../../data/index.ts";
import { useLang } from "../../../texts/index.ts";
import { FrameTable } from "../../../ui/chart/index.ts";
import { DataTable, EmptyState, ErrorState, Skeleton } from "../../../ui/controls/index.ts";
import { FrameChart } from "../frame-chart.tsx";
import { useNames } from "../use-names.ts";
import { useNear } from "../use-near.ts";
import styles from "./page.module.css";
import { periodText } from "./seed-period.ts";

/** The headline as it was calculated again and again, and what sources said of earlier periods. */
export function HistorySection({ item }: { item: StatisticItem }) {
  const { t } = useTranslation("statistics");
  const place = useRef<HTMLElement>(null);
  const { seen } = useNear(place);
  return (
    <section ref={place} className={styles.section} aria-labelledby="history-title">
      <h2 id="history-title">{t("history.title")}</h2>
      <p className={styles.quiet}>{t("history.hint")}</p>
      <Results item={item} enabled={seen} />
      {item.seeds.length > 0 ? <Seeds item={item} /> : null}
    </section>
  );
}

function Results({ item, enabled }: { item: StatisticItem; enabled: boolean }) {
  const { t } = useTranslation("statistics");
  const nameOf = useNames();
  const query = useQuery({ ...statisticResultsQuery(item.id), enabled });
  const results = query.data?.items;
  const frame = useMemo(() => (results ? resultsFrame(item, results) : null), [item, results]);
  const spec = useMemo<ChartSpec>(
    () => ({
      kind: "line",
      title: { vi: "Giá trị theo lần tính", en: "Value at each calculation" },
      subtitle: item.measures,
      source: item.source,
    }),
    [item.measures, item.source],
  );
  if (!frame)
    return query.isError ? (
      <ErrorState problem={query.error} retry={() => void query.refetch()} />
    ) : (
      <Skeleton height={200} />
    );
  if (frame.rows.length === 0) return <EmptyState>{t("history.none")}</EmptyState>;
  return (
    <>
      {frame.rows.length > 1 ? <FrameChart spec={spec} frame={frame} nameOf={nameOf} height={200} past /> : null}
      <details className={styles.fold} open={frame.rows.length === 1}>
        <summary>{t("history.table", { count: frame.rows.length })}</summary>
        <FrameTable frame={frame} caption={t("tableOf", { name: t("history.title") })} nameOf={nameOf} pageSize={20} />
      </details>
    </>
  );
}

/** Results as a frame, oldest first. */
export function resultsFrame(item: StatisticItem, results: readonly StatisticResult[]): Frame {
  const ordered = results.toReversed();
  const [first, last] = [ordered[0], ordered.at(-1)];
  return {
    statistic: item.id,
    version: item.version,
    group: item.groups[0] ?? "city",
    subject: null,
    columns: [
      { id: "at", name: { vi: "Tính lúc", en: "Calculated at" }, type: "time", role: "x" },
      { id: "value", name: item.name, type: "number", role: "value", unit: item.unit, decimals: item.decimals },
      { id: "asOf", name: { vi: "Số liệu đến", en: "Data until" }, type: "time" },
      { id: "coverage", name: { vi: "Độ phủ", en: "Coverage" }, type: "number", decimals: 2, role: "coverage" },
      { id: "status", name: { vi: "Tình trạng", en: "State" }, type: "text", role: "label" },
    ],
    rows: ordered.map((one) => [one.at, one.value, one.asOf, one.coverage, one.status]),
    value: last?.value ?? null,
    previous: null,
    unit: item.unit,
    decimals: item.decimals,
    asOf: last?.asOf ?? null,
    window: { from: first?.at ?? 0, to: last?.at ?? 0 },
    coverage: null,
    status: ordered.some((one) => one.value !== null) ? "ok" : "empty",
    quality: "good",
    synthetic: item.synthetic,
    targetMet: null,
    figures: [],
    error: null,
    thresholds: [],
    target: item.target?.of === undefined ? item.target : null,
    finding: null,
    computedAt: last?.at ?? 0,
  };
}

function Seeds({ item }: { item: StatisticItem }) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  return (
    <>
      <h3>{t("seeds.title")}</h3>
      <p className={styles.quiet}>{t("seeds.hint")}</p>
      <DataTable
        caption={t("tableOf", { name: t("seeds.title") })}
        hideCaption
        rows={item.seeds}
        rowKey={(seed, index) => `${seed.period} ${index}`}
        columns={[
          { id: "period", header: t("seeds.period"), rowHeader: true, render: (seed) => periodText(seed.period, lang) },
          {
            id: "value",
            header: t("seeds.value"),
            numeric: true,
            render: (seed) => (seed.value === null ? noValue : formatValue(seed.value, item.unit, item.decimals, lang)),
          },
          { id: "text", header: t("seeds.text"), render: (seed) => seed.text?.[lang] ?? "" },
          { id: "source", header: t("source"), render: (seed) => seed.source[lang] },
        ]}
      />
    </>
  );
}
