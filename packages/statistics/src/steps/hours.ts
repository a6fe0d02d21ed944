import { z } from "zod";
import { datastreamId } from "@ioc/contracts";
import type { ObservedProperty, Station } from "@ioc/contracts";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix } from "../grid.ts";
import { scaledTotal } from "../operators/window.ts";
import { defineStep } from "../step.ts";
import type { HourBuckets, PlanContext, Read, StepContext } from "../step.ts";
import { inputsOf } from "../view.ts";
import { duration, floorTo, hourMs, propertyOf, windowMs } from "./parameters.ts";

const parameters = z.strictObject({
  span: duration,
  /** The part that a chart shows; all of it unless given. */
  show: duration.optional(),
  align: z.enum(["hour", "day"]).default("hour"),
  weeksBack: z.int().min(0).max(12).default(0),
  rolling: duration.optional(),
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

function planOf({ span, show, align, weeksBack, rolling }: Parameters, context: PlanContext): Plan {
  const last = align === "day" ? context.calendar.dayStart(context.now) : floorTo(context.now, hourMs);
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

/** The hour value of a bucket by what the property stands for, and the share of expected readings that it holds. */
function hourValue(
  property: ObservedProperty,
  bucket: { count: number; sum: number; last: number },
  completeness: number,
): { value: number | null; coverage: number } {
  const expected = Math.max(1, Math.round(3600 / property.periodSeconds));
  const coverage = Math.min(1, bucket.count / expected);
  if (bucket.count === 0 || coverage < completeness) return { value: null, coverage };
  if (property.kind === "total")
    return { value: scaledTotal(bucket.sum, bucket.count, expected, completeness), coverage };
  return { value: property.kind === "mean" ? bucket.sum / bucket.count : bucket.last, coverage };
}

interface Slots {
  values: (number | null)[];
  coverage: (number | null)[];
  counts: (number | null)[];
}

function fillFromBuckets(
  slots: Slots,
  buckets: HourBuckets | null,
  index: Map<number, number>,
  property: ObservedProperty,
  completeness: number,
): void {
  if (!buckets) return;
  for (let i = 0; i < buckets.time.length; i++) {
    const slot = index.get(buckets.time[i] as number);
    if (slot === undefined) continue;
    const count = buckets.count[i] as number;
    const found = hourValue(
      property,
      { count, sum: buckets.sum[i] as number, last: buckets.last[i] as number },
      completeness,
    );
    slots.values[slot] = found.value;
    slots.coverage[slot] = found.coverage;
    slots.counts[slot] = count;
  }
}

function fillRolling(slots: Slots, plan: Plan, id: string, property: ObservedProperty, context: StepContext): void {
  for (const end of plan.rolling) {
    const readings = context.data.raw(end - hourMs, end, id);
    const slot = plan.ends.indexOf(end);
    const sum = readings.reduce((total, reading) => total + reading.value, 0);
    const bucket = { count: readings.length, sum, last: readings.at(-1)?.value ?? 0 };
    const found = hourValue(property, bucket, context.definition.completeness);
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
  context: StepContext,
): Slots {
  const size = plan.ends.length;
  const zero = () => Array<number | null>(size).fill(0);
  const slots: Slots = { values: Array<number | null>(size).fill(null), coverage: zero(), counts: zero() };
  const described = propertyOf(context.network, station, property);
  if (!described) return slots;
  const id = datastreamId(station.id, property);
  for (const { from, to } of plan.spans) {
    fillFromBuckets(slots, context.data.hours(from, to, id), index, described, context.definition.completeness);
  }
  fillRolling(slots, plan, id, described, context);
  return slots;
}

/**
 * Hour values of every input property, from the hour rollups. `mean`: mean of the hour; `total`: the sum, scaled up from
 * the share that arrived; `instant` and `state`: the last value. An hour with less than the definition's completeness is
 * null. Beside each property stand `coverage:<property>` (0..1) and `count:<property>`; `coverage` is their mean.
 *
 * `align: day` ends at the last local midnight. `weeksBack: 4` also reads the same span 1 to 4 weeks before. `rolling:
 * PT5M` adds the 60 minutes that end at the last full 5 minutes. A stream that reports faster than expected is complete
 * when the expected number of readings has come.
 */
export const hours = defineStep({
  op: "hours",
  takes: "nothing",
  gives: "grid",
  params: parameters,
  reads,
  run: (_input, parameters, context): Grid => {
    const plan = planOf(parameters, context);
    const ids = context.stations.map((station) => station.id);
    const index = new Map(plan.ends.map((end, i) => [end, i]));
    const measures = new Map<string, Matrix>();
    const coverage = emptyMatrix(ids.length, plan.ends.length);
    context.stations.forEach((station, subject) => {
      const properties = inputsOf(context.definition, station);
      const found = properties.map((property) => slotsOf(station, property, plan, index, context));
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
