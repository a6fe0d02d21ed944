import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "./request.ts";

const hour = 3_600_000;

/** The city, its time and how it is played. */
export const cityQuery = () =>
  queryOptions({
    queryKey: ["city"],
    queryFn: ({ signal }) => apiGet<"getCity">("/city", {}, signal),
    staleTime: hour,
  });

/** Counts of stations by state and of open alerts; kept fresh by the live topic `summary`. */
export const summaryQuery = () =>
  queryOptions({
    queryKey: ["summary"],
    queryFn: ({ signal }) => apiGet<"getSummary">("/summary", {}, signal),
    staleTime: 30_000,
  });

/** How the city is played; kept fresh by the live topic `summary`. */
export const simulationQuery = () =>
  queryOptions({
    queryKey: ["simulation"],
    queryFn: ({ signal }) => apiGet<"getSimulation">("/simulation", {}, signal),
    staleTime: 30_000,
  });

/** Own offline basemap as GeoJSON. */
export const basemapQuery = () =>
  queryOptions({
    queryKey: ["basemap"],
    queryFn: ({ signal }) => apiGet<"getBasemap">("/basemap", {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
