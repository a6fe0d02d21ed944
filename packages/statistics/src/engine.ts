import type { Frame, StatisticDefinition, StatisticItem } from "@ioc/contracts";
import type { Change } from "@ioc/observations";
import { calendarOf, datastreamId } from "@ioc/contracts";
import { framesOf } from "./frames.ts";
import type { FrameSources } from "./frames.ts";
import { PastReadings } from "./past-readings.ts";
import { itemOf, stateOf } from "./state.ts";
import type { State, TimedView } from "./state.ts";
import { ViewError, datasetsOf, inputsOf, stationsOf, viewOf } from "./view.ts";
import type { View, ViewRequest } from "./view.ts";

export interface StatisticsOptions extends FrameSources {
  definitions: readonly StatisticDefinition[];
  /** Told after each calculation of a default view whose headline, age or status changed. */
  onResult?: (frame: Frame) => void;
  /** Lets other work run between two calculations. */
  pause?: () => Promise<void>;
}

export interface StatisticsEngine {
  /** Marks what a commit touches; cheap, it runs on every commit. */
  observe(change: Change): void;
  /** Marks what the rows of a dataset touch. */
  observeRows(dataset: string): void;
  /** Adds a definition or puts it in the place of the one with its id; it is calculated at the next tick. */
  define(definition: StatisticDefinition, options: { custom: boolean }): void;
  withdraw(id: string): void;
  /**
   * Calculates a definition once and keeps nothing. A fault of the definition is told by the frame.
   * @throws ViewError when the view does not fit the definition
   */
  preview(definition: StatisticDefinition, view: ViewRequest, now: number): Promise<Frame>;
  /** Recomputes what is due at `now` (city time, ms); answers the ids whose default frame changed. */
  tick(now: number): Promise<string[]>;
  /** No further calculation is begun; a tick under way ends with the one that runs. */
  stop(): void;
  /** Definitions with the state of their default view. */
  list(): StatisticItem[];
  get(id: string): StatisticItem | undefined;
  /**
   * Frame of a view; other views than the default are worked out on demand and kept for the definition's refresh period. With
   * `at` the view as of that instant, from what is known today.
   * @throws ViewError when the statistic, the group or the subject does not exist
   */
  frame(id: string, view: TimedView, now: number): Promise<Frame>;
}

/** Late data is shown after five minutes of city time at the latest, even where the refresh period is longer. */
const lateAfter = 300_000;
/** A statistic without a value looks again this soon after data reached its span: a city that just started, or returned. */
const hopefulAfter = 15_000;
/** Where a calculation reads a long span it waits for this part of it, late data's patience at most: months change slowly. */
const hopefulPart = 20_000;
/** So long after its first run a statistic is young: the history of a city that just started may still be on its way. */
const youngFor = 900_000;
/** Views kept beside the default one, for each definition. */
const viewsKept = 32;

const keyOf = (view: View, at?: number) => `${view.group} ${view.subject ?? ""} ${at ?? ""}`;

/** A change of `computedAt` and of the window alone is no change. */
function printOf({ computedAt: _computedAt, window: _window, ...rest }: Frame): string {
  return JSON.stringify(rest);
}

/** Whether a headline is worth keeping beside the one before. */
function resultDiffers(before: Frame | null, after: Frame): boolean {
  return before?.value !== after.value || before.asOf !== after.asOf || before.status !== after.status;
}

const isYoung = ({ firstRun, lastRun }: State) => firstRun === null || (lastRun ?? firstRun) - firstRun < youngFor;

function add<K>(to: Map<K, State[]>, key: K, state: State): void {
  const known = to.get(key);
  if (known) known.push(state);
  else to.set(key, [state]);
}

class Engine implements StatisticsEngine {
  private readonly options: StatisticsOptions;
  private readonly states: Map<string, State>;
  private readonly dependants = new Map<string, State[]>();
  private readonly readers = new Map<string, State[]>();
  private readonly past = new PastReadings();
  private readonly sources: FrameSources;
  private stopped = false;

  constructor(options: StatisticsOptions) {
    this.options = options;
    this.sources = { ...options, past: this.past };
    this.states = new Map(options.definitions.map((definition) => [definition.id, stateOf(definition, false)]));
    for (const state of this.states.values()) this.register(state);
  }

  private register(state: State): void {
    for (const station of stationsOf(state.definition, this.options.network)) {
      for (const property of inputsOf(state.definition, station)) {
        add(this.dependants, datastreamId(station.id, property), state);
      }
    }
    for (const dataset of datasetsOf(state.definition)) add(this.readers, dataset, state);
  }

  private forget(state: State): void {
    for (const index of [this.dependants, this.readers]) {
      for (const [key, states] of index) {
        if (states.includes(state))
          index.set(
            key,
            states.filter((other) => other !== state),
          );
      }
    }
  }

  define(definition: StatisticDefinition, { custom }: { custom: boolean }): void {
    const before = this.states.get(definition.id);
    if (before) this.forget(before);
    const state = stateOf(definition, custom);
    this.states.set(definition.id, state);
    this.register(state);
  }

  withdraw(id: string): void {
    const state = this.states.get(id);
    if (!state) return;
    this.forget(state);
    this.states.delete(id);
  }

  async preview(definition: StatisticDefinition, view: ViewRequest, now: number): Promise<Frame> {
    const { frames } = await framesOf(definition, [view], this.sources, now);
    return frames[0] as Frame;
  }

