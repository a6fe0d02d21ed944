import type { AlertStore } from "@ioc/warnings";
import type { Handlers } from "./handlers.ts";
import { pageOfPart } from "./page.ts";
import { notFound } from "./problem.ts";

/** @param scheme Scheme in use: area ids of a query are its units. */
export function alertHandlers(
  store: Pick<AlertStore, "list" | "get" | "events">,
  scheme: string,
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
    async listAlertEvents({ params, query, url }) {
      const alert = await alertOf(params["id"]);
      const found = await store.events(alert.id, query);
      return pageOfPart(found.items, found.total, query, url);
    },
  };
}
