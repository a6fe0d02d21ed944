export { AlertAnnouncer } from "./alert-announcer.tsx";
export { AlertList } from "./alert-list.tsx";
export { AlertPanel } from "./alert-panel.tsx";
export { compareAlerts, compareCleared, countBySeverity, filterAlerts } from "./alert-order.ts";
export { thresholdsOf } from "./thresholds.ts";
