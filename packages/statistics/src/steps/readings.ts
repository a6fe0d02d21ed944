import { z } from "zod";
import { datastreamId } from "@ioc/contracts";
import type { Grid, Matrix, Readings, Span } from "../grid.ts";
import { emptyMatrix, matrixOf } from "../grid.ts";
import { confirmedDepths } from "../operators/water.ts";
import type { Reading } from "../operators/water.ts";
import { defineStep } from "../step.ts";
import type { PlanContext } from "../step.ts";
import { inputsOf } from "../view.ts";
import { attributeOf, duration, floorTo, hourMs, windowMs } from "./parameters.ts";

const readingsParameters = z.strictObject({
  /** Length of the span that ends now. */
  span: duration.optional(),
  /** Or its start: the local day or month that runs, `before` earlier. */
  since: z.enum(["day", "month"]).optional(),
  before: duration.optional(),
  /** End at the last full hour instead of now. */
  align: z.literal("hour").optional(),
  /** In a view without a subject only this station is read. */
  station: z.string().optional(),
});
type ReadingsParameters = z.infer<typeof readingsParameters>;

function chosenStations({ station }: ReadingsParameters, context: PlanContext): PlanContext["stations"] {
  if (station === undefined || context.view.subject !== null) return context.stations;
  return context.stations.filter((candidate) => candidate.id === station);
}

function spanOf({ span, since, before, align }: ReadingsParameters, context: PlanContext): Span {
  const { now, calendar } = context;
  const to = align === "hour" ? floorTo(now, hourMs) : now;
  // What is labelled with the start of a day or month still belongs to the one before.
  const start = since === "month" ? calendar.monthStart(to - 1) : since === "day" ? calendar.dayStart(to - 1) : to;
  return { from: start - (span ?? 0) - (before ?? 0), to };
}

/** Single valid readings of every input property, newest last. `span: PT24H`, or `since: day` with `before: P1D`. */
export const readings = defineStep({
  op: "readings",
  takes: "nothing",
  gives: "readings",
  params: readingsParameters.refine((given) => given.span !== undefined || given.since !== undefined, {
    message: "name `span` or `since`",
  }),
  reads: (parameters, context) => [
    {
      kind: "raw",
      ...spanOf(parameters, context),
      datastreams: chosenStations(parameters, context).flatMap((station) =>
        inputsOf(context.definition, station).map((property) => datastreamId(station.id, property)),
      ),
    },
  ],
  problems: ({ station }, _definition, network) =>
    station === undefined || network.stations.some((candidate) => candidate.id === station)
      ? []
      : [`station "${station}" is not in the network`],
  run: (_input, parameters, context): Readings => {
    const span = spanOf(parameters, context);
    const series = new Map(
      chosenStations(parameters, context).map((station) => [
        station.id,
        new Map(
          inputsOf(context.definition, station).map((property) => [
            property,
            context.data.raw(span.from, span.to, datastreamId(station.id, property)),
          ]),
        ),
      ]),
    );
    return { shape: "readings", span, series };
  },
});

function mapSeries(input: Readings, change: (station: string, series: Reading[]) => Reading[]): Readings {
  const series = new Map(
    [...input.series].map(([station, properties]) => [
      station,
      new Map([...properties].map(([property, values]) => [property, change(station, values)])),
    ]),
  );
  return { ...input, series };
}

/** Takes a number among the station's attributes off every reading; a station without it stays as it is. */
export const minusAttribute = defineStep({
  op: "minus-attribute",
  takes: "readings",
  gives: "readings",
  params: z.strictObject({ attribute: z.string() }),
  run: (input, { attribute }, context): Readings => {
    const offsets = new Map(context.stations.map((station) => [station.id, attributeOf(station, attribute) ?? 0]));
    return mapSeries(input, (station, series) => {
      const offset = offsets.get(station) ?? 0;
      return offset === 0 ? series : series.map(({ time, value }) => ({ time, value: value - offset }));
    });
  },
});

/** Leaves out sudden values that neither neighbour nor a stay of `lasting` confirms. */
export const confirmed = defineStep({
  op: "confirmed",
  takes: "readings",
  gives: "readings",
  params: z.strictObject({ jump: z.number().positive(), lasting: duration }),
  run: (input, { jump, lasting }): Readings => mapSeries(input, (_, series) => confirmedDepths(series, jump, lasting)),
});

/** Index of the newest reading at or before `time`; -1 when there is none. */
export function newestAt(series: readonly Reading[], time: number): number {
  let low = 0;
  let high = series.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((series[middle] as Reading).time <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

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

/**
 * The newest reading at each full `every` of the last `span`, now, and one window before now; null when it is older than
 * `maxAge` (at the full `every` before now: it must be younger than `markAge`, so that stations which report between the marks
 * have a value and a missing report is a gap). `time` is the time of the newest reading, `coverage` 1 where every property has one.
 */
export const sample = defineStep({
  op: "sample",
  takes: "readings",
  gives: "grid",
  params: z.strictObject({ every: duration, span: duration, maxAge: duration, markAge: duration.optional() }),
  run: (input, { every, span, maxAge, markAge = maxAge }, context): Grid => {
    const { now } = context;
    const earlier = now - windowMs(context.definition);
    const marks = new Set([now, earlier]);
    for (let end = floorTo(now, every); end > now - span; end -= every) marks.add(end);
    const ends = [...marks].sort((a, b) => a - b);
    const ids = context.stations.map((station) => station.id);
    const pick = (series: readonly Reading[], end: number): Reading | null => {
      const found = series[newestAt(series, end)];
      if (!found) return null;
      const age = end - found.time;
      return (end === now || end % every !== 0 ? age <= maxAge : age < markAge) ? found : null;
    };
    const measures = eachProperty(input, ids, ends, (series, end) => pick(series, end)?.value ?? null);
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
      before: ends.indexOf(earlier),
      shown: ends.flatMap((end, i) => (end === now || (end % every === 0 && end > now - span) ? [i] : [])),
      window: { from: earlier, to: now },
      measures,
      labels: {},
    };
  },
});

/**
 * Readings on a regular clock: intervals of `every`, labelled by their end, up to the last full one. `value`: the `sum`,
 * `mean`, `max` or `last` of the readings inside; an interval without a reading is null. `coverage` is 1 or 0.
 */
export const clock = defineStep({
  op: "clock",
  takes: "readings",
  gives: "grid",
  params: z.strictObject({ every: duration, value: z.enum(["sum", "mean", "max", "last"]) }),
  run: (input, { every, value }, context): Grid => {
    const ends: number[] = [];
    for (let end = floorTo(input.span.from, every) + every; end <= input.span.to; end += every) ends.push(end);
    const ids = context.stations.map((station) => station.id);
    const measures = eachProperty(input, ids, ends, (series, end) => {
      const last = newestAt(series, end);
      const inside = series.slice(newestAt(series, end - every) + 1, last + 1).map((reading) => reading.value);
      if (inside.length === 0) return null;
      if (value === "last") return inside.at(-1) ?? null;
      if (value === "max") return Math.max(...inside);
      const sum = inside.reduce((total, one) => total + one, 0);
      return value === "sum" ? sum : sum / inside.length;
    });
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
