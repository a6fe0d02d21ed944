import type { WarningItem } from "@ioc/contracts";
import type { Handlers } from "./handlers.ts";
import { pageOf } from "./page.ts";
import { notFound } from "./problem.ts";

export function warningHandlers(list: () => WarningItem[]): Pick<Handlers, "listWarnings" | "getWarning"> {
  return {
    listWarnings({ query, url }) {
      const found = list().filter((one) => query.domain === undefined || one.domain === query.domain);
      return pageOf(found, query, url);
    },
    getWarning({ params }) {
      const found = list().find((one) => one.id === params["id"]);
      if (!found) throw notFound(`There is no warning ${params["id"]}.`);
      return found;
    },
  };
}
