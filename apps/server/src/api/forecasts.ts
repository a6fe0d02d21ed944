import type { CityForecasts } from "../forecasts/city-forecasts.ts";
import type { Handlers } from "./handlers.ts";
import { pageOf } from "./page.ts";
import { notFound } from "./problem.ts";

export function forecastHandlers(
  forecasts: Pick<CityForecasts, "list" | "fan">,
  now: () => number,
): Pick<Handlers, "listForecasts" | "getForecast"> {
  return {
    async listForecasts({ query, url }) {
      const found = await forecasts.list();
      return pageOf(
        found.filter((one) => query.domain === undefined || one.domain === query.domain),
        query,
        url,
      );
    },
    async getForecast({ params, query }) {
      const id = params["id"] ?? "";
      const fan = await forecasts.fan(id, query.subject, now());
      if (!fan) throw notFound(`There is no forecast ${id}${query.subject ? ` of ${query.subject}` : ""} yet.`);
      return fan;
    },
  };
}
