import { z } from "zod";
import { listOf, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import {
  channel,
  channelItem,
  incident,
  incidentMember,
  incidentState,
  notice,
  noticeRoutes,
  noticeState,
  pushSubscription,
} from "./notification.ts";

/** Routes of incidents and of what is told to whom. */
export const notificationEndpoints = {
  listIncidents: endpoint({
    method: "get",
    path: "/incidents",
    tag: "incidents",
    summary: "Incidents, newest first; open ones unless `state` says otherwise",
    query: pageQuery.extend({
      state: z.enum([...incidentState.options, "all"]).default("open"),
      definition: z.string().optional(),
      centre: z.string().optional(),
      alert: z.string().optional(),
    }),
    response: listOf(incident),
  }),
  getIncident: endpoint({
    method: "get",
    path: "/incidents/{id}",
    tag: "incidents",
    summary: "One incident with all of its alerts",
    response: incident.extend({ alerts: z.array(incidentMember) }),
  }),
  listNotifications: endpoint({
    method: "get",
    path: "/notifications",
    tag: "notifications",
    summary: "Notices that were sent, wait or have failed, newest first",
    query: pageQuery.extend({
      state: noticeState.optional(),
      channel: channel.optional(),
      incident: z.string().optional(),
      alert: z.string().optional(),
    }),
    response: listOf(notice),
    key: true,
  }),
  retryNotification: endpoint({
    method: "post",
    path: "/notifications/{id}/retry",
    tag: "notifications",
    summary: "Lets a notice that has failed wait for another attempt, under the same idempotency key",
    body: z.object({}),
    response: notice,
    key: true,
  }),
  listChannels: endpoint({
    method: "get",
    path: "/notification-channels",
    tag: "notifications",
    summary: "Channels, whether they are configured, and counts of their notices",
    query: pageQuery,
    response: listOf(channelItem),
  }),
  testChannel: endpoint({
    method: "post",
    path: "/notification-channels/{id}/test",
    tag: "notifications",
    summary: "Sends a test message to a contact at once and answers how it went",
    body: z.object({ contact: z.string() }),
    response: z.object({ sent: z.boolean(), error: z.string().nullable() }),
    key: true,
  }),
  getNotificationRoutes: endpoint({
    method: "get",
    path: "/notification-routes",
    tag: "notifications",
    summary: "Routes, contacts without their addresses, and who is on call now",
    response: noticeRoutes,
    key: true,
  }),
  putPushSubscription: endpoint({
    method: "put",
    path: "/push-subscriptions",
    tag: "notifications",
    summary: "Subscribes a browser to the push messages of a contact",
    body: z.object({ contact: z.string(), subscription: pushSubscription }),
    response: z.object({ contact: z.string() }),
    key: true,
  }),
  deletePushSubscription: endpoint({
    method: "delete",
    path: "/push-subscriptions",
    tag: "notifications",
    summary: "Ends a browser's subscription to push messages",
    query: z.object({ endpoint: z.string().max(2000) }),
    response: z.object({ endpoint: z.string() }),
    key: true,
  }),
} as const;
