import { classBounds } from "../classes.ts";
import { cellName, type Column, type Datum } from "../columns.ts";
import { formatLimit } from "../format.ts";
import type { ChartContext } from "../context.ts";
import type { Drawing } from "./shared.ts";

/** A class of a distribution. */
export interface Bin {
  datum: Datum;
  name: string;
  /** Edges of the class; null where it is open, both null where it is a name. */
  from: number | null;
  to: number | null;
}

/** Classes in the order of the frame: from a number and a column `to`, from codes such as `2-4`, or names. */
export function binsOf({
  frame,
  reading,
  context,
}: Pick<Drawing, "frame" | "reading"> & { context: Pick<ChartContext, "lang" | "nameOf"> }): Bin[] {
  const x = reading.x!;
  const upper = frame.columns.findIndex((each) => each.id === "to" && each.type === "number");
  const ends = new Map(frame.rows.map((row) => [row[x.index], upper < 0 ? null : row[upper]]));
  return reading.series[0]!.data.map((datum, index, all) => {
    if (x.type === "number") {
      const next = all[index + 1]?.x;
      const to = ends.get(datum.x) ?? next ?? null;
      const from = Number(datum.x);
      return { datum, from, to: to === null ? null : Number(to), name: className(from, to, x, context.lang) };
    }
    const [from, to] = classBounds(String(datum.x)) ?? [null, null];
    return { datum, from, to, name: cellName(datum.x, x, context.lang, context.nameOf) };
  });
}

function className(from: number, to: unknown, x: Column, lang: ChartContext["lang"]): string {
  const [low, high] = [from, to].map((edge) =>
    typeof edge === "number" ? formatLimit(edge, lang, x.decimals ?? 3) : "",
  );
  return high === "" ? `≥\u00a0${low}` : `${low}–${high}`;
}

/** Whether each class begins where the one before ends; only then edges can stand on an axis. */
export function follow(bins: readonly Bin[]): boolean {
  return bins.every(
    (bin, index) =>
      (bin.from !== null || (index === 0 && bin.to !== null)) && (index === 0 || bins[index - 1]!.to === bin.from),
  );
}
