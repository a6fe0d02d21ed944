import type { Datasets } from "@ioc/catalogue";
import type { Alert, DatasetDefinition } from "@ioc/contracts";
import { systemRow } from "./system-row.ts";

/** Alerts that are read, or rows that are put, at a time. */
const sliceLength = 200;

interface WarningLogOptions {
  datasets: Pick<Datasets, "put">;
  definition: DatasetDefinition;
  /** Alerts in the order of their ids, behind one; from the beginning when it is null. */
  alertsAfter(id: string | null, limit: number): Promise<Alert[]>;
  /** Scheme in use: areas are its units. */
  scheme: string;
  /** The city is played, so its alerts are too. */
  played: boolean;
  /** City time, ms. */
  now(): number;
  /** Time as ISO 8601 with offset. */
  iso(time: number): string;
}

/** Keeps the alerts of the city as rows of a dataset. */
export interface WarningLog {
  /** Takes in alerts that changed; they are written with the next `step`. */
  observe(alerts: readonly Alert[]): void;
  /** Writes what waits, the first time all alerts that are stored. What fails waits for the next time. */
  step(): Promise<void>;
}

export function createWarningLog(options: WarningLogOptions): WarningLog {
  const { datasets, definition, played, now } = options;
  const waiting = new Map<string, Alert>();
  let isRead = false;

  const put = async (alerts: readonly Alert[], synthetic: boolean): Promise<void> => {
    const rows = alerts
      .filter((alert) => alert.firedAt !== null && (played || alert.exercise) === synthetic)
      .map((alert) => systemRow(rowOf(alert, options), definition));
    if (rows.length > 0) await datasets.put(definition.id, rows, { synthetic, now: now() });
  };
  const write = async (alerts: readonly Alert[]): Promise<void> => {
    await put(alerts, false);
    await put(alerts, true);
  };
  const readAll = async (): Promise<void> => {
    let last: string | null = null;
    for (;;) {
      const alerts: Alert[] = await options.alertsAfter(last, sliceLength);
      await write(alerts);
      last = alerts.at(-1)?.id ?? null;
      if (alerts.length < sliceLength) break;
    }
    isRead = true;
  };

  return {
    observe(alerts) {
      for (const alert of alerts) waiting.set(alert.id, alert);
    },
    async step() {
      if (!isRead) await readAll();
      while (waiting.size > 0) {
        const alerts = [...waiting.values()].slice(0, sliceLength);
        await write(alerts);
        // One that changed meanwhile still waits.
        for (const alert of alerts) if (waiting.get(alert.id) === alert) waiting.delete(alert.id);
      }
    },
  };
}

function rowOf(alert: Alert, { scheme, iso }: WarningLogOptions): Record<string, unknown> {
  return {
    alert_id: alert.id,
    rule_id: alert.definition,
    area_code: alert.areas[scheme]?.[0] ?? null,
    // The highest it had: one that is over has none.
    level: alert.peakLevel,
    raised_at: alert.firedAt === null ? null : iso(alert.firedAt),
    cleared_at: alert.clearedAt === null ? null : iso(alert.clearedAt),
  };
}
