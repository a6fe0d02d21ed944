import { queryOptions } from "@tanstack/react-query";
import type { Grouping } from "@ioc/contracts";
import { apiGet, apiUrl } from "./request.ts";

export interface StatisticView {
  group?: Grouping;
  /** Area or station id. */
  subject?: string;
}

/** Definitions with their newest value. */
export const statisticsQuery = () =>
  queryOptions({
    queryKey: ["statistics"],
    queryFn: ({ signal }) => apiGet<"listStatistics">("/statistics", { limit: 5000 }, signal),
    staleTime: 60_000,
  });

export const statisticQuery = (id: string) =>
  queryOptions({
    queryKey: ["statistic", id],
    queryFn: ({ signal }) => apiGet<"getStatistic">(`/statistics/${encodeURIComponent(id)}`, {}, signal),
    staleTime: 60_000,
  });

/** Result as a frame. The default view is kept fresh by the live topic `statistic:{id}`. */
export const statisticDataQuery = (id: string, view: StatisticView = {}) =>
  queryOptions({
    queryKey: ["statistic-data", id, view.group ?? null, view.subject ?? null],
    queryFn: ({ signal }) =>
      apiGet<"getStatisticData">(`/statistics/${encodeURIComponent(id)}/data`, { ...view }, signal),
    staleTime: 60_000,
  });

/** Address of the result as CSV or as a picture, for downloads and links. */
export function statisticFileUrl(
  id: string,
  format: "csv" | "svg",
  view: StatisticView & { lang?: "vi" | "en"; w?: number; theme?: "light" | "dark" | "wall" } = {},
): string {
  return apiUrl(`/statistics/${encodeURIComponent(id)}/data.${format}`, { ...view });
}
