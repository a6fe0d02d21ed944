import type { Alert } from "@ioc/contracts";
import { severityRank } from "@ioc/contracts/severity";
import type { Severity } from "@ioc/contracts/severity";

/** Worst severity of the open alerts by the narrowest area each lies in. An alert about the whole city shades nothing. */
export function worstByArea(alerts: readonly Alert[], scheme: string): Map<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const alert of alerts) {
    if (alert.condition !== "firing" && alert.condition !== "recovering") continue;
    const area = alert.subject.type === "city" ? undefined : alert.areas[scheme]?.[0];
    if (area !== undefined && severityRank(alert.severity) > severityRank(worst.get(area)))
      worst.set(area, alert.severity);
  }
  return worst;
}
