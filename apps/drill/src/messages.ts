import type { Alert, DrillVerdict } from "@ioc/contracts";

/** What the program of a drill tells its parent. */
export type DrillMessage =
  | { type: "progress"; reached: number | null; changed: Alert[] }
  | { type: "done"; verdict: DrillVerdict; alerts: Alert[]; errors: Record<string, string> }
  | { type: "failed"; message: string };
