import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "./request.ts";

/** Warning definitions with their state. */
export const warningsQuery = () =>
  queryOptions({
    queryKey: ["warnings"],
    queryFn: ({ signal }) => apiGet<"listWarnings">("/warnings", { limit: 5000 }, signal),
    staleTime: 300_000,
  });

export const warningQuery = (id: string) =>
  queryOptions({
    queryKey: ["warning", id],
    queryFn: ({ signal }) => apiGet<"getWarning">(`/warnings/${encodeURIComponent(id)}`, {}, signal),
    staleTime: 300_000,
  });
