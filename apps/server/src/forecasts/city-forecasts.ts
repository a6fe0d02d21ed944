import { setImmediate as nextTurn } from "node:timers/promises";
import type { RowTable } from "@ioc/catalogue";
import {
  checkForecast,
  dueAt,
  fanFrame,
  forecastDataset,
  newestIssues,
  rowsOf,
  skillOf,
  subjectName,
  termsOf,
  type ForecastRow,
} from "@ioc/city-forecasts";
import {
  calendarOf,
  type ForecastDefinition,
  type ForecastFan,
  type ForecastItem,
  type ForecastSkill,
  type ForecastSubject,
  type LocalizedText,
} from "@ioc/contracts";
import { toldOfError } from "./remarks.ts";
import { issueForecast, readSeries, type IssueServices, type Runnable, type SeriesOfForecast } from "./issue.ts";

/** The forecasts of a city: made when they are due, kept as rows of a dataset, told with what came of them. */
export interface CityForecasts {
  /** Makes what is due at `now` (city time, ms), one definition after the other. Answers what is wrong, by definition. */
  step(now: number): Promise<Map<string, string>>;
  list(): Promise<ForecastItem[]>;
  /** Null when there is no such forecast, or none of the subject yet; the first subject unless named. */
  fan(id: string, subject: string | undefined, now: number): Promise<ForecastFan | null>;
}

/** Data that nobody sends yet are no fault of the program. */
const noValues: LocalizedText = { vi: "chưa có số liệu để dự báo", en: "there are no values to forecast from" };

interface State {
  readonly definition: ForecastDefinition;
  /** Null when the definition cannot run; `error` says why. */
  readonly runnable: Runnable | null;
  error: LocalizedText | null;
  /** The same where the definition or the program is at fault. */
  fault: string | null;
  failures: Map<string, LocalizedText>;
  notes: Map<string, LocalizedText>;
  /** The issue that is being made or was made last, and who has one of it. */
  due: number | null;
  done: Set<string>;
  triedAt: number;
  complete: boolean;
  /** Observed series, as of a city time. */
  seen: { at: number; series: Promise<SeriesOfForecast> } | null;
  /** What the rows of a version of the table say. */
  told: { version: number; issues: Map<string, ForecastRow[]>; skill(): ForecastSkill[] } | null;
}

/** Where nothing could be made it is tried again this soon, ms of city time: the history of a city that just started is on its way. */
const retryAfter = 15_000;
/** Where some subjects are missing or their data are late it is tried again after this part of the time between two issues. */
const retryPart = 12;
/** Observed values that are shown may be this old, ms of city time. */
const seenFor = 300_000;

