import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type { Alert, Incident, LatestValue, Notice, StationStatus, Topic } from "@ioc/contracts";
import type { ConnectionState } from "./connection.ts";
import { useLive } from "./live-provider.tsx";

const nothing = () => () => {};

/** Keeps a topic subscribed while the component is shown. */
export function useTopic(topic: Topic | null): void {
  const live = useLive();
  useEffect(() => (live && topic ? live.subscribe(topic) : undefined), [live, topic]);
}

/** State of the connection: phase, since when it is lost, changes received after it came back. */
export function useConnection(): ConnectionState {
  const live = useLive();
  return useSyncExternalStore(
    live?.subscribeConnection ?? nothing,
    () => live?.connection() ?? offlineState,
    () => offlineState,
  );
}
const offlineState: ConnectionState = { phase: "connecting", lostAt: null, caughtUp: null };

/** Live status of every station by id; empty until the first snapshot. Subscribes to `map`. */
export function useStationStatuses(): ReadonlyMap<string, StationStatus> {
  useTopic("map");
  const live = useLive();
  return useSyncExternalStore(
    live?.stations.subscribeAll ?? nothing,
    () => live?.stations.all() ?? noStations,
    () => noStations,
  );
}
const noStations: ReadonlyMap<string, StationStatus> = new Map();

/** Live status of one station. The caller's page subscribes to `map` or `station:{id}`. */
export function useStationStatus(id: string): StationStatus | undefined {
  const live = useLive();
  const subscribe = useCallback(
    (listener: () => void) => live?.stations.subscribe(id, listener) ?? (() => {}),
    [live, id],
  );
  return useSyncExternalStore(
    subscribe,
    () => live?.stations.get(id),
    () => undefined,
  );
}

/** Newest value of one datastream. The caller's page subscribes to `station:{id}`. */
export function useLatest(datastream: string): LatestValue | undefined {
  const live = useLive();
  const subscribe = useCallback(
    (listener: () => void) => live?.latest.subscribe(datastream, listener) ?? (() => {}),
    [live, datastream],
  );
  return useSyncExternalStore(
    subscribe,
    () => live?.latest.get(datastream),
    () => undefined,
  );
}

/** Live alerts of the city (or of one area) by id, cleared ones included until the next snapshot. Subscribes. */
export function useLiveAlerts(area = "all"): ReadonlyMap<string, Alert> {
  const topic = `alerts:${area}`;
  useTopic(topic);
  const live = useLive();
  const store = useMemo(() => live?.alerts(topic), [live, topic]);
  return useSyncExternalStore(
    store?.subscribeAll ?? nothing,
    () => store?.all() ?? noAlerts,
    () => noAlerts,
  );
}
const noAlerts: ReadonlyMap<string, Alert> = new Map();

/** Open incidents by id, those that have ended included until the next snapshot; null before the first one. Subscribes. */
export function useLiveIncidents(): ReadonlyMap<string, Incident> | null {
  useTopic("incidents");
  const live = useLive();
  return useSyncExternalStore(
    live?.incidents.subscribeAll ?? nothing,
    () => (live?.incidents.loaded ? live.incidents.all() : null),
    () => null,
  );
}

/** In-app notices that came since the page was opened, by id. Subscribes. */
export function useLiveNotices(): ReadonlyMap<string, Notice> {
  useTopic("notifications");
  const live = useLive();
  return useSyncExternalStore(
    live?.notices.subscribeAll ?? nothing,
    () => live?.notices.all() ?? noNotices,
    () => noNotices,
  );
}
const noNotices: ReadonlyMap<string, Notice> = new Map();

/**
 * City time in ms, renewed every `intervalMs` of city time (at most once a real second) and whenever the clock is set. Null until the server was
 * heard.
 */
export function useCityNow(intervalMs: number): number | null {
  const live = useLive();
  const shown = useRef<number | null>(null);
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!live) return () => {};
      const renew = () => {
        shown.current = live.clock.known ? live.clock.now() : null;
        listener();
      };
      renew();
      const stop = live.clock.subscribe(renew);
      // Where the city runs faster, its ages grow faster too.
      const timer = setInterval(renew, Math.max(1_000, intervalMs / live.clock.speed));
      return () => {
        stop();
        clearInterval(timer);
      };
    },
    [live, intervalMs],
  );
  return useSyncExternalStore(
    subscribe,
    () => shown.current,
    () => null,
  );
}
