import { queryOptions } from "@tanstack/react-query";
import type { WarningDefinition } from "@ioc/contracts";
import { apiGet, apiSend } from "./request.ts";

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

/** How the alerts of each warning compare with the events on record. */
export const warningVerificationQuery = () =>
  queryOptions({
    queryKey: ["warning-verification"],
    queryFn: ({ signal }) => apiGet<"getWarningVerification">("/warnings/verification", {}, signal),
    staleTime: 60_000,
  });

/** Runs a warning over history; without `definition` the one in force. Nothing of it is kept. */
export function backtestWarning(
  id: string,
  { from, to, definition }: { from: number; to: number; definition?: WarningDefinition | undefined },
  key: string,
) {
  const body = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), definition };
  return apiSend<"backtestWarning">("POST", `/warnings/${encodeURIComponent(id)}/backtest`, { key, body });
}
