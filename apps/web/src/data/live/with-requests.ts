import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import type { Alert, StationItem } from "@ioc/contracts";
import { alertsQuery } from "../alerts.ts";
import { stationsQuery } from "../stations.ts";
import { useLiveAlerts, useStationStatuses } from "./hooks.ts";
import { useLive } from "./live-provider.tsx";

interface Reading<T> {
  /** Undefined until something was read. */
  items: readonly T[] | undefined;
  error: Error | null;
  retry: () => void;
}

/**
 * Alerts that are not cleared, read once and kept fresh live. An alert that clears stays in the list with condition
 * `cleared` until the next snapshot, so that a list can show what became of it.
 */
export function useOpenAlerts(): Reading<Alert> {
  const query = useQuery(alertsQuery({ state: "open" }));
  const live = useLiveAlerts();
  const loaded = useLive()?.alerts("alerts:all").loaded ?? false;
  const items = useMemo(
    () => (loaded ? [...live.values()] : query.data?.items),
    // `loaded` turns true together with a new map.
    [live, loaded, query.data],
  );
  return { items, error: items ? null : query.error, retry: () => void query.refetch() };
}

/** All stations with their newest live status. */
export function useStationsNow(): Reading<StationItem> {
  const query = useQuery(stationsQuery());
  const statuses = useStationStatuses();
  const items = useMemo(
    () =>
      query.data?.items.map((station) => {
        const status = statuses.get(station.id);
        return status ? { ...station, status } : station;
      }),
    [query.data, statuses],
  );
  return { items, error: items ? null : query.error, retry: () => void query.refetch() };
}
