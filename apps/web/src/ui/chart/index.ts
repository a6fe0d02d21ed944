export { Chart } from "./chart.tsx";
export { FrameTable } from "./frame-table.tsx";
export { TimeSeriesChart } from "./time-series-chart.tsx";
export { useSurroundings } from "./use-surroundings.ts";
