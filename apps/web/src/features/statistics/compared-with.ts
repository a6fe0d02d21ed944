import type { StatisticItem } from "@ioc/contracts";

const calendar = ["P1M", "P3M", "P6M", "P1Y"] as const;
export type Against = (typeof calendar)[number] | "year";

/**
 * What the value before is of, where a length of time says it badly: a period of the calendar, or the same period of the year
 * before. Null: the preceding window of the same length.
 */
export function comparedWith({ window, pipeline }: Pick<StatisticItem, "window" | "pipeline">): Against | null {
  if (pipeline.some((step) => step.op === "tally" && step["against"] === "year")) return "year";
  return calendar.find((period) => period === window) ?? null;
}
