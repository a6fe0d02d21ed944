import { cellName, type Datum, type Series } from "../columns.ts";
import { valueScale } from "../scale.ts";
import type { Drawing } from "./shared.ts";

/** One axis of a profile with the values of every subject. */
export interface ProfileAxis {
  name: string;
  /** Largest possible value; the end of the axis. */
  max: number;
  values: (Datum | null)[];
}

export interface Profiles {
  axes: ProfileAxis[];
  series: readonly Series[];
  /** The end that all axes share; null where each has its own. */
  end: number | null;
}

/**
 * Axes in the order of the frame. An axis ends at its `max`, percentages at 100, other values at a round number over the
 * largest of all axes.
 */
export function profilesOf({ reading, context }: Drawing): Profiles {
  const { series } = reading;
  const keys = [...new Set(series.flatMap((each) => each.data.map((datum) => datum.x)))];
  const highest = Math.max(0, ...series.flatMap((each) => each.data.map((datum) => datum.value ?? 0)));
  const shared = series[0]!.unit === "%" && highest <= 100 ? 100 : valueScale(0, highest, { zero: true }).max;
  const axes = keys.map((key) => {
    const values = series.map((each) => each.data.find((datum) => datum.x === key) ?? null);
    const own = values.find((datum) => datum !== null && datum.max !== null && datum.max > 0)?.max ?? null;
    return { name: cellName(key, reading.x!, context.lang, context.nameOf), max: own ?? shared, values };
  });
  const ends = new Set(axes.map((axis) => axis.max));
  return { axes, series, end: ends.size === 1 ? axes[0]!.max : null };
}
