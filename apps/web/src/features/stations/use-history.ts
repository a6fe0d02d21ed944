import { useEffect, useMemo, useState } from "react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Datastream, LatestValue, ObservationSeries, QualityFlag, Resolution } from "@ioc/contracts";
import { observationsQuery } from "../../data/index.ts";
import { useCityNow, useLive } from "../../data/live/index.ts";
import { boundsOf, resolutionFor } from "./span.ts";
import type { Span } from "./span.ts";

const day = 86_400_000;
/** The history is read again after so much real time; in between live values are appended. */
const readAgain = 300_000;
/** Points a chart may hold in memory. */
const limit = 10_000;
const none: readonly LatestValue[] = [];

/**
 * Series with newer live readings at its end, sorted by time, without duplicates, from `from` to `to`. Rollups stay as they
 * are: single readings do not mix with means. Pure.
 */
export function appendLive(
  series: ObservationSeries,
  live: readonly LatestValue[],
  from: number,
  to: number,
): ObservationSeries {
  if (series.resolution !== "raw") return series;
  const byTime = new Map<number, { value: number | null; quality: QualityFlag }>();
  series.time.forEach((time, index) =>
    byTime.set(time, { value: series.value[index] ?? null, quality: series.quality?.[index] ?? 1 }),
  );
  for (const one of live) byTime.set(one.phenomenonTime, { value: one.result, quality: one.quality });
  const time = [...byTime.keys()]
    .filter((at) => at >= from)
    .sort((a, b) => a - b)
    .slice(-limit);
  return {
    ...series,
    from,
    to,
    time,
    value: time.map((at) => byTime.get(at)!.value),
    quality: time.map((at) => byTime.get(at)!.quality),
  };
}

/** What is asked of a stream. */
export interface HistoryWish {
  stream: Datastream;
  span: Span;
  /** Chosen by the reader; else it follows the span. */
  resolution?: Resolution | undefined;
  /** Points the drawing may have; null: not known yet. */
  points: number | null;
}

/** What can be shown of a stream at the moment. */
export interface History {
  /** Null until the first answer. */
  series: ObservationSeries | null;
  /** What is shown is still that of another question. */
  behind: boolean;
  error: unknown;
  retry: () => void;
}

/** A span of a datastream, read at the resolution that fits and, when it ends now, moved along by live values. */
export function useHistory({ stream, span, resolution, points }: HistoryWish): History {
  const live = useLive();
  const now = useCityNow(60_000);
  const [anchor, setAnchor] = useState<number | null>(null);
  const speed = live?.clock.speed ?? 1;
  if (now !== null && (anchor === null || now - anchor > readAgain * speed)) setAnchor(now);
  const added = useAdded(stream.id);

  const bounds = useMemo(() => boundsOf(span, anchor ?? day), [span, anchor]);
  const length = bounds.to - bounds.from;
  const most = points ?? 0;
  const query = useQuery({
    ...observationsQuery({
      datastream: stream.id,
      from: bounds.from,
      to: bounds.to,
      resolution: resolution ?? resolutionFor(length, stream.periodSeconds, most),
      points: most,
      reduce: "minmax",
    }),
    enabled: anchor !== null && points !== null,
    placeholderData: keepPreviousData,
  });
  // A question that fails leaves what was read before on the screen.
  const [kept, setKept] = useState<ObservationSeries | null>(null);
  if (query.data && query.data !== kept) setKept(query.data);
  const newest = query.data ?? kept;
  const read = newest?.datastream === stream.id ? newest : null;
  const moved = read !== null && bounds.live && read.to - read.from === length;
  const end = Math.max(bounds.to, added.at(-1)?.phenomenonTime ?? 0);
  const series = useMemo(
    () => (read && moved ? appendLive(read, added, end - length, end) : read),
    [read, moved, added, end, length],
  );
  return {
    series,
    behind: read !== null && !moved && (query.isPlaceholderData || query.data === undefined),
    error: query.error,
    retry: () => void query.refetch(),
  };
}

/** Live values of a datastream since it is looked at. */
function useAdded(datastream: string): readonly LatestValue[] {
  const live = useLive();
  const [added, setAdded] = useState<{ datastream: string; values: LatestValue[] }>({ datastream, values: [] });
  if (added.datastream !== datastream) setAdded({ datastream, values: [] });
  useEffect(() => {
    if (!live) return;
    return live.latest.subscribe(datastream, () => {
      const latest = live.latest.get(datastream);
      if (!latest) return;
      setAdded((before) => {
        const values = before.datastream === datastream ? before.values : [];
        return { datastream, values: [...values.slice(-limit), latest] };
      });
    });
  }, [live, datastream]);
  return added.datastream === datastream ? added.values : none;
}
