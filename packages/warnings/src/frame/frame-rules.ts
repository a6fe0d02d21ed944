import type { Alert, Frame, Network, StatisticDefinition, WarningItem } from "@ioc/contracts";
import { describe, retirement } from "../engine/describe.ts";
import type { Outcome } from "../engine/run.ts";
import { RecentReadings } from "../engine/recent-readings.ts";
import { fits, isOpen } from "../state/state.ts";
import type { AlertWriter } from "../store/alert-writer.ts";
import type { Resumption } from "../store/alert-reader.ts";
import type { NewAlertEvent } from "../store/projection.ts";
import { compileFrameRule } from "./frame-rule.ts";
import type { FrameDefinition, FrameRule } from "./frame-rule.ts";
import { rowsOf } from "./frame-rows.ts";
import { FrameRun } from "./frame-run.ts";

/** Works out a definition once, in its first grouping. A fault of it is told by the frame's status. */
export type FrameSource = (definition: StatisticDefinition, now: number) => Promise<Frame>;

export interface FrameRulesOptions {
  definitions: readonly FrameDefinition[];
  network: Network;
  /** Where what is told is written to. */
  store: { readonly writer: Pick<AlertWriter, "append"> };
  frames: FrameSource;
}

interface Watched {
  readonly definition: FrameDefinition;
  /** Null when the definition cannot be compiled; `error` says why. */
  readonly rule: FrameRule | null;
  readonly runs: Map<string, FrameRun>;
  /** Alerts of an earlier run of the program that no row has taken up yet. */
  readonly waiting: Map<string, Resumption>;
  /** Rows that it reads have changed since it was worked out. */
  touched: boolean;
  lastEvaluatedAt: number | null;
  error: string | null;
}

/**
 * Changed rows are looked at this soon after the last time, ms of city time; so is a rule that has found no subject yet where it reads
 * stations, whose readings nobody tells it of.
 */
const touchedAfter = 60_000;

const noReadings = new RecentReadings(new Map());

/** Runs the rules whose subjects are rows: each at its own cadence, all of its subjects from one frame. */
export class FrameRules {
  private readonly options: FrameRulesOptions;
  private readonly watched: Watched[];

  constructor(options: FrameRulesOptions) {
    this.options = options;
    this.watched = options.definitions.map(watch);
  }

  /** Takes up what the store knows of these rules; answers what belongs to none of them. */
  resume(resumptions: readonly Resumption[]): Resumption[] {
    const byId = new Map(this.watched.map((one) => [one.definition.id, one]));
    return resumptions.filter((resumption) => {
      const watched = byId.get(resumption.alert.definition);
      watched?.waiting.set(resumption.alert.subject.id, resumption);
      return watched === undefined;
    });
  }

  /** Rows of a dataset have changed. */
  observeRows(dataset: string): void {
    for (const watched of this.watched) {
      const reads = watched.definition.inputs.some((input) => "dataset" in input && input.dataset === dataset);
      if (reads) watched.touched = true;
    }
  }

  /**
   * Works out the rules that are due at `now` (city time, ms) and commits what they tell. One that fails harms no
   * other.
   */
  async review(now: number): Promise<Alert[]> {
    const changed: Alert[] = [];
    for (const watched of this.watched) {
      const { rule } = watched;
      if (!rule || !isDue(watched, rule, now)) continue;
      // Before the rows are read: what changes meanwhile marks it again.
      watched.touched = false;
      watched.lastEvaluatedAt = now;
      const outcomes = await this.workOut(watched, rule, now);
      changed.push(...(await this.commit(outcomes, now)));
      changed.push(...(await this.retire(watched, now)));
    }
    return changed;
  }

  /** The run of a rule on a subject; undefined when it has no such subject. */
  runOf(definition: string, subject: string): FrameRun | undefined {
    return this.watched.find((one) => one.definition.id === definition)?.runs.get(subject);
  }

