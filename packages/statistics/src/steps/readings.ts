import { z } from "zod";
import { datastreamId } from "@ioc/contracts";
import type { Readings, Span } from "../grid.ts";
import { confirmedDepths } from "../operators/water.ts";
import type { Reading } from "../operators/water.ts";
import { defineStep } from "../step.ts";
import type { PlanContext, Read } from "../step.ts";
import { inputsOf } from "../view.ts";
import { attributeOf, duration, floorTo, hourMs } from "./parameters.ts";

const readingsParameters = z.strictObject({
  /** Length of the span that ends now. */
  span: duration.optional(),
  /** Or its start: the local day, month or year that runs, `before` earlier. */
  since: z.enum(["day", "month", "year"]).optional(),
  before: duration.optional(),
  /** End at the last full hour or local midnight instead of now. */
  align: z.enum(["hour", "day"]).optional(),
  /** Only days whose largest value reaches this level, and an hour around each: for long spans of which little matters. */
  near: z.number().optional(),
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
  const to = align === "hour" ? floorTo(now, hourMs) : align === "day" ? calendar.dayStart(now) : now;
  // What is labelled with the start of a day, month or year still belongs to the one before.
  const starts = {
    day: () => calendar.dayStart(to - 1),
    month: () => calendar.monthStart(to - 1),
    year: () => calendar.dateStart(Number(calendar.date(to - 1).slice(0, 4)), 1, 1),
  };
  return { from: (since ? starts[since]() : to) - (span ?? 0) - (before ?? 0), to };
}

function readingsReads(parameters: ReadingsParameters, context: PlanContext): Read[] {
  const datastreams = chosenStations(parameters, context).flatMap((station) =>
    inputsOf(context.definition, station).map((property) => datastreamId(station.id, property)),
  );
  const span = spanOf(parameters, context);
  if (parameters.near === undefined) return [{ kind: "raw", ...span, datastreams }];
  // The newest reading tells how old the view is, even when no day reaches the level.
  return [
    { kind: "near", ...span, level: parameters.near, datastreams },
    { kind: "latest", to: span.to, datastreams },
  ];
}

/** Single valid readings of every input property, newest last. `span: PT24H`, or `since: day` with `before: P1D`. */
export const readings = defineStep({
  op: "readings",
  doc: {
    vi: "Đọc từng giá trị hợp lệ của các trạm trong khoảng thời gian",
    en: "Single valid readings of the stations within a span",
  },
  takes: "nothing",
  gives: "readings",
  params: readingsParameters.refine((given) => given.span !== undefined || given.since !== undefined, {
    message: "name `span` or `since`",
  }),
  reads: readingsReads,
  problems: ({ station }, _definition, network) =>
    station === undefined || network.stations.some((candidate) => candidate.id === station)
      ? []
      : [`station "${station}" is not in the network`],
  run: (_input, parameters, context): Readings => {
    const span = spanOf(parameters, context);
    const { near } = parameters;
    const read = (id: string) =>
      near === undefined ? context.data.raw(span.from, span.to, id) : context.data.near(span.from, span.to, near, id);
    const series = new Map(
      chosenStations(parameters, context).map((station) => [
        station.id,
        new Map(
          inputsOf(context.definition, station).map((property) => [property, read(datastreamId(station.id, property))]),
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

/** A difference without the noise of binary fractions, so that 0.205 - 0.005 is as deep as 0.2. */
const difference = (value: number, offset: number) => Math.round((value - offset) * 1e9) / 1e9;

/** Takes a number among the station's attributes off every reading; a station without it stays as it is. */
export const minusAttribute = defineStep({
  op: "minus-attribute",
  doc: {
    vi: "Trừ một thuộc tính của trạm khỏi mọi giá trị",
    en: "Takes an attribute of the station off every reading",
  },
  takes: "readings",
  gives: "readings",
  params: z.strictObject({ attribute: z.string() }),
  run: (input, { attribute }, context): Readings => {
    const offsets = new Map(context.stations.map((station) => [station.id, attributeOf(station, attribute) ?? 0]));
    return mapSeries(input, (station, series) => {
      const offset = offsets.get(station) ?? 0;
      return offset === 0 ? series : series.map(({ time, value }) => ({ time, value: difference(value, offset) }));
    });
  },
});

/** Leaves out sudden values that neither neighbour nor a stay of `lasting` confirms. */
export const confirmed = defineStep({
  op: "confirmed",
  doc: {
    vi: "Bỏ giá trị nhảy vọt mà giá trị lân cận hoặc thời gian kéo dài không xác nhận",
    en: "Leaves out sudden values that neither a neighbour nor their duration confirms",
  },
  takes: "readings",
  gives: "readings",
  params: z.strictObject({ jump: z.number().positive(), lasting: duration }),
  run: (input, { jump, lasting }): Readings => mapSeries(input, (_, series) => confirmedDepths(series, jump, lasting)),
});
