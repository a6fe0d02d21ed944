import { useRef, useState } from "react";
import type { Backtest, BacktestAnswer, WarningItem } from "@ioc/contracts";
import { backtestWarning } from "../../data/index.ts";
import { isChanged, tried } from "./trial.ts";
import type { Trial } from "./trial.ts";

/** The definition in force and a changed one over the same span; `changed` is null when nothing was changed. */
export interface Comparison {
  present: Backtest;
  changed: Backtest | null;
}

export interface BacktestState {
  comparison: Comparison | null;
  /** What is wrong with the changed definition or the span. */
  problems: readonly string[];
  error: unknown;
  pending: boolean;
}

type WithKey = <T>(act: (key: string) => Promise<T>) => Promise<T | undefined>;

class Refused extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join("; "));
    this.problems = problems;
  }
}

/** The answer's backtest. @throws Refused with its problems */
function backtestOf({ problems, backtest }: BacktestAnswer): Backtest {
  if (backtest) return backtest;
  throw new Refused(problems);
}

const idle: BacktestState = { comparison: null, problems: [], error: null, pending: false };

/** Runs a trial beside the definition in force, which is asked for once a span. */
export function useBacktest(definition: WarningItem, withKey: WithKey) {
  const [state, setState] = useState(idle);
  const known = useRef<Backtest | null>(null);
  const run = async (trial: Trial, span: { from: number; to: number }): Promise<void> => {
    setState((before) => ({ ...idle, comparison: before.comparison, pending: true }));
    try {
      const comparison = await withKey(async (key): Promise<Comparison> => {
        const { id } = definition;
        const asked = async (changed?: ReturnType<typeof tried>) =>
          backtestOf(await backtestWarning(id, { ...span, definition: changed }, key));
        const { current } = known;
        const same = current?.from === span.from && current.to === span.to;
        // One after the other: the server runs one at a time.
        const present = same ? current : await asked();
        known.current = present;
        return { present, changed: isChanged(definition, trial) ? await asked(tried(definition, trial)) : null };
      });
      setState(comparison ? { ...idle, comparison } : idle);
    } catch (error) {
      setState({ ...idle, ...(error instanceof Refused ? { problems: error.problems } : { error }) });
    }
  };
  return { ...state, run };
}
