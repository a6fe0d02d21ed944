import { backtestAnswer, backtestRequest, warningVerification } from "./backtest.ts";
import { endpoint } from "./endpoint.ts";

/** Routes of warnings over history: how they did, and how a changed one would have done. */
export const warningEndpoints = {
  getWarningVerification: endpoint({
    method: "get",
    path: "/warnings/verification",
    tag: "warnings",
    summary: "Alerts of the last 12 months held against events on record, for each warning",
    response: warningVerification,
  }),
  backtestWarning: endpoint({
    method: "post",
    path: "/warnings/{id}/backtest",
    tag: "warnings",
    summary: "Runs a warning, also a changed one, over history; nothing of it is kept",
    body: backtestRequest,
    response: backtestAnswer,
    key: true,
  }),
} as const;