export function createCityForecasts(
  options: IssueServices & { definitions: readonly ForecastDefinition[] },
): CityForecasts {
  const { network, datasets } = options;
  const calendar = calendarOf(network.timezone);
  const states = options.definitions.map((definition) => stateOf(definition, checkForecast(definition, network)));
  const kept = datasets.definition(forecastDataset) !== undefined;
  const table = async (): Promise<RowTable | null> => (kept ? await datasets.table(forecastDataset) : null);

  const toldOf = (state: State, rows: RowTable | null) => {
    if (!rows) return { issues: new Map<string, ForecastRow[]>(), skill: () => [] };
    if (state.told?.version !== rows.version) {
      const own = rowsOf(rows, state.definition.id);
      const hours = (state.runnable?.terms.horizon ?? 0) / 3_600_000;
      let skill: ForecastSkill[] | undefined;
      state.told = { version: rows.version, issues: newestIssues(own), skill: () => (skill ??= skillOf(own, hours)) };
    }
    return state.told;
  };
  const subjectOf = ({ definition }: State, id: string, [first]: readonly ForecastRow[]): ForecastSubject => ({
    id,
    name: subjectName(definition, id, network),
    issuedAt: first?.issuedAt ?? 0,
    method: first?.method ?? "",
    backtestMase: first?.backtestMase ?? null,
  });

  const isDue = (state: State, { terms }: Runnable, now: number): boolean => {
    const due = dueAt(terms, calendar, now);
    if (state.due !== due) return true;
    if (state.complete) return false;
    return now - state.triedAt >= (state.done.size > 0 ? terms.every / retryPart : retryAfter);
  };
  const run = async (state: State, runnable: Runnable, now: number): Promise<void> => {
    const at = dueAt(runnable.terms, calendar, now);
    state.triedAt = now;
    if (state.due !== at) {
      // What an earlier run of the program has made is not made again.
      const { issues } = toldOf(state, await table());
      const made = [...issues].filter(([, [row]]) => row?.issuedAt === at);
      Object.assign(state, {
        due: at,
        done: new Set(made.map(([subject]) => subject)),
        complete: false,
        notes: new Map(),
      });
    }
    const read = await readSeries(runnable, options, at);
    const { failures, notes } = await issueForecast(runnable, read, at, now, state.done, options);
    state.failures = failures;
    // Subjects that are done are not made again with the others.
    for (const [subject, note] of notes) state.notes.set(subject, note);
    state.complete = state.done.size > 0 && [...read.series.keys()].every((subject) => state.done.has(subject));
    state.error = state.done.size === 0 && read.series.size === 0 ? noValues : null;
  };

  return {
    async step(now) {
      for (const state of states) {
        const { runnable } = state;
        if (options.signal.aborted || !runnable || !isDue(state, runnable, now)) continue;
        try {
          await run(state, runnable, now);
          state.fault = null;
        } catch (error) {
          state.error = toldOfError(error);
          state.fault = state.error.en;
        }
      }
      return new Map(states.flatMap(({ definition, fault }) => (fault === null ? [] : [[definition.id, fault]])));
    },
    async list() {
      const rows = await table();
      const items: ForecastItem[] = [];
      for (const state of states) {
        // Tens of thousands of rows are gone through for each: other work gets a turn between two.
        await nextTurn();
        const { issues, skill } = toldOf(state, rows);
        const subjects = [...issues].map(([id, issue]) => subjectOf(state, id, issue));
        const told = (messages: ReadonlyMap<string, LocalizedText>) =>
          [...messages].map(([subject, message]) => ({
            subject,
            name: subjectName(state.definition, subject, network),
            message,
          }));
        const [failures, notes] = [told(state.failures), told(state.notes)];
        const issuedAt = subjects.reduce<number | null>((newest, one) => Math.max(newest ?? 0, one.issuedAt), null);
        const { definition, error } = state;
        items.push({ ...definition, issuedAt, subjects, skill: skill(), error, failures, notes });
      }
      return items;
    },
    async fan(id, wanted, now) {
      const state = states.find(({ definition }) => definition.id === id);
      if (!state?.runnable) return null;
      const { issues } = toldOf(state, await table());
      const subject = wanted ?? [...issues.keys()][0];
      const issue = subject === undefined ? undefined : issues.get(subject);
      if (subject === undefined || !issue) return null;
      const seen = await seenBy(state, state.runnable, options, now);
      const { definition, terms } = state.runnable;
      const observed = seen?.series.get(subject) ?? null;
      const frame = fanFrame(definition, terms, issue, observed, { now, synthetic: seen?.synthetic ?? false });
      return { forecast: id, subject: subjectOf(state, subject, issue), frame };
    },
  };
}

/** The observed series; null while they cannot be worked out: the forecast is shown without them. */
async function seenBy(state: State, runnable: Runnable, services: IssueServices, now: number) {
  const { seen } = state;
  const fresh = seen && now >= seen.at && now - seen.at < seenFor ? seen : null;
  const used = fresh ?? { at: now, series: readSeries(runnable, services, now) };
  state.seen = used;
  try {
    return await used.series;
  } catch {
    if (state.seen === used) state.seen = null;
    return null;
  }
}

function stateOf(definition: ForecastDefinition, problems: readonly string[]): State {
  const runnable = problems.length === 0 ? { definition, terms: termsOf(definition) } : null;
  const fault = runnable ? null : problems.join("; ");
  return {
    definition,
    runnable,
    error: fault === null ? null : toldOfError(fault),
    fault,
    failures: new Map(),
    notes: new Map(),
    due: null,
    done: new Set(),
    triedAt: -Infinity,
    complete: false,
    seen: null,
    told: null,
  };
}
