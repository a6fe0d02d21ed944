import type { Database } from "@ioc/database";
import type { Readings } from "../readings.ts";
import { REMOVED } from "../readings.ts";
import type { Replaced } from "./classify.ts";
import type { CommitGroup } from "./messages.ts";

/** Quality of a reading that is not there. */
const MISSING = 9;

/** Who changed what that had been stored before. */
export class CorrectionTable {
  readonly #insert;

  constructor(db: Database) {
    this.#insert = db.prepare(
      `INSERT INTO correction (series, t, kind, before_value, before_quality, after_value, after_quality, by, reason,
       sequence, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(unixepoch('subsec') * 1000 AS INTEGER))`,
    );
  }

  corrected(group: CommitGroup, replaced: readonly Replaced[], sequence: number): void {
    for (const { index, value, quality } of replaced) {
      const by = group.senders.find(({ end }) => index < end)?.by ?? "";
      // Of a removed reading nothing was to be seen before it came back.
      const before = quality === REMOVED ? [null, MISSING] : [nullable(value), quality];
      const after = [nullable(group.value[index]!), group.quality[index]!];
      this.#insert.run(group.series[index], group.time[index], "corrected", ...before, ...after, by, "", sequence);
    }
  }

  /** @param readings as they were before they were removed */
  removed(series: number, readings: Readings, by: string, reason: string, sequence: number): void {
    for (let i = 0; i < readings.time.length; i++) {
      const before = [nullable(readings.value[i]!), readings.quality[i]!];
      this.#insert.run(series, readings.time[i]!, "removed", ...before, null, null, by, reason, sequence);
    }
  }
}

function nullable(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
