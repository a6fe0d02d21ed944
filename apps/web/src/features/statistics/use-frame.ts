import { useEffect, useRef } from "react";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { statisticDataQuery } from "../../data/index.ts";
import type { StatisticView } from "../../data/index.ts";
import { useTopic } from "../../data/live/index.ts";

/**
 * The frame of a statistic in a view. The default view is kept fresh by the live topic; another view is read again when
 * the default one was computed anew. While a new view loads, the frame before stays.
 */
export function useFrame(id: string, view: StatisticView = {}, enabled = true) {
  useTopic(enabled ? `statistic:${id}` : null);
  const client = useQueryClient();
  const isDefault = view.group === undefined && view.subject === undefined;
  const base = useQuery({ ...statisticDataQuery(id), enabled });
  const other = useQuery({
    ...statisticDataQuery(id, view),
    enabled: enabled && !isDefault,
    placeholderData: keepPreviousData,
  });
  const computedAt = base.data?.computedAt ?? null;
  const seen = useRef(computedAt);
  useEffect(() => {
    const before = seen.current;
    seen.current = computedAt;
    if (isDefault || before === null || computedAt === null || before === computedAt) return;
    void client.invalidateQueries({ queryKey: ["statistic-data", id, view.group ?? null, view.subject ?? null] });
  }, [client, id, view.group, view.subject, isDefault, computedAt]);
  return isDefault ? base : other;
}
