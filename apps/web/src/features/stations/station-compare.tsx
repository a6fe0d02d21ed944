import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ChartSpec, Datastream, Frame, LocalizedText, StationItem } from "@ioc/contracts";
import { formatNumber } from "@ioc/charts/format";
import { stationsQuery } from "../../data/index.ts";
import { useCityNow } from "../../data/live/index.ts";
import { aggregatesQuery } from "../../data/observations.ts";
import { capitalised, useLang } from "../../texts/index.ts";
import { Chart, FrameTable } from "../../ui/chart/index.ts";
import { EmptyState, ErrorState, Skeleton, TabPanel, Tabs } from "../../ui/controls/index.ts";
import { bucketFor, compareFrame } from "./compare-frame.ts";
import type { CompareBucket } from "./compare-frame.ts";
import { neighboursOf } from "./nearest.ts";
import { pointWord } from "./series-words.ts";
import { boundsOf } from "./span.ts";
import { mostCompared, spanOf } from "./station-view.ts";
import type { StationPatch, StationView } from "./station-view.ts";
import { usePoints } from "./use-points.ts";
import styles from "./history.module.css";

interface Props {
  station: Pick<StationItem, "id" | "kind" | "name" | "lat" | "lon">;
  stream: Datastream;
  view: StationView;
  onView: (patch: StationPatch) => void;
  source?: LocalizedText | undefined;
}

/** Stations that are offered, nearest first. */
const offered = 8;
const height = 260;
const columnNames = { vi: "Đến", en: "Until" };

/** The same property of up to four further stations of the kind on one axis, over the span of the history above. */
export function StationCompare({ station, stream, view, onView, source }: Props) {
  const { t } = useTranslation("stations");
  const lang = useLang();
  const stations = useQuery(stationsQuery()).data?.items;
  const property = stream.property.id;
  const wanted = view.beside ?? none;
  // Open at first where the address names stations; later only the reader opens and closes it.
  const [open] = useState(wanted.length > 0);
  const listed = useMemo(
    () => neighboursOf(station, property, stations ?? [], offered, wanted),
    [station, property, stations, wanted],
  );
  const chosen = listed.filter((one) => wanted.includes(one.station.id)).map((one) => one.station);
  const full = chosen.length >= mostCompared;
  if (listed.length === 0) return null;
  const toggle = (id: string, on: boolean) => {
    const rest = chosen.map((one) => one.id).filter((one) => one !== id);
    const beside = on ? [...rest, id] : rest;
    onView({ beside: beside.length > 0 ? beside : undefined });
  };
  return (
    <details className={styles.compare} open={open}>
      <summary>{t("compare.title")}</summary>
      <fieldset className={styles.neighbours}>
        <legend>{t("compare.choose", { count: mostCompared })}</legend>
        {listed.map(({ station: one, away }) => {
          const checked = chosen.includes(one);
          return (
            <label key={one.id}>
              <input
                type="checkbox"
                checked={checked}
                disabled={full && !checked}
                onChange={(event) => toggle(one.id, event.target.checked)}
              />
              <span>{one.name[lang]}</span>
              <span className={styles.away}>{formatNumber(away / 1000, lang, 1)} km</span>
            </label>
          );
        })}
      </fieldset>
      {chosen.length > 0 ? (
        <Comparison stations={[station, ...chosen]} stream={stream} view={view} source={source} />
      ) : null}
    </details>
  );
}
const none: readonly string[] = [];

interface ComparisonProps extends Pick<Props, "stream" | "view" | "source"> {
  stations: readonly { id: string; name: LocalizedText }[];
}

function Comparison({ stations, stream, view, source }: ComparisonProps) {
  const { t } = useTranslation("stations");
  const place = useRef<HTMLDivElement>(null);
  const { property } = stream;
  const { answer, bucket, error, retry } = useComparison(stations, stream, view, usePoints(place));
  const frame = useMemo(
    () => (answer ? compareFrame(answer, stations, property, columnNames) : null),
    [answer, stations, property],
  );
  const point = t(`point.${pointWord(bucket.resolution, property.kind)}`);
  return (
    <div className={styles.body} ref={place}>
      {!frame ? (
        error ? (
          <ErrorState problem={error} retry={retry} />
        ) : (
          <Skeleton height={height + 36} />
        )
      ) : frame.status === "empty" ? (
        <EmptyState>{t("noHistory")}</EmptyState>
      ) : (
        <Sheets stream={stream} frame={frame} point={point} source={source} />
      )}
    </div>
  );
}

interface SheetsProps extends Pick<Props, "stream" | "source"> {
  frame: Frame;
  /** What one point is, in words. */
  point: string;
}

function Sheets({ stream, frame, point, source }: SheetsProps) {
  const { t } = useTranslation("stations");
  const { t: common } = useTranslation();
  const lang = useLang();
  const [tab, setTab] = useState<"chart" | "table">("chart");
  const { name } = stream.property;
  const title = t("compare.of", { name: capitalised(name[lang]) });
  const spec = useMemo<ChartSpec>(
    () => ({ kind: "line", title: { vi: title, en: title }, subtitle: name, source: source ?? name }),
    [title, name, source],
  );
  const id = `compare-${stream.id.replaceAll(":", "-")}`;
  const tabs = [
    { id: "chart" as const, label: t("chart") },
    { id: "table" as const, label: t("table") },
  ];
  return (
    <>
      <Tabs id={id} label={title} value={tab} onChange={setTab} tabs={tabs} />
      <TabPanel id={id} value={tab}>
        {tab === "chart" ? (
          <Chart spec={spec} frame={frame} nameOf={String} height={height} />
        ) : (
          <FrameTable frame={frame} caption={title} nameOf={String} pageSize={24} />
        )}
      </TabPanel>
      <p className={styles.note}>
        <span>{t("onePoint", { point })}</span>
        {source ? (
          <span>
            {common("source")}: {source[lang]}
          </span>
        ) : null}
      </p>
    </>
  );
}

/** Aggregates of the stations over the span; a span that ends now is asked again with each bucket that ends. */
function useComparison(
  stations: readonly { id: string }[],
  stream: Datastream,
  view: StationView,
  points: number | null,
): {
  answer: Parameters<typeof compareFrame>[0] | undefined;
  bucket: CompareBucket;
  error: unknown;
  retry: () => void;
} {
  const now = useCityNow(60_000);
  const rough = boundsOf(spanOf(view), now ?? 0);
  const bucket = bucketFor(rough.to - rough.from, stream.periodSeconds, points ?? 0);
  const step = Math.min(bucket.width, 3_600_000);
  const end = Math.floor((now ?? 0) / step) * step;
  const { from, to } = boundsOf(spanOf(view), end);
  const query = useQuery({
    ...aggregatesQuery({
      datastreams: stations.map(({ id }) => `${id}:${stream.property.id}`),
      from,
      to,
      bucket: bucket.bucket,
      of: stream.property.kind === "total" ? "sum" : "mean",
    }),
    enabled: now !== null && points !== null,
    placeholderData: keepPreviousData,
  });
  return { answer: query.data, bucket, error: query.error, retry: () => void query.refetch() };
}
