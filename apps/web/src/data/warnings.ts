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

/** What a rule makes of a subject now, and why. `sequence` of its alert: a newer event asks again. */
export const explanationQuery = (definition: string, subject: string, sequence: number) =>
  queryOptions({
    queryKey: ["explanation", definition, subject, sequence],
    queryFn: ({ signal }) =>
      apiGet<"explainWarning">(`/warnings/${encodeURIComponent(definition)}/explain`, { subject }, signal),
    staleTime: 10_000,
    refetchInterval: 30_000,
  });
