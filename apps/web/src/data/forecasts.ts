import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "./request.ts";

/** Forecast definitions with the method chosen for each subject and how past forecasts did. */
export const forecastsQuery = () =>
  queryOptions({
    queryKey: ["forecasts"],
    queryFn: ({ signal }) => apiGet<"listForecasts">("/forecasts", { limit: 5000 }, signal),
    staleTime: 60_000,
    refetchInterval: 300_000,
  });

/** The newest forecast of a subject as a fan. */
export const forecastQuery = (id: string, subject: string) =>
  queryOptions({
    queryKey: ["forecast", id, subject],
    queryFn: ({ signal }) => apiGet<"getForecast">(`/forecasts/${encodeURIComponent(id)}`, { subject }, signal),
    staleTime: 60_000,
    refetchInterval: 300_000,
  });
