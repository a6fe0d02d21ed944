import type { Datasets } from "@ioc/catalogue";
import { checkRegression, fitRows, fittedAt, regressionDataset, regressionStatistic } from "@ioc/city-forecasts";
import {
  calendarOf,
  type Frame,
  type Network,
  type RegressionDefinition,
  type StatisticDefinition,
} from "@ioc/contracts";
import { putRows } from "./put-rows.ts";

/** The regressions of a city: fitted once a month of the city's calendar, their coefficients kept as rows of a dataset. */
export interface Regressions {
  /** Fits what is due at `now` (city time, ms). Answers what is wrong, by definition. */
  step(now: number): Promise<Map<string, string>>;
}

/** So long after the start nothing is fitted, ms of city time: the history of a city that just started is on its way. */
const settledAfter = 3_600_000;

/** Where there is too little to learn from it is tried again on the next day; what was learned before stays in force. */
export function createRegressions(options: {
  definitions: readonly RegressionDefinition[];
  network: Network;
  datasets: Pick<Datasets, "put" | "table" | "definition">;
  /** Works out a definition once, at a city time (ms), in its first grouping. */
  frames(definition: StatisticDefinition, at: number): Promise<Frame>;
  /** Time as ISO 8601 with offset. */
  iso(time: number): string;
  signal: AbortSignal;
}): Regressions {
  const { network, datasets, frames, iso } = options;
  const calendar = calendarOf(network.timezone);
  const states = options.definitions.map((definition) => ({
    definition,
    /** Null when it can be fitted. */
    broken: checkRegression(definition, network).join("; ") || null,
    lookedAt: null as number | null,
    fault: null as string | null,
  }));
  let startedAt: number | undefined;

  /** Looked at once a day. */
  const isDue = async (state: (typeof states)[number], now: number): Promise<boolean> => {
    const { definition, lookedAt } = state;
    if (lookedAt !== null && lookedAt >= calendar.dayStart(now)) return false;
    state.lookedAt = now;
    const last = fittedAt(await datasets.table(regressionDataset), definition.id);
    return last === null || last < calendar.monthStart(now);
  };
  const fit = async (definition: RegressionDefinition, now: number): Promise<void> => {
    const at = calendar.dayStart(now);
    const frame = await frames(regressionStatistic(definition), at);
    const rows = fitRows(definition, frame, at, iso);
    await putRows(regressionDataset, rows, { synthetic: frame.synthetic, now }, datasets);
  };
  return {
    async step(now) {
      startedAt ??= now;
      for (const state of states) {
        if (options.signal.aborted || state.broken !== null || now - startedAt < settledAfter) continue;
        try {
          if (!(await isDue(state, now))) continue;
          await fit(state.definition, now);
          state.fault = null;
        } catch (error) {
          state.fault = error instanceof Error ? error.message : String(error);
        }
      }
      return new Map(
        states.flatMap(({ definition, broken, fault }) => {
          const message = broken ?? fault;
          return message === null ? [] : [[definition.id, message] as const];
        }),
      );
    },
  };
}
