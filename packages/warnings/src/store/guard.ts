import type { Alert, SuppressedBy } from "@ioc/contracts";
import { suppressionsOf } from "../suppression/suppress.ts";
import type { SuppressionCity } from "../suppression/suppress.ts";
import type { KeptSuppression } from "./suppression-store.ts";

/** Open alerts in memory, so that each commit knows what suppresses them: others that are open are part of the reason. */
export class SuppressionGuard {
  private readonly city: SuppressionCity;
  private readonly open = new Map<string, Alert>();

  /** @param open all alerts that are open */
  constructor(city: SuppressionCity, open: readonly Alert[]) {
    this.city = city;
    this.take(open);
  }

  /** Takes in alerts that were committed. */
  take(alerts: readonly Alert[]): void {
    for (const alert of alerts) {
      if (alert.condition === "cleared") this.open.delete(alert.id);
      else this.open.set(alert.id, alert);
    }
  }

  /** Open alerts whose shelf has come to its end. */
  shelvedBefore(now: number): string[] {
    return [...this.open.values()]
      .filter(({ handling: { shelvedUntil } }) => shelvedUntil !== null && shelvedUntil <= now)
      .map(({ id }) => id);
  }

  /**
   * What suppresses open alerts at `now` where that is not what they say, by id.
   * @param changed alerts as this transaction leaves them
   */
  differences(
    changed: readonly Alert[],
    rules: readonly KeptSuppression[],
    now: number,
  ): Map<string, readonly SuppressedBy[]> {
    const open = new Map(this.open);
    for (const alert of changed) {
      if (alert.condition === "cleared") open.delete(alert.id);
      else open.set(alert.id, alert);
    }
    const alerts = [...open.values()];
    const found = new Map<string, readonly SuppressedBy[]>();
    for (const [id, by] of suppressionsOf(alerts, rules, this.city, now)) {
      if (keysOf(by) !== keysOf(open.get(id)?.suppressedBy ?? [])) found.set(id, by);
    }
    return found;
  }
}

/** What makes two lists the same; the next window of the same maintenance is the same reason. */
function keysOf(by: readonly SuppressedBy[]): string {
  return by.map(({ kind, id, alert }) => `${kind} ${id} ${alert ?? ""}`).join("\n");
}
