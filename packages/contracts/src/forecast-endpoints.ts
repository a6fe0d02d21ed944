import { z } from "zod";
import { listOf, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { forecastFan, forecastItem } from "./forecast.ts";

/** Routes of forecasts. */
export const forecastEndpoints = {
  listForecasts: endpoint({
    method: "get",
    path: "/forecasts",
    tag: "forecasts",
    summary: "Forecast definitions with the method chosen for each subject and how past forecasts did",
    query: pageQuery.extend({ domain: z.string().optional() }),
    response: listOf(forecastItem),
  }),
  getForecast: endpoint({
    method: "get",
    path: "/forecasts/{id}",
    tag: "forecasts",
    summary:
      "The newest forecast of a subject with its 80 and 95 % bands, after the observed series; the first subject unless named",
    query: z.object({ subject: z.string().max(120).optional() }),
    response: forecastFan,
  }),
} as const;
