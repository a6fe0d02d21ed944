import { createCityIso } from "@ioc/contracts";
import type { Backtest, WarningDefinition } from "@ioc/contracts";

const minuteMs = 60_000;

/** A backtest as lines for a terminal. */
export function printed(found: Backtest, definition: WarningDefinition, timezone: string): string[] {
  const iso = createCityIso(timezone);
  const time = (at: number) => iso(at).slice(0, 16).replace("T", " ");
  const { scores } = found;
  const levels = Object.entries(found.byLevel).map(([level, count]) => `level ${level}: ${count}`);
  return [
    `${definition.id}: ${definition.name.en}`,
    `${time(found.from)} to ${time(found.to)}, ${found.subjects} subjects, ` +
      (found.stepMs === null ? "at each reading" : `every ${found.stepMs / minuteMs} min`),
    ...(found.error === null ? [] : [`the definition failed at times: ${found.error}`]),
    "",
    `${found.total} alerts (${levels.join(", ")})`,
    ...found.bySubject.slice(0, 10).map(({ id, name, alerts }) => `  ${String(alerts).padStart(5)}  ${id}  ${name.en}`),
    "",
    ...scoreLines(scores, definition),
    "",
    ...alertLines(found, time),
  ];
}

function scoreLines(scores: Backtest["scores"], { hazard, skill }: WarningDefinition): string[] {
  if (!skill) return ["the definition does not say what it is verified against (skill), so nothing is scored"];
  if (!scores) return [`no event of the hazard "${hazard}" is on record in the span, so nothing is scored`];
  const { events, hits, misses, falseAlarms, undecided, pod, precision, far, csi, leadMs } = scores;
  const ratio = (value: number | null) => (value === null ? "–" : value.toFixed(2));
  return [
    `${events} events: ${hits} hits, ${misses} misses; ${falseAlarms} false alarms` +
      (undecided > 0 ? `; ${undecided} alerts whose event may still come` : ""),
    ...(events < 5 ? ["fewer than 5 events: no scores"] : []),
    `POD ${ratio(pod)}  precision ${ratio(precision)}  FAR ${ratio(far)}  CSI ${ratio(csi)}  ` +
      `median lead ${leadMs === null ? "–" : `${Math.round(leadMs / minuteMs)} min`}`,
  ];
}

function alertLines(found: Backtest, time: (at: number) => string): string[] {
  if (found.alerts.length === 0) return [];
  const rows = found.alerts.map(({ subject, startedAt, firedAt, clearedAt, peakLevel, outcome, leadMs }) => [
    subject.id,
    time(startedAt),
    time(firedAt),
    clearedAt === null ? "open" : time(clearedAt),
    String(peakLevel),
    outcome === null ? "" : leadMs === null ? outcome : `${outcome}, ${Math.round(leadMs / minuteMs)} min`,
  ]);
  const all = [["subject", "started", "fired", "cleared", "peak", "outcome"], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const lines = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
  const more = found.total - found.alerts.length;
  return more > 0 ? [...lines, `and ${more} earlier ones`] : lines;
}
