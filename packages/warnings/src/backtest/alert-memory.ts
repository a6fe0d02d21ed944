import type { Alert } from "@ioc/contracts";
import { handlingOf, newWork } from "../state/work.ts";
import type { NewAlertEvent } from "../store/projection.ts";

/** Nobody works on the alerts of a trial. */
const untouched = { work: newWork.work, handling: handlingOf(newWork), suppressedBy: [] } satisfies Partial<Alert>;

/** The alerts of a trial, in memory: takes the place of the alert store and keeps no log. */
export class AlertMemory {
  private readonly alerts = new Map<string, Alert>();
  private sequence = 0;

  /** As the store's writer: answers the alerts as they are then, one each. */
  append(events: readonly NewAlertEvent[]): Promise<Alert[]> {
    return Promise.resolve(this.take(events));
  }

  take(events: readonly NewAlertEvent[]): Alert[] {
    const changed = new Map<string, Alert>();
    for (const { event, after } of events) {
      const alert: Alert = { ...after, ...untouched, evidence: event.evidence, sequence: ++this.sequence };
      this.alerts.set(alert.id, alert);
      changed.set(alert.id, alert);
    }
    return [...changed.values()];
  }

  /** Every alert that fired, by the time at which it did. */
  fired(): Alert[] {
    return [...this.alerts.values()]
      .filter((alert) => alert.firedAt !== null)
      .sort((a, b) => a.firedAt! - b.firedAt! || a.id.localeCompare(b.id));
  }
}
