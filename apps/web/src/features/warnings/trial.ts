import { durationMs } from "@ioc/contracts";
import type { WarningDefinition, WarningItem } from "@ioc/contracts";
import { thresholdsIn, withThresholds } from "./thresholds-in.ts";

const minuteMs = 60_000;

/** What of a definition a reader may change for a trial. */
export interface Trial {
  /** One a level: numbers of its condition, and the minutes that it must hold. */
  levels: { thresholds: number[]; minutes: number }[];
  clearMinutes: number;
}

const minutesOf = (duration: string): number => (durationMs(duration) ?? 0) / minuteMs;

export function trialOf(definition: WarningDefinition): Trial {
  return {
    levels: definition.levels.map((level) => ({
      thresholds: thresholdsIn(level.when).map(({ value }) => value),
      minutes: minutesOf(level.for ?? definition.for),
    })),
    clearMinutes: minutesOf(definition.clearFor),
  };
}

/** The definition with the numbers of a trial. */
export function tried({ ...definition }: WarningItem, { levels, clearMinutes }: Trial): WarningDefinition {
  return {
    ...definition,
    clearFor: `PT${clearMinutes}M`,
    levels: definition.levels.map((level, i) => {
      const { thresholds = [], minutes = 0 } = levels[i] ?? {};
      return { ...level, when: withThresholds(level.when, thresholds), for: `PT${minutes}M` };
    }),
  };
}

/** Whether a trial differs from the definition in force. */
export const isChanged = (definition: WarningDefinition, trial: Trial): boolean =>
  JSON.stringify(trialOf(definition)) !== JSON.stringify(trial);
