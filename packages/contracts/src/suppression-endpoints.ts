import { z } from "zod";
import { listOf, pageQuery } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { suppression, suppressionDraft, suppressionPreview } from "./suppression.ts";

/** Routes of what keeps alerts from being told. */
export const suppressionEndpoints = {
  listSuppressions: endpoint({
    method: "get",
    path: "/suppressions",
    tag: "alerts",
    summary: "Silences, maintenance windows and inhibitions, newest first",
    query: pageQuery.extend({ state: z.enum(["current", "over", "all"]).default("current") }),
    response: listOf(suppression),
  }),
  previewSuppression: endpoint({
    method: "post",
    path: "/suppressions/preview",
    tag: "alerts",
    summary: "Which alerts of the last 30 days a suppression would have hidden; nothing is kept",
    body: suppressionDraft,
    response: suppressionPreview,
    key: true,
  }),
  postSuppression: endpoint({
    method: "post",
    path: "/suppressions",
    tag: "alerts",
    summary: "Keeps a suppression; one that hides much or emergencies needs `confirmed: true`",
    body: z.object({ rule: suppressionDraft, confirmed: z.boolean().default(false) }),
    response: suppression,
    status: 201,
    key: true,
  }),
  deleteSuppression: endpoint({
    method: "delete",
    path: "/suppressions/{id}",
    tag: "alerts",
    summary: "Ends a suppression now; it is kept as over",
    response: suppression,
    key: true,
  }),
} as const;
