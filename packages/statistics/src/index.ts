export { checkStatistic } from "./check.ts";
export { readingsAsked } from "./cost.ts";
export { createStatisticsEngine } from "./engine.ts";
export type { StatisticsEngine, StatisticsOptions } from "./engine.ts";
export { holidaysOf } from "./holidays.ts";
export { operatorItems } from "./registry.ts";
export { ViewError } from "./view.ts";
export type { ViewRequest } from "./view.ts";
