import { z } from "zod";
import { datastreamId } from "@ioc/contracts";
import type { ObservedProperty, Station } from "@ioc/contracts";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix } from "../grid.ts";
import { defineStep } from "../step.ts";
import type { Buckets, PlanContext, Read, StepContext } from "../step.ts";
import { inputsOf } from "../view.ts";
import { bucketAt, bucketValue } from "./buckets.ts";
import { duration, floorTo, hourMs, propertyOf, windowMs } from "./parameters.ts";

const parameters = z.strictObject({
  /** Length of what is read. */
  span: duration.optional(),
  /** Or its start: the local month or year that runs, `before` earlier. */
  since: z.enum(["month", "year"]).optional(),
  before: duration.optional(),
  /** The part that a chart shows; all of it unless given. */
  show: duration.optional(),
  align: z.enum(["hour", "day"]).default("hour"),
  weeksBack: z.int().min(0).max(12).default(0),
  rolling: duration.optional(),
  /** Mean of the readings whatever the property stands for. */
  as: z.literal("mean").optional(),
});
type Parameters = z.infer<typeof parameters>;

interface Plan {
  ends: number[];
  head: number;
  before: number | null;
  shown: number[];
  /** Spans of hour buckets. */
  spans: { from: number; to: number }[];
  /** Ends of hours that do not end on the hour; taken from single readings. */
  rolling: number[];
}

function hourEnds(from: number, to: number): number[] {
  const ends: number[] = [];
  for (let end = floorTo(from, hourMs) + hourMs; end <= to; end += hourMs) ends.push(end);
  return ends;
}

/** Length of what is read up to `last`; what is labelled with the start of a month or year still belongs to the one before. */
function spanUpTo(last: number, { span, since, before = 0 }: Parameters, { calendar }: PlanContext): number {
  if (since === undefined) return (span ?? 0) + before;
  const [year = 0] = calendar
    .date(last - 1)
    .split("-")
    .map(Number);
  return last - (since === "year" ? calendar.dateStart(year, 1, 1) : calendar.monthStart(last - 1)) + before;
}

function planOf(parameters: Parameters, context: PlanContext): Plan {
  const { show, align, weeksBack, rolling } = parameters;
  const last = align === "day" ? context.calendar.dayStart(context.now) : floorTo(context.now, hourMs);
  const span = spanUpTo(last, parameters, context);
  const week = 7 * 24 * hourMs;
  const spans = Array.from({ length: weeksBack }, (_, i) => (weeksBack - i) * week)
    .map((back) => ({ from: last - back - span, to: last - back + hourMs }))
    .concat({ from: last - span, to: last });
  const newest = rolling ? floorTo(context.now, rolling) : last;
  const between = rolling && newest > last ? [newest - hourMs, newest].filter((end) => end % hourMs !== 0) : [];
  const ends = [...new Set([...spans.flatMap(({ from, to }) => hourEnds(from, to)), ...between])].sort((a, b) => a - b);
  const head = ends.length - 1;
  const before = ends.indexOf((ends[head] ?? 0) - windowMs(context.definition));
  const shown = ends.flatMap((end, i) =>
    end > last - (show ?? span) && (end % hourMs === 0 || i === head) ? [i] : [],
  );
  return { ends, head, before: before < 0 ? null : before, shown, spans, rolling: between };
}

function datastreams(context: PlanContext): string[] {
  return context.stations.flatMap((station) =>
    inputsOf(context.definition, station).map((property) => datastreamId(station.id, property)),
  );
}

function reads(parameters: Parameters, context: PlanContext): Read[] {
  const { spans, rolling } = planOf(parameters, context);
  const ids = datastreams(context);
  return [
    ...spans.map((span): Read => ({ kind: "hours", ...span, datastreams: ids })),
    ...rolling.map((end): Read => ({ kind: "raw", from: end - hourMs, to: end, datastreams: ids })),
  ];
}

interface Slots {
  values: (number | null)[];
  coverage: (number | null)[];
  counts: (number | null)[];
}

function fillFromBuckets(
  slots: Slots,
  buckets: Buckets | null,
  index: Map<number, number>,
  property: ObservedProperty,
  hour: { seconds: number; completeness: number; as?: "mean" | undefined },
): void {
  if (!buckets) return;
  for (let i = 0; i < buckets.time.length; i++) {
    const slot = index.get(buckets.time[i] as number);
    if (slot === undefined) continue;
    const count = buckets.count[i] as number;
    const found = bucketValue(property, bucketAt(buckets, i), hour);
    slots.values[slot] = found.value;
    slots.coverage[slot] = found.coverage;
    slots.counts[slot] = count;
  }
}

