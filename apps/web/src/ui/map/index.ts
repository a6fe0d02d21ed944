export { MapView } from "./map-view.tsx";
export type { Box } from "./map-controller.ts";
export { toMapStations } from "./station-features.ts";
