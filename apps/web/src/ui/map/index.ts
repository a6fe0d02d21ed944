export { MapView } from "./map-view.tsx";
export type { Box } from "./map-controller.ts";
export type { LooseCollection } from "./base-data.ts";
export { toMapStations } from "./station-features.ts";
export type { MapStation } from "./station-features.ts";
