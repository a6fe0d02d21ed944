export { openObservations } from "./open.ts";
export type { Observations, OpenObservationsOptions, StorageFigures } from "./open.ts";
export type { SlowQuery } from "./reader-pool.ts";
