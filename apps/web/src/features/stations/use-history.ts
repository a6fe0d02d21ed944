import { useEffect, useMemo, useState } from "react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { LatestValue, ObservationSeries, QualityFlag } from "@ioc/contracts";
import { observationsQuery } from "../../data/index.ts";
import { useCityNow, useLive } from "../../data/live/index.ts";

const day = 86_400_000;
/** The history is read again after so much real time; in between live values are appended. */
const readAgain = 300_000;
/** Points a chart may hold in memory. */
const limit = 10_000;

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

/** The last 24 hours of a datastream: read once, then moved along by live values. */
export function useHistory(datastream: string) {
  const live = useLive();
  const now = useCityNow(60_000);
  const [anchor, setAnchor] = useState<number | null>(null);
  const [added, setAdded] = useState<{ datastream: string; values: LatestValue[] }>({ datastream, values: [] });

  const speed = live?.clock.speed ?? 1;
  if (now !== null && (anchor === null || now - anchor > readAgain * speed)) setAnchor(now);
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

  const to = anchor ?? 0;
  const query = useQuery({
    ...observationsQuery({ datastream, from: to - day, to, points: 1500 }),
    enabled: anchor !== null,
    placeholderData: keepPreviousData,
  });
  const read = query.data?.datastream === datastream ? query.data : null;
  const end = Math.max(to, added.values.at(-1)?.phenomenonTime ?? 0);
  const series = useMemo(
    () => (read ? appendLive(read, added.values, end - day, end) : null),
    [read, added.values, end],
  );
  return { series, error: query.error, retry: () => void query.refetch() };
}
