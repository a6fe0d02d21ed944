import { z } from "zod";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix, labelAt, put, rowOf } from "../grid.ts";
import { ratioOf } from "../operators/aggregate.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { measureName } from "./parameters.ts";
import { datasetProblems, rowsOf } from "./rows.ts";

const parameters = z.strictObject({
  measure: measureName,
  /** Monthly normals: columns with the station, the month 1 to 12 and the sum of the month. */
  dataset: z.string(),
  station: z.string(),
  month: z.string(),
  value: z.string(),
});
type Parameters = z.infer<typeof parameters>;

/** Normals of January to December by station; NaN where a month is missing. */
function normalsOf({ dataset, station, month, value }: Parameters, context: StepContext): Map<string, number[]> {
  const rows = rowsOf(dataset, context);
  const column = (name: string) => {
    const found = rows.columns.get(name);
    if (!found) throw new Error(`dataset "${dataset}" has no column "${name}"`);
    return found;
  };
  const [ids, months, values] = [column(station), column(month), column(value)];
  const found = new Map<string, number[]>();
  for (const row of rows.index) {
    const [id, at, normal] = [ids[row], months[row], values[row]];
    if (typeof id !== "string" || typeof at !== "number" || typeof normal !== "number") continue;
    const known = found.get(id) ?? Array<number>(12).fill(Number.NaN);
    known[at - 1] = normal;
    found.set(id, known);
  }
  return found;
}

/**
 * Sums since 1 January against monthly normals, day by day. `sum`; `normal`: months completed and the elapsed part of the
 * current month's normal; `anomaly`: 100 · (sum − normal) / normal. Days without a value add nothing to the sum; `coverage` is
 * the share of days of the year so far that have one, and below the definition's completeness all three are null. Stations
 * without normals are left out; one that lacks a month has neither values nor coverage from that month on. The grid must begin
 * with a 1 January.
 */
export const againstNormals = defineStep({
  op: "against-normals",
  doc: {
    vi: "Lũy tích từ đầu năm so với trung bình nhiều năm theo tháng",
    en: "Sums since the start of the year against monthly normals",
  },
  takes: "grid",
  gives: "grid",
  params: parameters,
  problems: ({ dataset }, definition) => datasetProblems(dataset, definition),
  reads: ({ dataset }) => [{ kind: "rows", dataset }],
  run: (grid, parameters, context): Grid => {
    const normals = normalsOf(parameters, context);
    const kept = grid.ids.flatMap((id, subject) => (normals.has(id) ? [subject] : []));
    const ids = kept.map((subject) => grid.ids[subject] as string);
    const dates = grid.ends.map((_, end) => context.calendar.date(labelAt(grid, end)));
    const daily = dates.map((date) => {
      const [year = 0, month = 1] = date.split("-").map(Number);
      return { month: month - 1, days: new Date(Date.UTC(year, month, 0)).getUTCDate() };
    });
    const names = ["sum", "normal", "anomaly", "coverage"];
    const measures = new Map<string, Matrix>(names.map((name) => [name, emptyMatrix(ids.length, grid.ends.length)]));
    kept.forEach((from, subject) => {
      const row = rowOf(grid, parameters.measure, from);
      const months = normals.get(ids[subject] as string) as number[];
      let [sum, normal, valid, days] = [0, 0, 0, 0];
      dates.forEach((date, end) => {
        if (date.endsWith("-01-01")) [sum, normal, valid, days] = [0, 0, 0, 0];
        const { month, days: length } = daily[end] as (typeof daily)[number];
        const value = row[end] ?? null;
        sum += value ?? 0;
        normal += (months[month] as number) / length;
        valid += value === null ? 0 : 1;
        days += 1;
        const coverage = Number.isFinite(normal) ? valid / days : 0;
        put(measures, "coverage", subject, end, coverage);
        if (coverage === 0 || coverage < context.definition.completeness) return;
        put(measures, "sum", subject, end, sum);
        put(measures, "normal", subject, end, normal);
        put(measures, "anomaly", subject, end, ratioOf(sum - normal, normal, 100));
      });
    });
    return { ...grid, ids, measures };
  },
});
