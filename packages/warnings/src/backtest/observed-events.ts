import type { ObservedEvent } from "./verify.ts";

/** The dataset of events that warnings are held against. */
export const observedEventsDataset = "observed-events";

/** Rows of that dataset as events; one without a hazard or a start is none, one without an end lasts no time. */
export function observedEventsOf(table: {
  readonly length: number;
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
}): ObservedEvent[] {
  const cell = (name: string, row: number) => table.columns.get(name)?.[row] ?? null;
  return Array.from({ length: table.length }, (_, row) => row).flatMap((row): ObservedEvent[] => {
    const [hazard, area, started, ended] = ["hazard", "area_code", "started_at", "ended_at"].map((name) =>
      cell(name, row),
    );
    if (typeof hazard !== "string" || typeof started !== "number") return [];
    return [
      {
        hazard,
        area: typeof area === "string" ? area : null,
        started,
        ended: typeof ended === "number" ? ended : started,
      },
    ];
  });
}
