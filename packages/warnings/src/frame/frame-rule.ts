import type { Network, StatisticDefinition, StatisticInput, WarningDefinition } from "@ioc/contracts";
import { z } from "zod";
import { compileLevels, milliseconds } from "../rule/levels.ts";
import type { CompiledLevel } from "../rule/levels.ts";
import type { MachineRule } from "../state/state.ts";

/** A definition whose subjects are the rows of a frame. */
export type FrameDefinition = WarningDefinition & { frame: NonNullable<WarningDefinition["frame"]> };

export const isFrameRule = (definition: WarningDefinition): definition is FrameDefinition =>
  definition.frame !== undefined;

const signal = z.strictObject({
  op: z.literal("column"),
  column: z.string().optional(),
  /** What conditions take where the column says nothing; the signal is still told as not known. */
  otherwise: z.number().optional(),
});

function parsed(name: string, raw: unknown): z.infer<typeof signal> {
  const read = signal.safeParse(raw);
  if (!read.success) throw new Error(`signal "${name}": a rule on rows takes it as {op: column, column: id}`);
  return read.data;
}

/**
 * Columns of the frame by the signals that are taken from them.
 * @throws Error naming the signal that is not written as a column
 */
export function columnsOf({ signals }: WarningDefinition): Map<string, string> {
  return new Map(Object.entries(signals).map(([name, raw]) => [name, parsed(name, raw).column ?? name] as const));
}

/** What conditions take for signals that are not known, by signal. */
function substitutesOf({ signals }: WarningDefinition): Map<string, number> {
  return new Map(
    Object.entries(signals).flatMap(([name, raw]) => {
      const { otherwise } = parsed(name, raw);
      return otherwise === undefined ? [] : [[name, otherwise] as const];
    }),
  );
}

/** The rule's pipeline as a statistic, so that one engine reads and works out both. */
export function statisticOf(definition: FrameDefinition): StatisticDefinition {
  const { id, version, domain, name, sentence, inputs, frame, every, value } = definition;
  return {
    id,
    version,
    domain,
    name,
    question: sentence,
    measures: sentence,
    input: inputs as StatisticInput[],
    pipeline: frame.pipeline,
    unit: value?.unit ?? "1",
    decimals: value?.decimals ?? 0,
    window: every,
    completeness: frame.completeness,
    groups: [frame.group],
    rollUp: "none",
    refreshSeconds: Math.max(1, Math.round(milliseconds(every) / 1000)),
    audience: ["operator"],
    chart: "table",
    also: [],
    thresholds: [],
    target: null,
    method: sentence,
    source: name,
    seeds: [],
    checks: [],
  };
}

/** A definition made ready: what is compared, how, and how often. */
export interface FrameRule {
  readonly definition: FrameDefinition;
  readonly statistic: StatisticDefinition;
  readonly levels: readonly CompiledLevel[];
  readonly machine: MachineRule;
  /** Column by signal. */
  readonly columns: ReadonlyMap<string, string>;
  /** What conditions take for a signal that is not known. */
  readonly substitutes: ReadonlyMap<string, number>;
  /** ms */
  readonly every: number;
}

/** @throws Error that says what is wrong with the definition */
export function compileFrameRule(definition: FrameDefinition): FrameRule {
  const levels = compileLevels(definition);
  const staleAfter = milliseconds(definition.staleAfter);
  const clearFor = milliseconds(definition.clearFor);
  return {
    definition,
    statistic: statisticOf(definition),
    levels,
    columns: columnsOf(definition),
    substitutes: substitutesOf(definition),
    every: milliseconds(definition.every),
    machine: {
      levels: levels.map(({ level, for: duration }) => ({ level, for: duration })),
      clearFor,
      staleAfter,
      // The clock works the frame out anew; it never confirms a hold for want of one.
      lateAfter: staleAfter,
      reopenWithin: clearFor,
    },
  };
}

/** Id of the whole city in the scheme in use; empty in a pack without one. */
export function cityAreaOf({ areas, scheme }: Network): string {
  return areas.find((area) => area.level === "city" && area.scheme === scheme)?.id ?? "";
}
