import type { QualityFlag } from "@ioc/contracts";
import type { DatastreamSpec, QualifiedObservation } from "./port.ts";

/** 1 October 2026 00:00 UTC. */
export const T0 = Date.UTC(2026, 9, 1);
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

export function specOf(id: string, given: Partial<DatastreamSpec> = {}): DatastreamSpec {
  const [station = "", property = ""] = id.split(":");
  const bounds = { min: null, max: null, maxStep: null };
  return { id, station, property, unit: "Cel", kind: "mean", periodSeconds: 300, ...bounds, decimals: 1, ...given };
}

export function observation(
  datastream: string,
  phenomenonTime: number,
  result: number | null,
  quality: QualityFlag = 1,
  reasons: readonly string[] = [],
): QualifiedObservation {
  return { datastream, phenomenonTime, resultTime: phenomenonTime, result, quality, reasons };
}
