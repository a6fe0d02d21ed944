/** What draws: kept apart from the formats, so that a page loads it only when it shows a chart. */
export { chartPlan } from "./chart-option.ts";
export { timeSeriesPlan } from "./time-series.ts";
export { summaryOf } from "./summary.ts";
export { mountChart } from "./engine.ts";
