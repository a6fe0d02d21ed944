import type { Summary } from "@ioc/contracts";
import type { OpenAlerts } from "./alerts/open-alerts.ts";
import type { CityClock } from "./clock.ts";
import type { Intake } from "./intake.ts";
import type { StationBoard } from "./stations/board.ts";

/** The figures of the strip that every surface shows, from what is held in memory. */
export function summaryOf(parts: {
  clock: CityClock;
  board: StationBoard;
  alerts: OpenAlerts;
  intake: Intake;
}): Summary {
  const { observationsPerSecond, stored, quarantined } = parts.intake.figures();
  const now = parts.clock.now();
  const dataTime = parts.board.dataTime();
  return {
    now,
    stations: parts.board.counts(),
    alerts: parts.alerts.counts(),
    // A station clock may be a few seconds fast.
    dataTime: dataTime === null ? null : Math.min(dataTime, now),
    observationsPerSecond,
    observationsStored: stored,
    quarantined,
  };
}
