import type { ViewError } from "@ioc/statistics";
import { notFound, unfit, type ProblemError } from "./problem.ts";

/** A view that does not fit, as the refusal of a request that named it in its `query` or `body`. */
export function viewProblem(error: ViewError, where: "query" | "body"): ProblemError {
  if (error.reason === "unknown-statistic") return notFound(error.message);
  return unfit(where, error.reason === "bad-group" ? "group" : "subject", error.message);
}
