export { HistoryChart } from "./history-chart.tsx";
export { StationPanel } from "./station-panel.tsx";
