import type { Threshold, WarningDefinition } from "@ioc/contracts";

/** Signals that are a reading itself, so that a level can be drawn into the chart of the readings. */
const plainReadings: ReadonlySet<unknown> = new Set(["latest", "median-last", "max"]);
const comparison = /^\s*([a-z_][a-z0-9_]*)\s*(?:>=?|<=?)\s*(-?\d+(?:\.\d+)?)\s*$/i;

/**
 * Levels of a definition as lines in the chart of one property: those that compare a plain reading of the same unit with
 * a number. A level on a rate or a sum is none of them: its number means something else than the axis.
 */
export function thresholdsOf(definition: WarningDefinition, unit: string): Threshold[] {
  if (definition.value?.unit !== unit) return [];
  return definition.levels.flatMap((level): Threshold[] => {
    const [, signal = "", number] = comparison.exec(level.when) ?? [];
    if (number === undefined || signal !== definition.value?.signal) return [];
    if (!plainReadings.has(definition.signals[signal]?.op)) return [];
    const { level: rank, severity, basis, source } = level;
    const name = { vi: `Mức ${rank}`, en: `Level ${rank}` };
    return [{ id: `level-${rank}`, name, value: Number(number), basis, source, severity }];
  });
}
