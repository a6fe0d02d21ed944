export { KpiStrip } from "./kpi-strip.tsx";
