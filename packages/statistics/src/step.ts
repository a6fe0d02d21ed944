import { z } from "zod";
import type { RowTable } from "@ioc/catalogue";
import type { LocalizedText, Network, OperatorItem, StatisticDefinition } from "@ioc/contracts";
import type { LocalCalendar } from "@ioc/contracts";
import type { Shape, Stage } from "./grid.ts";
import type { Reading } from "./operators/water.ts";
import type { View } from "./view.ts";

/** Buckets of hours or local days of one datastream, ascending; times are the ends. */
export interface Buckets {
  time: number[];
  count: number[];
  sum: number[];
  max: number[];
  last: number[];
}

/**
 * What a step needs from the store. Spans are (from, to]. `near`: single readings of the days whose largest value reaches
 * `level` and of the hour before and after each; what is missing lies below the level, or there is none. `flagged`: readings that the
 * checks marked as doubtful or bad. `past`: as `raw`, of a short span of a day gone by that belongs to a question asked again every few
 * minutes.
 */
export type Read =
  | { kind: "raw" | "past"; from: number; to: number; datastreams: readonly string[] }
  | { kind: "near"; from: number; to: number; level: number; datastreams: readonly string[] }
  | { kind: "hours"; from: number; to: number; datastreams: readonly string[] }
  | { kind: "days"; from: number; to: number; datastreams: readonly string[] }
  | { kind: "latest"; to: number; datastreams: readonly string[] }
  | { kind: "flagged"; from: number; to: number; datastreams: readonly string[] }
  | { kind: "rows"; dataset: string };

/** A reading that the checks marked; `bad` is out of range. */
export interface FlaggedReading extends Reading {
  bad: boolean;
  reasons: readonly string[];
}

/** Answers to reads: what is missing has no entry. */
export interface ReadData {
  raw(from: number, to: number, datastream: string): Reading[];
  past(from: number, to: number, datastream: string): Reading[];
  near(from: number, to: number, level: number, datastream: string): Reading[];
  hours(from: number, to: number, datastream: string): Buckets | null;
  days(from: number, to: number, datastream: string): Buckets | null;
  latest(to: number, datastream: string): Reading | null;
  flagged(from: number, to: number, datastream: string): FlaggedReading[];
  /** @throws Error when the dataset was not read */
  rows(dataset: string): RowTable;
}

export interface PlanContext {
  definition: StatisticDefinition;
  network: Network;
  calendar: LocalCalendar;
  view: View;
  /** City time of the calculation. */
  now: number;
  /** Stations to be read: those of the view, or all when a step looks at the neighbourhood. */
  stations: View["stations"];
}

export interface StepContext extends PlanContext {
  data: ReadData;
}

interface StepShape<P, In, Out> {
  op: string;
  /** What it does, for the editor of definitions. */
  doc: LocalizedText;
  takes: In;
  gives: Out;
  /** Schema of the parameters; keys it does not name are a mistake. */
  params: z.ZodType<P>;
  /** Reads that the step needs; only source steps have some. */
  reads?: (params: P, context: PlanContext) => Read[];
  /** Mistakes that the schema cannot see: tables that are missing, inputs that do not exist. */
  problems?: (params: P, definition: StatisticDefinition, network: Network) => string[];
  /** The step needs stations outside the view too. */
  wide?: boolean;
}

type StageOf<S extends Shape | "nothing"> = S extends Shape ? Extract<Stage, { shape: S }> : null;

/** An operator as a pipeline sees it. */
export interface Step {
  op: string;
  item: OperatorItem;
  takes: Shape | "nothing";
  gives: Shape;
  wide: boolean;
  /** Problems with the parameters; none when they can be used. */
  check(raw: Record<string, unknown>, definition: StatisticDefinition, network: Network): string[];
  reads(raw: Record<string, unknown>, context: PlanContext): Read[];
  run(input: Stage | null, raw: Record<string, unknown>, context: StepContext): Stage;
}

/** Makes an operator of a typed function; the pipeline hands it checked parameters and the right input. */
export function defineStep<P, In extends Shape | "nothing", Out extends Shape>(
  shape: StepShape<P, In, Out> & { run: (input: StageOf<In>, params: P, context: StepContext) => StageOf<Out> },
): Step {
  // A definition does not change once it is there; every refresh hands the same parameters in.
  const parsed = new WeakMap<Record<string, unknown>, { params: P }>();
  const parse = (raw: Record<string, unknown>): P => {
    let known = parsed.get(raw);
    if (!known) {
      const { op: _op, ...rest } = raw;
      parsed.set(raw, (known = { params: shape.params.parse(rest) }));
    }
    return known.params;
  };
  return {
    op: shape.op,
    item: {
      op: shape.op,
      takes: shape.takes,
      gives: shape.gives,
      doc: shape.doc,
      parameters: z.toJSONSchema(shape.params, { io: "input", unrepresentable: "any" }),
    },
    takes: shape.takes,
    gives: shape.gives,
    wide: shape.wide ?? false,
    check: (raw, definition, network) => {
      const { op: _op, ...rest } = raw;
      const read = shape.params.safeParse(rest);
      if (read.success) return shape.problems?.(read.data, definition, network) ?? [];
      return read.error.issues.map((issue) =>
        issue.path.length > 0 ? `${issue.path.join(".")}: ${issue.message}` : issue.message,
      );
    },
    reads: (raw, context) => shape.reads?.(parse(raw), context) ?? [],
    run: (input, raw, context) => shape.run(input as StageOf<In>, parse(raw), context) as Stage,
  };
}
