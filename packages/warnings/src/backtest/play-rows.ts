import type { Network } from "@ioc/contracts";
import { FrameRules } from "../frame/frame-rules.ts";
import type { FrameSource } from "../frame/frame-rules.ts";
import type { FrameDefinition } from "../frame/frame-rule.ts";
import { milliseconds } from "../rule/levels.ts";
import { AlertMemory } from "./alert-memory.ts";
import type { Played, PlayOptions } from "./play-readings.ts";

/** Most times that a rule on rows is worked out; longer spans are walked in wider steps. */
const mostSteps = 10_000;

export interface PlayRowsOptions extends Omit<PlayOptions, "reader"> {
  network: Network;
  frames: FrameSource;
}

/**
 * Walks a rule on rows through history, each step at its `every`, or wider where that would be too many steps, as the engine
 * works it out. Rows are taken as they are known today: what was corrected or closed since is seen from the start.
 *
 * @throws Error when the rule cannot be stepped in so few steps without losing its holds
 */
export async function playRows(definition: FrameDefinition, options: PlayRowsOptions): Promise<Played> {
  const { network, from, to, frames, pause } = options;
  const memory = new AlertMemory();
  const rules = new FrameRules({ definitions: [definition], network, store: { writer: memory }, frames });
  const holds = definition.levels.map((level) => milliseconds(level.for ?? definition.for));
  const begin = from - Math.max(...holds) - milliseconds(definition.clearFor) - milliseconds(definition.staleAfter);
  const stepMs = stepOf(definition, to - begin);
  let error: string | null = null;
  let evaluations = 0;
  let subjects = 0;
  for (let at = begin; at <= to; at += stepMs) {
    await rules.review(at);
    const [item] = rules.list();
    error ??= item?.error ?? null;
    subjects = item?.subjects ?? 0;
    evaluations += subjects;
    await pause?.();
  }
  return { alerts: memory.fired(), subjects, evaluations, stepMs, error };
}

function stepOf(definition: FrameDefinition, spanMs: number): number {
  const every = milliseconds(definition.every);
  const wanted = Math.ceil(spanMs / mostSteps / every) * every;
  const stepMs = Math.max(every, wanted);
  // A gap longer than `staleAfter` breaks every hold.
  if (stepMs > every && stepMs > milliseconds(definition.staleAfter) / 2) {
    throw new Error(
      `the span is too long for a rule that grows stale after ${definition.staleAfter}; take a shorter one`,
    );
  }
  return stepMs;
}
