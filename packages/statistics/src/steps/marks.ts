import { z } from "zod";
import type { Grid, Matrix, Readings } from "../grid.ts";
import { emptyMatrix, matrixOf } from "../grid.ts";
import type { Reading } from "../operators/water.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { duration, floorTo, propertyOf, windowMs } from "./parameters.ts";
import { newestAt } from "../operators/water.ts";

/** Matrices of every property that occurs, made by `value(series, end, index of the end)`. */
function eachProperty(
  input: Readings,
  ids: readonly string[],
  ends: readonly number[],
  value: (series: readonly Reading[], end: number, index: number) => number | null,
): Map<string, Matrix> {
  const measures = new Map<string, Matrix>();
  ids.forEach((id, subject) => {
    for (const [property, series] of input.series.get(id) ?? []) {
      const matrix = measures.get(property) ?? emptyMatrix(ids.length, ends.length);
      matrix[subject] = ends.map((end, index) => value(series, end, index));
      measures.set(property, matrix);
    }
  });
  return measures;
}

/** Sums of a property over the span before each end, by station of the view. */
function sumsBefore(
  input: Readings,
  property: string,
  span: number,
  ends: readonly number[],
  { stations, network, definition }: StepContext,
): Matrix {
  return stations.map((station) => {
    const series = input.series.get(station.id)?.get(property) ?? [];
    const period = (propertyOf(network, station, property)?.periodSeconds ?? 0) * 1000;
    const least = period > 0 ? (span / period) * definition.completeness : 1;
    return ends.map((end) => {
      const inside = series.slice(newestAt(series, end - span) + 1, newestAt(series, end) + 1);
      return inside.length === 0 || inside.length < least ? null : inside.reduce((sum, { value }) => sum + value, 0);
    });
  });
}

/**
 * The newest reading at each full `every` of the last `span`, now, and one window before now; null when it is older than
 * `maxAge` (at the full `every` before now: it must be younger than `markAge`, so that stations which report between the marks
 * have a value and a missing report is a gap). `time` is the time of the newest reading, `coverage` 1 where every property has one.
 * `sums: {rain: PT1H}` adds up what came in that span, without the definition's completeness of it null and never scaled up.
 * `from: now` counts the marks back from now instead, so that days before are whole ones: now, 24 hours ago, 48 hours ago.
 */
export const sample = defineStep({
  op: "sample",
  doc: {
    vi: "Giá trị mới nhất tại các mốc thời gian đều đặn và lúc này",
    en: "The newest reading at regular marks and now",
  },
  takes: "readings",
  gives: "grid",
  params: z.strictObject({
    every: duration,
    span: duration,
    maxAge: duration,
    markAge: duration.optional(),
    from: z.enum(["clock", "now"]).default("clock"),
    /** Properties of which the sum of the span before each mark is wanted instead: property: span. */
    sums: z.record(z.string(), duration).default({}),
  }),
  run: (input, { every, span, maxAge, markAge = maxAge, from, sums }, context): Grid => {
    const { now } = context;
    const earlier = now - windowMs(context.definition);
    const marks = new Set(from === "now" ? [now] : [now, earlier]);
    const last = from === "now" ? now : floorTo(now, every);
    const isMark = (end: number) => (last - end) % every === 0;
    for (let end = last; end > now - span; end -= every) marks.add(end);
    const ends = [...marks].sort((a, b) => a - b);
    const ids = context.stations.map((station) => station.id);
    const pick = (series: readonly Reading[], end: number): Reading | null => {
      const found = series[newestAt(series, end)];
      if (!found) return null;
      const age = end - found.time;
      return (end === now || !isMark(end) ? age <= maxAge : age < markAge) ? found : null;
    };
    const measures = eachProperty(input, ids, ends, (series, end) => pick(series, end)?.value ?? null);
    for (const [property, length] of Object.entries(sums)) {
      measures.set(property, sumsBefore(input, property, length, ends, context));
    }
    const overProperties = (subject: string, end: number) =>
      [...(input.series.get(subject)?.values() ?? [])].map((series) => pick(series, end));
    measures.set(
      "time",
      matrixOf(ids, (_, id) =>
        ends.map((end) => {
          const times = overProperties(id, end).flatMap((reading) => (reading ? [reading.time] : []));
          return times.length > 0 ? Math.max(...times) : null;
        }),
      ),
    );
    measures.set(
      "coverage",
      matrixOf(ids, (_, id) => ends.map((end) => (overProperties(id, end).some((reading) => !reading) ? 0 : 1))),
    );
    return {
      shape: "grid",
      ids,
      ends,
      head: ends.length - 1,
      before: ends.includes(earlier) ? ends.indexOf(earlier) : null,
      shown: ends.flatMap((end, i) => (end === now || (isMark(end) && end > now - span) ? [i] : [])),
      window: { from: earlier, to: now },
      measures,
      labels: {},
    };
  },
});

/** What the readings of (end - every, end] are worth, for rising ends of one series after the other. */
function foldedOnClock(every: number, value: "sum" | "mean" | "max" | "last") {
  let next = 0;
  return (series: readonly Reading[], end: number, index: number): number | null => {
    if (index === 0) next = newestAt(series, end - every) + 1;
    let [count, sum, most, last] = [0, 0, -Infinity, 0];
    for (let reading = series[next]; reading && reading.time <= end; reading = series[++next]) {
      count += 1;
      sum += reading.value;
      most = Math.max(most, reading.value);
      last = reading.value;
    }
    if (count === 0) return null;
    if (value === "last") return last;
    if (value === "max") return most;
    return value === "sum" ? sum : sum / count;
  };
}

/**
 * Readings on a regular clock: intervals of `every`, labelled by their end, up to the last full one. `value`: the `sum`,
 * `mean`, `max` or `last` of the readings inside; an interval without a reading is null. `coverage` is 1 or 0.
 */
export const clock = defineStep({
  op: "clock",
  doc: {
    vi: "Gộp giá trị vào các khoảng đều đặn: tổng, trung bình, lớn nhất hoặc cuối cùng",
    en: "Readings on a regular clock: sum, mean, largest or last of each interval",
  },
  takes: "readings",
  gives: "grid",
  params: z.strictObject({ every: duration, value: z.enum(["sum", "mean", "max", "last"]) }),
  run: (input, { every, value }, context): Grid => {
    const ends: number[] = [];
    for (let end = floorTo(input.span.from, every) + every; end <= input.span.to; end += every) ends.push(end);
    const ids = context.stations.map((station) => station.id);
    const measures = eachProperty(input, ids, ends, foldedOnClock(every, value));
    const all = [...measures.values()];
    measures.set(
      "coverage",
      matrixOf(ids, (subject) => ends.map((_, end) => (all.some((matrix) => matrix[subject]?.[end] != null) ? 1 : 0))),
    );
    const to = ends.at(-1) ?? context.now;
    const before = ends.indexOf(to - windowMs(context.definition));
    return {
      shape: "grid",
      ids,
      ends,
      head: ends.length - 1,
      before: before < 0 ? null : before,
      shown: ends.map((_, i) => i),
      window: { from: to - windowMs(context.definition), to },
      measures,
      labels: {},
    };
  },
});
