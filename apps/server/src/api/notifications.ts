import { channels, channel as channelId } from "@ioc/contracts";
import { channelsOf } from "@ioc/notifications";
import { DeliveryError } from "../notifications/delivery.ts";
import type { Notifications } from "../notifications/start.ts";
import type { Handlers } from "./handlers.ts";
import { pageOf, pageOfPart } from "./page.ts";
import { notFound, ProblemError, unfit } from "./problem.ts";

type NotificationOperations =
  | "listIncidents"
  | "getIncident"
  | "listNotifications"
  | "retryNotification"
  | "listChannels"
  | "testChannel"
  | "getNotificationRoutes"
  | "putPushSubscription"
  | "deletePushSubscription";

/** Incidents, notices, channels and routes. Addresses of contacts and settings of channels are never answered. @param now city time */
export function notificationHandlers(
  { store, directory, enabled, needs, publicKey, plan, centres, test }: Notifications,
  now: () => number,
): Pick<Handlers, NotificationOperations> {
  const { incidents, outbox } = store;
  return {
    async listIncidents({ query, url }) {
      const { items, total } = await incidents.list(query);
      return pageOfPart(items, total, query, url);
    },
    async getIncident({ params }) {
      const found = await incidents.get(params["id"] ?? "");
      if (!found) throw notFound(`There is no incident ${params["id"]}.`);
      return { ...found, alerts: await incidents.members(found.id) };
    },
    async listNotifications({ query, url }) {
      const { items, total } = await outbox.list(query);
      return pageOfPart(items, total, query, url);
    },
    async retryNotification({ params }) {
      const id = Number(params["id"]);
      const found = Number.isSafeInteger(id) ? await outbox.get(id) : null;
      if (!found) throw notFound(`There is no notification ${params["id"]}.`);
      if (!(await outbox.retry(id)))
        throw new ProblemError(409, "conflict", "Only what has failed can be tried again.");
      return (await outbox.get(id)) ?? found;
    },
    async listChannels({ query, url }) {
      const items = await Promise.all(
        channels.map(async (id) => ({
          id,
          configured: enabled.has(id),
          needs: [...needs[id]],
          ...(await outbox.counts(id)),
          publicKey: id === "push" ? publicKey : null,
        })),
      );
      return pageOf(items, query, url);
    },
    async testChannel({ params, body }) {
      const parsed = channelId.safeParse(params["id"]);
      if (!parsed.success) throw notFound(`There is no channel ${params["id"]}.`);
      if (!directory.contact(body.contact)) throw unfit("body", "contact", "there is no such contact");
      try {
        await test(parsed.data, body.contact);
      } catch (error) {
        if (!(error instanceof DeliveryError)) throw error;
        return { sent: false, error: error.message };
      }
      return { sent: true, error: null };
    },
    async getNotificationRoutes() {
      const pushed = await outbox.pushed();
      const at = now();
      return {
        routes: plan.routes,
        grouping: plan.grouping,
        contacts: plan.contacts.map((one) => ({
          id: one.id,
          name: one.name,
          centre: one.centre,
          language: one.language,
          channels: channelsOf(one, pushed.has(one.id)),
        })),
        onCall: centres.flatMap(({ id }) =>
          (["duty", "leader"] as const).flatMap((role) => {
            const contacts = directory.onCall(id, role, at).map((one) => one.id);
            return contacts.length > 0 ? [{ centre: id, role, contacts }] : [];
          }),
        ),
      };
    },
    async putPushSubscription({ body }) {
      if (publicKey === null) {
        throw new ProblemError(503, "not-available", `Push messages need ${needs.push.join(" and ")}.`);
      }
      if (!directory.contact(body.contact)) throw unfit("body", "contact", "there is no such contact");
      await outbox.subscribe(body.contact, body.subscription);
      return { contact: body.contact };
    },
    async deletePushSubscription({ query }) {
      await outbox.unsubscribe(query.endpoint);
      return { endpoint: query.endpoint };
    },
  };
}
