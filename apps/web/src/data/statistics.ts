import { queryOptions } from "@tanstack/react-query";
import type { ChartKind, Grouping, Lang, StatisticDefinition } from "@ioc/contracts";
import { apiGet, apiSend, apiUrl } from "./request.ts";

export interface StatisticView {
  group?: Grouping;
  /** Area or station id, or a value of the column that the view is grouped by. */
  subject?: string;
  /** Instant as of which it is calculated, ISO 8601; now unless given. */
  at?: string;
}

const below = (id: string, rest = ""): string => `/statistics/${encodeURIComponent(id)}${rest}`;

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
    queryFn: ({ signal }) => apiGet<"getStatistic">(below(id), {}, signal),
    staleTime: 60_000,
  });

/** Result as a frame. The default view is kept fresh by the live topic `statistic:{id}`; one of the past stays as it is. */
export const statisticDataQuery = (id: string, { group, subject, at }: StatisticView = {}) =>
  queryOptions({
    queryKey: ["statistic-data", id, group ?? null, subject ?? null, at ?? null],
    queryFn: ({ signal }) => apiGet<"getStatisticData">(below(id, "/data"), { group, subject, at }, signal),
    staleTime: at === undefined ? 60_000 : 600_000,
  });

/** Headlines as they were calculated, newest first. */
export const statisticResultsQuery = (id: string) =>
  queryOptions({
    queryKey: ["statistic-results", id],
    queryFn: ({ signal }) => apiGet<"listStatisticResults">(below(id, "/history"), { limit: 1000 }, signal),
    staleTime: 60_000,
  });

/** Versions of the definition that were saved in this installation, newest first. */
export const statisticVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["statistic-versions", id],
    queryFn: ({ signal }) => apiGet<"listStatisticVersions">(below(id, "/versions"), { limit: 200 }, signal),
    staleTime: 10_000,
  });

type Looks = StatisticView & { lang?: Lang; w?: number; theme?: "light" | "dark" | "wall"; chart?: ChartKind };

/** Address of the result as CSV or as a picture, for downloads and links. */
export function statisticFileUrl(id: string, format: "csv" | "svg" | "png", view: Looks = {}): string {
  return apiUrl(below(id, `/data.${format}`), { ...view });
}

/** A definition as it is being edited: what is not complete yet is judged by the server. */
export type DraftDefinition = Record<string, unknown>;

/** Checks a definition and calculates it once; nothing is kept. */
export function previewStatistic(
  definition: DraftDefinition,
  view: Pick<StatisticView, "group" | "subject">,
  key: string | null,
  signal?: AbortSignal,
) {
  return apiSend<"previewStatistic">("POST", "/statistics/preview", { key, signal, body: { definition, ...view } });
}

/** Saves a definition as its next version; its `version` names the one it was made from. */
export function saveStatistic(
  definition: DraftDefinition & Pick<StatisticDefinition, "id">,
  note: string,
  key: string,
) {
  return apiSend<"putStatistic">("PUT", below(definition.id), { key, body: { definition, note } });
}

/** Takes back what was saved here: the pack's own definition, or none, is in force again. */
export function takeBackStatistic(id: string, key: string) {
  return apiSend<"deleteStatistic">("DELETE", below(id), { key });
}
