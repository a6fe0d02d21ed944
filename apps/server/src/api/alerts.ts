import { machineActors, unnamedActor, type AlertEvent } from "@ioc/contracts";
import type { AlertStore } from "@ioc/warnings";
import type { Handlers } from "./handlers.ts";
import { credentialOf } from "./credentials.ts";
import type { KeyCheck } from "./keys.ts";
import { pageOfPart } from "./page.ts";
import { notFound } from "./problem.ts";

/**
 * Alerts are open to all; who did what about them, and what they wrote, only to who is signed in or holds a valid key.
 *
 * @param scheme Scheme in use: area ids of a query are its units.
 */
export function alertHandlers(
  store: Pick<AlertStore, "list" | "get" | "events">,
  scheme: string,
  keys: Pick<KeyCheck, "isValid">,
): Pick<Handlers, "listAlerts" | "getAlert" | "listAlertEvents"> {
  const alertOf = async (id: string | undefined) => {
    const alert = await store.get(id ?? "");
    if (!alert) throw notFound(`There is no alert ${id}.`);
    return alert;
  };
  return {
    async listAlerts({ query, url }) {
      const { from, to, ...filter } = query;
      const found = await store.list({
        ...filter,
        scheme,
        from: from === undefined ? undefined : Date.parse(from),
        to: to === undefined ? undefined : Date.parse(to),
      });
      return pageOfPart(found.items, found.total, query, url);
    },
    getAlert: ({ params }) => alertOf(params["id"]),
    async listAlertEvents({ params, query, url, headers, secure }) {
      const alert = await alertOf(params["id"]);
      const found = await store.events(alert.id, query);
      const credential = credentialOf({ headers, secure });
      const items = credential !== null && keys.isValid(credential) ? found.items : found.items.map(withoutPeople);
      return pageOfPart(items, found.total, query, url);
    },
  };
}

/** An event without names and words of people; that something was done, and when, stays. */
function withoutPeople(event: AlertEvent): AlertEvent {
  if (machineActors.includes(event.actor)) return event;
  const { comment: _comment, assignee: _assignee, ...detail } = event.detail;
  return { ...event, actor: unnamedActor, detail };
}
