export { openObservations } from "./open.ts";
export type { OpenObservationsOptions, Observations } from "./open.ts";
