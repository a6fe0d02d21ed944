export { openObservations } from "./open.ts";
export type { Observations, OpenObservationsOptions, StorageFigures } from "./open.ts";
export type { SlowQuery } from "./reader-pool.ts";
export { BackupFailed, contentsOf, snapshotDatabase } from "./backup.ts";
export type { StoreContents } from "./backup.ts";
export { checkStore } from "./check.ts";
export type { StoreCheck } from "./check.ts";
export { forgetRollups } from "./rebuild.ts";
export type { StoreProblem } from "./store-problem.ts";
