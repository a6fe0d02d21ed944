export { anomalyAlarm, createAnomalyDetector } from "./anomaly/detector.ts";
export type { AnomalyDetector, AnomalyState } from "./anomaly/detector.ts";
export { createWarningEngine } from "./engine/engine.ts";
export type { WarningEngine, WarningEngineOptions } from "./engine/engine.ts";
export { checkWarning } from "./rule/check.ts";
export type { AlertFilter, OpenAlerts, StationAlerts } from "./store/alert-reader.ts";
export { openAlertStore } from "./store/alert-store.ts";
export type { AlertStore } from "./store/alert-store.ts";
export type { WorkOutcome, WorkRequest } from "./store/alert-writer.ts";
