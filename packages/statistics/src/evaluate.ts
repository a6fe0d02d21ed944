import type { Cell, Frame, FrameColumn, Network, StatisticDefinition } from "@ioc/contracts";
import { calendarOf } from "@ioc/contracts";
import type { Result, Span, Stage } from "./grid.ts";
import { roundHalfUp } from "./operators/aggregate.ts";
import { stepOf } from "./registry.ts";
import type { PlanContext, Read, ReadData, Step } from "./step.ts";
import type { View } from "./view.ts";

/** Steps of a definition. Throws when it names an operator that does not exist. */
function stepsOf(definition: StatisticDefinition): { step: Step; raw: Record<string, unknown> }[] {
  return definition.pipeline.map((raw) => {
    const step = stepOf(raw.op);
    if (!step) throw new Error(`there is no operator "${raw.op}"`);
    return { step, raw };
  });
}

export function planOf(definition: StatisticDefinition, network: Network, view: View, now: number): PlanContext {
  const wide = stepsOf(definition).some(({ step }) => step.wide);
  const stations = wide ? view.allStations : view.stations;
  return { definition, network, calendar: calendarOf(network.timezone), view, now, stations };
}

/** What a view needs from the store. */
export function readsOf(plan: PlanContext): Read[] {
  return stepsOf(plan.definition).flatMap(({ step, raw }) => step.reads(raw, plan));
}

function headOf(
  plan: PlanContext,
): Pick<Frame, "statistic" | "version" | "group" | "subject" | "unit" | "decimals" | "target"> {
  const { definition, view } = plan;
  return {
    statistic: definition.id,
    version: definition.version,
    group: view.group,
    subject: view.subject,
    unit: definition.unit,
    decimals: definition.decimals,
    target: definition.target,
  };
}

/** A frame without a value that says why. */
export function failedFrame(plan: PlanContext, error: unknown): Frame {
  const window: Span = { from: plan.now, to: plan.now };
  return {
    ...headOf(plan),
    columns: [],
    rows: [],
    value: null,
    previous: null,
    asOf: null,
    window,
    coverage: null,
    status: "error",
    error: error instanceof Error ? error.message : String(error),
    quality: "none",
    synthetic: false,
    targetMet: null,
    figures: [],
    thresholds: plan.definition.thresholds,
    finding: null,
    computedAt: plan.now,
  };
}

/** Twelve digits: more than any sensor has, fewer than the noise of binary sums. */
const finite = (value: number | null) =>
  value !== null && Number.isFinite(value) ? Number(value.toPrecision(12)) : null;

function cleanRow(row: readonly Cell[], columns: readonly FrameColumn[]): Cell[] {
  return row.map((cell, i) => (typeof cell === "number" && columns[i]?.type === "number" ? finite(cell) : cell));
}

/** Coverage from which on a value is good without reservation (project setting). */
const goodFrom = 0.9;

function qualityOf(status: Frame["status"], coverage: number | null): Frame["quality"] {
  if (status !== "ok") return "none";
  return coverage === null || coverage >= goodFrom ? "good" : "partial";
}

/** Compares the headline, or the fact that the target names, with the target; null when it is not known. */
function targetMet({ target, decimals }: StatisticDefinition, result: Result, headline: number | null): boolean | null {
  if (!target || headline === null) return null;
  const compared = target.of === undefined ? headline : result.facts[target.of];
  if (typeof compared !== "number") return null;
  const shown = roundHalfUp(compared, target.of === undefined ? decimals : 6);
  if (target.op === ">=") return shown >= target.value;
  return target.op === "<" ? shown < target.value : shown <= target.value;
}

/**
 * Runs a pipeline on data that was read: pure, the same data and time give the same frame. Null is never 0: without any
 * reading the status is `empty`, with too few `insufficient`.
 * @param asOf newest time in the data; null when it is empty
 * @param synthetic whether some of the data are made up
 * @throws Error when a step fails; the engine makes a frame of it
 */
export function evaluate(plan: PlanContext, data: ReadData, asOf: number | null, synthetic = false): Frame {
  let stage: Stage | null = null;
  for (const { step, raw } of stepsOf(plan.definition)) stage = step.run(stage, raw, { ...plan, data });
  if (stage?.shape !== "result") throw new Error("the pipeline ends before there is a table");
  const result: Result = stage;
  const value = asOf === null ? null : finite(result.value);
  const status = asOf === null ? "empty" : value === null ? "insufficient" : "ok";
  const coverage = finite(result.coverage);
  return {
    ...headOf(plan),
    columns: result.columns,
    rows: result.rows.map((row) => cleanRow(row, result.columns)),
    value,
    previous: asOf === null ? null : finite(result.previous),
    asOf,
    window: result.window,
    coverage,
    status,
    quality: qualityOf(status, coverage),
    synthetic: synthetic && asOf !== null,
    targetMet: targetMet(plan.definition, result, value),
    figures: result.figures.map((figure) => ({ ...figure, value: finite(figure.value) })),
    error: null,
    thresholds: [...plan.definition.thresholds, ...result.thresholds],
    finding: result.finding,
    computedAt: plan.now,
  };
}