  list(): WarningItem[] {
    return this.watched.map(({ definition, runs, lastEvaluatedAt, error }) => ({
      ...definition,
      openAlerts: [...runs.values()].filter((run) => isOpen(run.told)).length,
      subjects: runs.size,
      lastEvaluatedAt,
      error,
    }));
  }

  /** A rule that fails tells it on its open alerts, and harms no other. */
  private async workOut(watched: Watched, rule: FrameRule, now: number): Promise<Outcome<FrameRun>[]> {
    try {
      const frame = await this.options.frames(rule.statistic, now);
      if (frame.status === "error") throw new Error(frame.error ?? "the rows cannot be worked out");
      watched.error = null;
      return this.evaluate(watched, rule, frame, now);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      watched.error = message;
      return [...watched.runs.values()].flatMap((run) => run.fail(message, now));
    }
  }

  private evaluate(watched: Watched, rule: FrameRule, frame: Frame, now: number): Outcome<FrameRun>[] {
    const { runs } = watched;
    const rows = rowsOf(frame, rule.definition.subject, rule.columns, this.options.network);
    const outcomes: Outcome<FrameRun>[] = [];
    for (const [id, row] of rows) {
      let run = runs.get(id);
      if (!run) runs.set(id, (run = taken(watched, new FrameRun(rule, row.about()))));
      outcomes.push(...run.evaluate(row.values, now));
    }
    const { absent } = rule.definition.frame;
    // Without any data at all there is nothing to be absent from.
    const values = absent && frame.asOf !== null ? new Map(Object.entries(absent)) : null;
    for (const [id, run] of runs) {
      if (rows.has(id)) continue;
      outcomes.push(...(values ? run.evaluate(values, now) : run.missing(now)));
    }
    return outcomes;
  }

  /** Open alerts of a restart whose subject or level is there no more end, as soon as a frame has shown who is. */
  private async retire(watched: Watched, now: number): Promise<Alert[]> {
    if (watched.error !== null || watched.runs.size === 0) return [];
    const over: NewAlertEvent[] = [];
    for (const resumption of watched.waiting.values()) {
      if (resumption.alert.condition !== "cleared") over.push(retirement(resumption, now));
    }
    watched.waiting.clear();
    return over.length === 0 ? [] : await this.options.store.writer.append(over);
  }

  private async commit(outcomes: readonly Outcome<FrameRun>[], now: number): Promise<Alert[]> {
    if (outcomes.length === 0) return [];
    const events = describe(outcomes, this.options.network, noReadings, now);
    const alerts = await this.options.store.writer.append(events);
    const runs = new Map(outcomes.map(({ run }) => [`${run.rule.definition.id} ${run.subject.id}`, run]));
    for (const alert of alerts) runs.get(`${alert.definition} ${alert.subject.id}`)?.settle(alert);
    return alerts;
  }
}

function isDue({ definition, lastEvaluatedAt, touched, runs }: Watched, { every }: FrameRule, now: number): boolean {
  if (lastEvaluatedAt === null) return true;
  const soon = touched || (runs.size === 0 && definition.inputs.some((input) => "kind" in input));
  return now - lastEvaluatedAt >= (soon ? Math.min(every, touchedAfter) : every);
}

function watch(definition: FrameDefinition): Watched {
  const empty = { definition, runs: new Map(), waiting: new Map(), touched: false, lastEvaluatedAt: null };
  try {
    return { ...empty, rule: compileFrameRule(definition), error: null };
  } catch (error) {
    return { ...empty, rule: null, error: error instanceof Error ? error.message : String(error) };
  }
}

/** A new run, continued from the store where its subject had an alert that its rule can go on with. */
function taken(watched: Watched, run: FrameRun): FrameRun {
  const known = watched.waiting.get(run.subject.id);
  if (!known) return run;
  if (fits(run.rule.machine, known.machine)) {
    run.resume(known.machine, known.alert);
    watched.waiting.delete(run.subject.id);
  } else run.rest(known.alert);
  return run;
}