function fillRolling(
  slots: Slots,
  plan: Plan,
  id: string,
  property: ObservedProperty,
  hour: { seconds: number; completeness: number; as?: "mean" | undefined },
  context: StepContext,
): void {
  for (const end of plan.rolling) {
    const readings = context.data.raw(end - hourMs, end, id);
    const slot = plan.ends.indexOf(end);
    const values = readings.map((reading) => reading.value);
    const sum = values.reduce((total, value) => total + value, 0);
    const bucket = { count: values.length, sum, max: Math.max(...values), last: values.at(-1) ?? 0 };
    const found = bucketValue(property, bucket, hour);
    slots.values[slot] = found.value;
    slots.coverage[slot] = found.coverage;
    slots.counts[slot] = readings.length;
  }
}

function slotsOf(
  station: Station,
  property: string,
  plan: Plan,
  index: Map<number, number>,
  as: "mean" | undefined,
  context: StepContext,
): Slots {
  const size = plan.ends.length;
  const zero = () => Array<number | null>(size).fill(0);
  const slots: Slots = { values: Array<number | null>(size).fill(null), coverage: zero(), counts: zero() };
  const described = propertyOf(context.network, station, property);
  if (!described) return slots;
  const id = datastreamId(station.id, property);
  const hour = { seconds: 3600, completeness: context.definition.completeness, as };
  for (const { from, to } of plan.spans) {
    fillFromBuckets(slots, context.data.hours(from, to, id), index, described, hour);
  }
  fillRolling(slots, plan, id, described, hour, context);
  return slots;
}

/**
 * Hour values of every input property, from the hour rollups. `mean`: mean of the hour; `total`: the sum, scaled up from
 * the share that arrived; `instant` and `state`: the last value. An hour with less than the definition's completeness is
 * null. Beside each property stand `coverage:<property>` (0..1) and `count:<property>`; `coverage` is their mean.
 *
 * `span: PT24H`, or `since: month` with `before: P31D`. `align: day` ends at the last local midnight. `weeksBack: 4` also reads the same span 1 to 4 weeks before. `rolling:
 * PT5M` adds the 60 minutes that end at the last full 5 minutes. A stream that reports faster than expected is complete
 * when the expected number of readings has come.
 */
export const hours = defineStep({
  op: "hours",
  doc: {
    vi: "Giá trị giờ của từng trạm từ các tổng hợp giờ, theo loại đại lượng (trung bình, tổng, tức thời)",
    en: "Hour values of each station from the hour rollups, by what the property stands for (mean, total, instant)",
  },
  takes: "nothing",
  gives: "grid",
  params: parameters.refine((given) => given.span !== undefined || given.since !== undefined, {
    message: "name `span` or `since`",
  }),
  reads,
  run: (_input, parameters, context): Grid => {
    const plan = planOf(parameters, context);
    const ids = context.stations.map((station) => station.id);
    const index = new Map(plan.ends.map((end, i) => [end, i]));
    const measures = new Map<string, Matrix>();
    const coverage = emptyMatrix(ids.length, plan.ends.length);
    context.stations.forEach((station, subject) => {
      const properties = inputsOf(context.definition, station);
      const found = properties.map((property) => slotsOf(station, property, plan, index, parameters.as, context));
      properties.forEach((property, i) => {
        const slots = found[i] as Slots;
        const put = (name: string, row: (number | null)[]) => {
          const matrix = measures.get(name) ?? emptyMatrix(ids.length, plan.ends.length);
          matrix[subject] = row;
          measures.set(name, matrix);
        };
        put(property, slots.values);
        put(`coverage:${property}`, slots.coverage);
        put(`count:${property}`, slots.counts);
      });
      coverage[subject] = plan.ends.map(
        (_, end) => found.reduce((sum, slots) => sum + (slots.coverage[end] ?? 0), 0) / Math.max(1, found.length),
      );
    });
    measures.set("coverage", coverage);
    const to = plan.ends[plan.head] ?? context.now;
    return {
      shape: "grid",
      ids,
      ends: plan.ends,
      head: plan.head,
      before: plan.before,
      shown: plan.shown,
      window: { from: to - windowMs(context.definition), to },
      measures,
      labels: {},
    };
  },
});
