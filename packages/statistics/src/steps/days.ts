import { z } from "zod";
import { datastreamId } from "@ioc/contracts";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix } from "../grid.ts";
import { defineStep } from "../step.ts";
import type { PlanContext, StepContext } from "../step.ts";
import { inputsOf } from "../view.ts";
import { bucketAt, bucketValue } from "./buckets.ts";
import { dayMs, duration, propertyOf, windowMs } from "./parameters.ts";

const parameters = z.strictObject({
  /** Length of the span; or it begins with the local year that runs, `yearsBack` earlier. */
  span: duration.optional(),
  since: z.literal("year").optional(),
  yearsBack: z.int().min(0).max(3).default(0),
  /** What a day is worth; by what the property stands for unless given. */
  as: z.enum(["mean", "total", "last", "max"]).optional(),
});
type Parameters = z.infer<typeof parameters>;

interface Plan {
  starts: number[];
  ends: number[];
  /** First day that a chart shows. */
  shownFrom: number;
  before: number;
}

/** Completed local days, and the day that the headline is compared with. */
function planOf({ span, since, yearsBack }: Parameters, { calendar, now, definition }: PlanContext): Plan {
  const last = calendar.dayStart(now);
  const newest = calendar.date(last - 1);
  const year = Number(newest.slice(0, 4));
  const first = since ? calendar.dateStart(year - yearsBack, 1, 1) : calendar.dayStart(last - (span ?? dayMs));
  const starts: number[] = [];
  for (let start = first; start < last; start = calendar.addDays(start, 1)) starts.push(start);
  const ends = starts.map((start) => calendar.addDays(start, 1));
  const shownFrom = since ? calendar.dateStart(year, 1, 1) : first;
  const earlier = since
    ? calendar.dateStart(year - 1, Number(newest.slice(5, 7)), Number(newest.slice(8)))
    : calendar.addDays(last, -1 - Math.round(windowMs(definition) / dayMs));
  return { starts, ends, shownFrom, before: starts.indexOf(earlier) };
}

const spanOf = ({ starts, ends }: Plan) => ({ from: starts[0] ?? 0, to: ends.at(-1) ?? 0 });

/** Value and coverage of every day of one property of a station. */
function rowsOf(
  station: StepContext["stations"][number],
  property: string,
  plan: Plan,
  as: Parameters["as"],
  context: StepContext,
) {
  const values = plan.ends.map((): number | null => null);
  const coverage = plan.ends.map((): number | null => 0);
  const described = propertyOf(context.network, station, property);
  const { from, to } = spanOf(plan);
  const buckets = context.data.days(from, to, datastreamId(station.id, property));
  if (!described || !buckets) return { values, coverage };
  const slots = new Map(plan.ends.map((end, i) => [end, i]));
  const { completeness } = context.definition;
  const worth = as ?? (described.kind === "instant" ? "mean" : undefined);
  buckets.time.forEach((end, i) => {
    const slot = slots.get(end);
    if (slot === undefined) return;
    const found = bucketValue(described, bucketAt(buckets, i), { seconds: dayMs / 1000, completeness, as: worth });
    values[slot] = found.value;
    coverage[slot] = found.coverage;
  });
  return { values, coverage };
}

/**
 * Values of completed local days of every input property, from the day rollups. `mean` and `instant`: mean of the day;
 * `total`: the sum, scaled up from the share that arrived; `state`: the last value; `as` chooses otherwise. A day with less
 * than the definition's completeness is null. `coverage` is the mean share of expected readings.
 *
 * `since: year` begins with 1 January of the year that yesterday lies in, `yearsBack` years earlier; a chart shows that year,
 * and the headline is compared with the same date a year before. `span` ends with yesterday.
 */
export const days = defineStep({
  op: "days",
  doc: {
    vi: "Giá trị của từng ngày đã trọn tại mỗi trạm, từ các tổng hợp ngày",
    en: "Values of the completed days of each station, from the day rollups",
  },
  takes: "nothing",
  gives: "grid",
  params: parameters.refine((given) => (given.span === undefined) !== (given.since === undefined), {
    message: "name either `span` or `since`",
  }),
  reads: (parameters, context) => [
    {
      kind: "days",
      ...spanOf(planOf(parameters, context)),
      datastreams: context.stations.flatMap((station) =>
        inputsOf(context.definition, station).map((property) => datastreamId(station.id, property)),
      ),
    },
  ],
  run: (_input, parameters, context): Grid => {
    const plan = planOf(parameters, context);
    const ids = context.stations.map((station) => station.id);
    const measures = new Map<string, Matrix>();
    const coverage = emptyMatrix(ids.length, plan.ends.length);
    context.stations.forEach((station, subject) => {
      const properties = inputsOf(context.definition, station);
      const found = properties.map((property) => rowsOf(station, property, plan, parameters.as, context));
      properties.forEach((property, i) => {
        const matrix = measures.get(property) ?? emptyMatrix(ids.length, plan.ends.length);
        matrix[subject] = found[i]?.values ?? [];
        measures.set(property, matrix);
      });
      coverage[subject] = plan.ends.map(
        (_, end) => found.reduce((sum, one) => sum + (one.coverage[end] ?? 0), 0) / Math.max(1, found.length),
      );
    });
    measures.set("coverage", coverage);
    const { to } = spanOf(plan);
    return {
      shape: "grid",
      ids,
      ends: plan.ends,
      starts: plan.starts,
      head: plan.ends.length - 1,
      before: plan.before < 0 ? null : plan.before,
      shown: plan.starts.flatMap((start, i) => (start >= plan.shownFrom ? [i] : [])),
      window: { from: parameters.since ? plan.shownFrom : to - windowMs(context.definition), to },
      measures,
      labels: {},
    };
  },
});
