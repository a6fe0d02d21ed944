import { useEffect, useRef } from "react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { statisticDataQuery } from "../../data/index.ts";
import type { StatisticView } from "../../data/index.ts";
import { useTopic } from "../../data/live/index.ts";

/** Whether a frame is read, and whether it is kept fresh live. */
type Interest = boolean | { read: boolean; live: boolean };

/**
 * The frame of a statistic in a view. The default view is kept fresh by the live topic; another view is read again when
 * the default one was computed anew; a view of the past stays as it is. While a new view loads, the frame before stays.
 */
export function useFrame(id: string, view: StatisticView = {}, interest: Interest = true) {
  const { read, live } = typeof interest === "boolean" ? { read: interest, live: interest } : interest;
  const past = view.at !== undefined;
  useTopic(live && !past ? `statistic:${id}` : null);
  const client = useQueryClient();
  const isDefault = !past && view.group === undefined && view.subject === undefined;
  const base = useQuery({ ...statisticDataQuery(id), enabled: read && !past });
  const other = useQuery({
    ...statisticDataQuery(id, view),
    enabled: read && !isDefault,
    placeholderData: keepPreviousData,
  });
  const computedAt = base.data?.computedAt ?? null;
  const seen = useRef(computedAt);
  useEffect(() => {
    const before = seen.current;
    seen.current = computedAt;
    if (isDefault || past || before === null || computedAt === null || before === computedAt) return;
    const { queryKey } = statisticDataQuery(id, { ...view });
    void client.invalidateQueries({ queryKey });
    // The parts of the view, not the object that holds them.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, id, view.group, view.subject, isDefault, past, computedAt]);
  return isDefault ? base : other;
}
