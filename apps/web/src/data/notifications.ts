import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Channel, Incident, NoticeState, PushSubscription } from "@ioc/contracts";
import { apiGet, apiSend, apiUrl } from "./request.ts";

/** Incidents, worst first. Open ones are kept fresh by the live topic `incidents`. */
export const incidentsQuery = (filter: { state?: Incident["state"] | "all"; alert?: string } = {}) =>
  queryOptions({
    queryKey: ["incidents", filter],
    queryFn: ({ signal }) => apiGet<"listIncidents">("/incidents", { limit: 1000, ...filter }, signal),
    staleTime: 15_000,
  });

/** One incident with its alerts. @param stamp changes when the incident has: it is read again then */
export const incidentQuery = (id: string, stamp = "") =>
  queryOptions({
    queryKey: ["incident", id, stamp],
    queryFn: ({ signal }) => apiGet<"getIncident">(`/incidents/${encodeURIComponent(id)}`, {}, signal),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });

/** Channels with counts of their notices. */
export const channelsQuery = () =>
  queryOptions({
    queryKey: ["notification-channels"],
    queryFn: ({ signal }) => apiGet<"listChannels">("/notification-channels", {}, signal),
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  });

interface NoticeFilter {
  state?: NoticeState;
  channel?: Channel;
  incident?: string;
  alert?: string;
}

/** Notices, newest first; for who holds a key. */
export const noticesQuery = (filter: NoticeFilter, key: string | null) =>
  queryOptions({
    queryKey: ["notifications", filter, key],
    queryFn: ({ signal }) => {
      const path = apiUrl("/notifications", { limit: 200, ...filter }).replace("/api/v1", "");
      return apiSend<"listNotifications">("GET", path, { key, signal });
    },
    enabled: key !== null,
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
    retry: false,
  });

/** Routes, contacts and who is on call; for who holds a key. */
export const noticeRoutesQuery = (key: string | null) =>
  queryOptions({
    queryKey: ["notification-routes", key],
    queryFn: ({ signal }) => apiSend<"getNotificationRoutes">("GET", "/notification-routes", { key, signal }),
    enabled: key !== null,
    refetchInterval: 60_000,
    retry: false,
  });

/** Operations centres of all schemes. */
export const centresQuery = () =>
  queryOptions({
    queryKey: ["centres"],
    queryFn: ({ signal }) => apiGet<"listCentres">("/centres", {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function retryNotice(id: number, key: string) {
  return apiSend<"retryNotification">("POST", `/notifications/${id}/retry`, { key, body: {} });
}

export function testChannel(channel: Channel, contact: string, key: string) {
  return apiSend<"testChannel">("POST", `/notification-channels/${channel}/test`, { key, body: { contact } });
}

export function savePushSubscription(contact: string, subscription: PushSubscription, key: string) {
  return apiSend<"putPushSubscription">("PUT", "/push-subscriptions", { key, body: { contact, subscription } });
}
