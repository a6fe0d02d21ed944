import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "./request.ts";

/** Station kinds and what they observe. */
export const kindsQuery = () =>
  queryOptions({
    queryKey: ["kinds"],
    queryFn: ({ signal }) => apiGet<"listKinds">("/kinds", { limit: 5000 }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** All stations that the scheme in use sees; their state is kept fresh by the live topic `map`. */
export const stationsQuery = () =>
  queryOptions({
    queryKey: ["stations"],
    queryFn: ({ signal }) => apiGet<"listStations">("/stations", { limit: 5000 }, signal),
    staleTime: 300_000,
  });

/** One station with its datastreams and newest values; kept fresh by the live topic `station:{id}`. */
export const stationQuery = (id: string) =>
  queryOptions({
    queryKey: ["station", id],
    queryFn: ({ signal }) => apiGet<"getStation">(`/stations/${encodeURIComponent(id)}`, {}, signal),
    staleTime: 60_000,
  });