  stop(): void {
    this.stopped = true;
  }

  observeRows(dataset: string): void {
    for (const state of this.readers.get(dataset) ?? []) {
      state.touched = true;
      state.filling = "flowing";
    }
  }

  observe(change: Change): void {
    this.past.observe(change);
    for (const { datastream, phenomenonTime } of change.observations) {
      for (const state of this.dependants.get(datastream) ?? []) {
        const { span } = state;
        const open = state.frame?.status !== "ok";
        // The first run reads while its span is not known yet: whatever lands meanwhile may be missing from it.
        const read = span ? phenomenonTime > span.from && (open || phenomenonTime <= span.to) : state.running !== null;
        if (!read) continue;
        state.touched = true;
        const filledIn = phenomenonTime <= (span ? span.to - lateAfter : Infinity);
        if (filledIn && (open || isYoung(state))) state.filling = "flowing";
      }
    }
    for (const { datastream, from, to } of change.removed ?? []) {
      for (const state of this.dependants.get(datastream) ?? []) {
        if (state.span && to > state.span.from && from < state.span.to) state.touched = true;
      }
    }
  }

  /** Never run, refresh period over, another local day, data inside the span it has read, or history that has been filled in. */
  private isDue(state: State, now: number): boolean {
    if (state.running) return false;
    if (state.lastRun === null) return true;
    const age = now - state.lastRun;
    if (age >= state.refresh) return true;
    const length = state.span ? state.span.to - state.span.from : 0;
    const hopeful = Math.min(lateAfter, Math.max(hopefulAfter, length / hopefulPart));
    if (state.filling === "rested" && age >= hopefulAfter) return true;
    const patience = state.frame?.status === "ok" ? lateAfter : hopeful;
    if (state.touched && age >= Math.min(state.refresh, patience)) return true;
    const calendar = calendarOf(this.options.network.timezone);
    return calendar.dayStart(now) !== calendar.dayStart(state.lastRun);
  }

  async tick(now: number): Promise<string[]> {
    const changed: string[] = [];
    for (const state of this.states.values()) {
      if (this.stopped) break;
      if (!this.isDue(state, now)) {
        if (state.filling) state.filling = "rested";
        continue;
      }
      if (await this.run(state, now)) changed.push(state.definition.id);
      await this.options.pause?.();
    }
    return changed;
  }

  /** One run at a time for each definition; true when the default frame changed. */
  private run(state: State, now: number): Promise<boolean> {
    if (state.running) return state.running;
    state.running = this.recompute(state, now).finally(() => {
      state.running = null;
    });
    return state.running;
  }

  private async recompute(state: State, now: number): Promise<boolean> {
    // Before the reads: a commit that lands while they run marks the definition again.
    state.touched = false;
    state.filling = null;
    state.firstRun ??= now;
    state.lastRun = now;
    for (const [key, kept] of state.views) if (now - kept.usedAt >= state.refresh) state.views.delete(key);
    const kept = [...state.views.values()].filter(({ request }) => request.at === undefined);
    const requests = [{}, ...kept.map((view) => view.request)];
    const { frames, span } = await framesOf(state.definition, requests, this.sources, now);
    kept.forEach((view, i) => {
      view.frame = frames[i + 1] as Frame;
      view.workedAt = now;
    });
    const frame = frames[0] as Frame;
    const print = printOf(frame);
    const changed = print !== state.print;
    if (resultDiffers(state.frame, frame)) this.options.onResult?.(frame);
    state.frame = frame;
    state.print = print;
    state.span = span;
    return changed;
  }

  list(): StatisticItem[] {
    return [...this.states.values()].map(itemOf);
  }

  get(id: string): StatisticItem | undefined {
    const state = this.states.get(id);
    return state && itemOf(state);
  }

  async frame(id: string, request: TimedView, now: number): Promise<Frame> {
    const state = this.states.get(id);
    if (!state) throw new ViewError("unknown-statistic", `there is no statistic "${id}"`);
    const view = viewOf(state.definition, this.options.network, request);
    const key = keyOf(view, request.at);
    if (key === keyOf(viewOf(state.definition, this.options.network, {}))) {
      if (state.frame === null || now - state.frame.computedAt >= state.refresh) await this.run(state, now);
      return state.frame as Frame;
    }
    const kept = state.views.get(key);
    if (kept && now - kept.workedAt < state.refresh) {
      kept.usedAt = now;
      return kept.frame;
    }
    const pending = state.pending.get(key);
    if (pending) return pending;
    const work = this.viewFrame(state, key, request, now).finally(() => state.pending.delete(key));
    state.pending.set(key, work);
    return work;
  }

  private async viewFrame(state: State, key: string, request: TimedView, now: number): Promise<Frame> {
    const { frames } = await framesOf(state.definition, [request], this.sources, request.at ?? now);
    const frame = frames[0] as Frame;
    state.views.delete(key);
    state.views.set(key, { request, frame, workedAt: now, usedAt: now });
    const oldest = state.views.keys().next().value;
    if (state.views.size > viewsKept && oldest !== undefined) state.views.delete(oldest);
    return frame;
  }
}

/** The engine that keeps the statistics of a network. Time is an argument: it has no clock and no timer of its own. */
export function createStatisticsEngine(options: StatisticsOptions): StatisticsEngine {
  return new Engine(options);
}
