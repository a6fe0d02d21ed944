export { HistoryChart } from "./history-chart.tsx";
export { StationPanel } from "./station-panel.tsx";
export { readStationView } from "./station-view.ts";
export type { StationView } from "./station-view.ts";
