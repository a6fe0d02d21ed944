import { setImmediate as nextTurn } from "node:timers/promises";
import { PastTables } from "@ioc/catalogue";
import type { Datasets } from "@ioc/catalogue";
import { durationMs, warningDefinition } from "@ioc/contracts";
import type { BacktestAnswer, Network, WarningDefinition } from "@ioc/contracts";
import type { ObservationReader } from "@ioc/observations";
import { createStatisticsEngine } from "@ioc/statistics";
import { checkTrial, runBacktest } from "@ioc/warnings";
import { ProblemError, unfit } from "../api/problem.ts";
import { requireShallow } from "../statistics/definition-check.ts";
import { observedEventsIn } from "./observed-events.ts";

const dayMs = 86_400_000;
/** Longest span of a backtest. A project setting. */
const mostDays = 400;
/** Evaluations of a backtest: 400 stations every five minutes for 90 days are 10.4 million. A project setting. */
const mostEvaluations = 12_000_000;
/** Real ms that one may hold the program before other work gets a turn. */
const sliceMs = 10;

/** Runs warnings over the history of the city, one at a time. */
export interface Backtests {
  /**
   * What is wrong with the definition or the span, or what it would have told in (from, to] (city time, ms).
   * @param sent a changed definition; undefined: the one in force
   * @throws {ProblemError} 429 while another one runs, 400 when the span cannot be taken
   */
  run(own: WarningDefinition, sent: unknown, span: { from: number; to: number }, now: number): Promise<BacktestAnswer>;
}

interface BacktestsOptions {
  network: Network;
  reader: ObservationReader;
  datasets: Pick<Datasets, "definition" | "table">;
  /** Real ms after which nobody waits for it any more. */
  patienceMs?: number;
}

export function createBacktests({ network, reader, datasets, patienceMs = 60_000 }: BacktestsOptions): Backtests {
  const tables = new PastTables(datasets, network.datasets);
  const statistics = createStatisticsEngine({ definitions: [], network, reader, datasets: tables });
  let running = false;

  const tried = async (definition: WarningDefinition, span: { from: number; to: number }, now: number) => {
    const events = await observedEventsIn(datasets);
    const pause = createPause(patienceMs);
    const frames = (pipeline: Parameters<typeof statistics.preview>[0], at: number) => {
      tables.now = at;
      return statistics.preview(pipeline, {}, at);
    };
    return await runBacktest(definition, { ...span, network, reader, frames, events, now, pause });
  };

  return {
    async run(own, sent, span, now) {
      requireSpan(span, now);
      const read = sent === undefined ? { definition: own } : readChanged(own, sent);
      if ("problems" in read) return { problems: read.problems, backtest: null };
      const { definition } = read;
      const problems = [...checkTrial(definition, network), ...costProblems(definition, network, span)];
      if (problems.length > 0) return { problems, backtest: null };
      if (running) {
        throw new ProblemError(429, "busy", "Another backtest is running; try again in 5 s.", {
          headers: { "Retry-After": "5" },
        });
      }
      running = true;
      try {
        return { problems: [], backtest: await tried(definition, span, now) };
      } catch (error) {
        if (error instanceof OutOfPatience) return { problems: [error.message], backtest: null };
        throw error;
      } finally {
        running = false;
      }
    },
  };
}

function requireSpan({ from, to }: { from: number; to: number }, now: number): void {
  if (from >= to) throw unfit("body", "to", "must lie after `from`");
  if (to > now) throw unfit("body", "to", `must not lie after the city's time, ${new Date(now).toISOString()}`);
  if (to - from > mostDays * dayMs) throw unfit("body", "from", `the span may be ${mostDays} days long at most`);
}

function readChanged(own: WarningDefinition, sent: unknown) {
  requireShallow(sent);
  const parsed = warningDefinition.safeParse(sent);
  if (parsed.success && parsed.data.id === own.id) return { definition: parsed.data };
  if (parsed.success) return { problems: [`id: must be ${own.id}, as in the address`] };
  return {
    problems: parsed.error.issues
      .slice(0, 50)
      .map(({ path, message }) => `${path.length === 0 ? "definition" : path.map(String).join(".")}: ${message}`),
  };
}

/** Rules on rows bound their steps themselves. */
function costProblems(definition: WarningDefinition, network: Network, span: { from: number; to: number }): string[] {
  if (definition.frame) return [];
  const periods = new Map(
    definition.inputs.flatMap((input) => {
      if (!("kind" in input)) return [];
      const kind = network.kinds.find(({ id }) => id === input.kind);
      const own = kind?.properties.filter(({ id }) => input.properties.includes(id)) ?? [];
      return [[input.kind, Math.min(...own.map(({ periodSeconds }) => periodSeconds * 1000))] as const];
    }),
  );
  const every = durationMs(definition.every) ?? 1;
  const asked = network.stations.reduce((sum, { kind }) => {
    const period = periods.get(kind);
    return period === undefined ? sum : sum + (span.to - span.from) / Math.min(every, period);
  }, 0);
  if (asked <= mostEvaluations) return [];
  const days = Math.floor(((span.to - span.from) / dayMs) * (mostEvaluations / asked));
  return [`span: ${Math.round(asked / 1e6)} million evaluations are too many; take ${days} days at most`];
}

class OutOfPatience extends Error {}

/** A turn for other work every few ms; ends what takes too long. */
function createPause(patienceMs: number): () => Promise<void> {
  const startedAt = performance.now();
  let last = startedAt;
  return async () => {
    const now = performance.now();
    if (now - startedAt > patienceMs) {
      throw new OutOfPatience(`span: it takes longer than ${patienceMs / 1000} s; take a shorter one`);
    }
    if (now - last < sliceMs) return;
    await nextTurn();
    last = performance.now();
  };
}
