import { queryOptions } from "@tanstack/react-query";
import type { SuppressionRule } from "@ioc/contracts";
import { apiGet, apiSend } from "./request.ts";

/** A suppression as it is sent: its times are texts. */
export type SuppressionDraft = TimesAsText<SuppressionRule>;
type TimesAsText<T> = T extends { from: number; until: number; repeat: infer R }
  ? Omit<T, "from" | "until" | "repeat"> & { from: string; until: string; repeat: RepeatAsText<R> }
  : T extends { from: number; until: number }
    ? Omit<T, "from" | "until"> & { from: string; until: string }
    : T;
type RepeatAsText<R> = R extends { until: number | null } ? Omit<R, "until"> & { until: string | null } : R;

/** Silences, maintenance windows and inhibitions, newest first. */
export const suppressionsQuery = (state: "current" | "over") =>
  queryOptions({
    queryKey: ["suppressions", state],
    queryFn: ({ signal }) => apiGet<"listSuppressions">("/suppressions", { state, limit: 200 }, signal),
    staleTime: 10_000,
    refetchInterval: 30_000,
  });

/** What it would have hidden of the alerts of the last 30 days; nothing is kept. */
export function previewSuppression(rule: SuppressionDraft, key: string) {
  return apiSend<"previewSuppression">("POST", "/suppressions/preview", { key, body: rule });
}

export function saveSuppression(rule: SuppressionDraft, confirmed: boolean, key: string) {
  return apiSend<"postSuppression">("POST", "/suppressions", { key, body: { rule, confirmed } });
}

export function endSuppression(id: string, key: string) {
  return apiSend<"deleteSuppression">("DELETE", `/suppressions/${encodeURIComponent(id)}`, { key });
}
