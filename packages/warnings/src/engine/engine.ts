import type { Alert, Explanation, Network, WarningDefinition, WarningItem } from "@ioc/contracts";
import type { Change, ObservationReader } from "@ioc/observations";
import { FrameRules } from "../frame/frame-rules.ts";
import type { FrameSource } from "../frame/frame-rules.ts";
import { isFrameRule } from "../frame/frame-rule.ts";
import { explainRun } from "../explain/explain.ts";
import { compileRule } from "../rule/compile.ts";
import type { CompiledRule } from "../rule/compile.ts";
import { fits, isOpen } from "../state/state.ts";
import type { AlertStore } from "../store/alert-store.ts";
import type { NewAlertEvent } from "../store/projection.ts";
import { describe, retirement } from "./describe.ts";
import { loadReadings } from "./load.ts";
import { RecentReadings } from "./recent-readings.ts";
import type { Readings } from "./recent-readings.ts";
import { StationContacts } from "./station-contacts.ts";
import { SubjectRun, spacingOf } from "./subject-run.ts";
import type { Outcome } from "./run.ts";

export interface WarningEngineOptions {
  definitions: readonly WarningDefinition[];
  network: Network;
  reader: ObservationReader;
  store: AlertStore;
  /** Where the rows of rules on rows come from. */
  frames: FrameSource;
}

/** Runs definitions over the readings of a city. All times are city time, ms; `now` never runs backwards. */
export interface WarningEngine {
  /**
   * Loads the readings that the rules look back at and the alerts that are open, and catches up with what happened since.
   * Call once, before anything else. Changes committed after this call must all be handed to {@link observe}.
   */
  start(now: number): Promise<void>;
  /** Steps the rules that read what changed. Resolves with the alerts that changed, after they are committed. */
  observe(change: Change, now: number): Promise<Alert[]>;
  /** Lets the clock pass: deadlines, missing data, rules that the clock drives. Call about once a second. */
  tick(now: number): Promise<Alert[]>;
  /** Marks the rules that read these rows; cheap, it runs whenever some are put. */
  observeRows(dataset: string): void;
  /** Works out the rules on rows that are due. Apart from {@link tick}, because a frame may take a while. */
  review(now: number): Promise<Alert[]>;
  list(now: number): WarningItem[];
  /**
   * What a rule makes of a subject at a time (city time, ms) and why. `unwatched`: it has no such subject; `forgotten`: the time lies
   * further back than what it keeps.
   */
  explain(
    definition: string,
    subject: string,
    at: number,
    now: number,
  ): Promise<Explanation | "unwatched" | "forgotten">;
}

interface Watched {
  readonly definition: WarningDefinition;
  readonly runs: readonly SubjectRun[];
  readonly clockDriven: boolean;
  /** Why the definition cannot run at all. */
  readonly fault: string | null;
  lastEvaluatedAt: number | null;
}

/** A run that reads a datastream, as one of its subject's own or as one around it. */
interface Listener {
  readonly run: SubjectRun;
  readonly watched: Watched;
  readonly own: boolean;
}

/** Runs whose readings changed since `from`; `times` are those of their subject's own readings. */
type TouchedRuns = Map<SubjectRun, { from: number; times: number[]; watched: Watched }>;

export function createWarningEngine(options: WarningEngineOptions): WarningEngine {
  return new Engine(options);
}

class Engine implements WarningEngine {
  private readonly options: WarningEngineOptions;
  private watched: Watched[] = [];
  private readonly listeners = new Map<string, Listener[]>();
  /** ms to keep of each datastream. */
  private readonly retention = new Map<string, number>();
  private readonly readings = new RecentReadings(this.retention);
  private contacts = new StationContacts(-Infinity);
  /** Runs in which something is under way, so that the clock matters to them. */
  private readonly active = new Set<SubjectRun>();
  /** Runs of clock-driven rules by station. */
  private readonly byStation = new Map<string, SubjectRun[]>();
  private readonly frameRules: FrameRules;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(options: WarningEngineOptions) {
    this.options = options;
    this.frameRules = new FrameRules({ ...options, definitions: options.definitions.filter(isFrameRule) });
  }

  async start(now: number): Promise<void> {
    await this.inOrder(async () => {
      this.contacts = new StationContacts(now);
      const onReadings = this.options.definitions.filter((definition) => !isFrameRule(definition));
      this.watched = onReadings.map((definition) => this.watch(definition));
      await loadReadings(
        this.options.reader,
        this.retention,
        { readings: this.readings, contacts: this.contacts },
        now,
      );
      await this.resume(now);
      const outcomes = this.watched.flatMap(({ runs, clockDriven }) =>
        clockDriven ? [] : runs.flatMap((run) => this.catchUp(run, now)),
      );
      return await this.commit(outcomes, now);
    });
  }

  async observe(change: Change, now: number): Promise<Alert[]> {
    return await this.inOrder(async () => {
      this.contacts.arrived(now);
      const touched: TouchedRuns = new Map();
      const heard = new Set<string>();
      for (const { datastream, phenomenonTime, result, quality } of change.observations) {
        const station = this.contacts.hear(datastream, phenomenonTime, now);
        if (station !== null) heard.add(station);
        const retention = this.retention.get(datastream);
        if (retention === undefined || phenomenonTime < now - retention) continue;
        const valid = quality === 1 || quality === 2;
        if (!this.readings.put(datastream, phenomenonTime, valid ? result : null)) continue;
        this.touch(touched, datastream, phenomenonTime);
      }
      for (const { datastream, from, to } of change.removed ?? []) {
        const oldest = this.readings.withdraw(datastream, from, to);
        if (oldest !== null) this.touch(touched, datastream, oldest);
      }
      const outcomes = [...touched].flatMap(([run, { from, times, watched }]) => {
        watched.lastEvaluatedAt = now;
        return run.readingsChanged(from, times, now);
      });
      for (const run of touched.keys()) this.follow(run);
      outcomes.push(...this.backInTouch(heard, now));
      return await this.commit(outcomes, now);
    });
  }

  private touch(touched: TouchedRuns, datastream: string, time: number): void {
    for (const { run, watched, own } of this.listeners.get(datastream) ?? []) {
      const before = touched.get(run) ?? { from: time, times: [], watched };
      before.from = Math.min(before.from, time);
      if (own) before.times.push(time);
      touched.set(run, before);
    }
  }

  async tick(now: number): Promise<Alert[]> {
    return await this.inOrder(async () => {
      this.contacts.passed(now);
      const outcomes = [...this.active].flatMap((run) => run.clock(now));
      for (const watched of this.watched) {
        if (!watched.clockDriven) continue;
        watched.lastEvaluatedAt = now;
        for (const run of watched.runs) outcomes.push(...run.evaluateNow(now));
      }
      return await this.commit(outcomes, now);
    });
  }

  observeRows(dataset: string): void {
    this.frameRules.observeRows(dataset);
  }

  async review(now: number): Promise<Alert[]> {
    return await this.frameRules.review(now);
  }

  /** In the order of the definitions. */
  list(_now: number): WarningItem[] {
    const onReadings = this.watched.map(({ definition, runs, fault, lastEvaluatedAt }) => ({
      ...definition,
      openAlerts: runs.filter((run) => isOpen(run.told)).length,
      subjects: runs.length,
      lastEvaluatedAt,
      error: fault ?? runs.find((run) => run.error !== null)?.error ?? null,
    }));
    const items = new Map([...onReadings, ...this.frameRules.list()].map((item) => [item.id, item]));
    return this.options.definitions.flatMap(({ id }) => items.get(id) ?? []);
  }

  async explain(
    definition: string,
    subject: string,
    at: number,
    now: number,
  ): Promise<Explanation | "unwatched" | "forgotten"> {
    const onReadings = this.watched.find((one) => one.definition.id === definition);
    const run =
      onReadings?.runs.find((one) => one.subject.station.id === subject) ?? this.frameRules.runOf(definition, subject);
    if (!run) return "unwatched";
    const situation = run.situation(at, now);
    if (!situation) return "forgotten";
    const alert = run.alert && (await this.options.store.get(run.alert.id));
    return explainRun(run, situation, at, alert, this.options.network);
  }

  /** A definition that cannot be compiled watches nothing and says why; the others go on. */
  private watch(definition: WarningDefinition): Watched {
    const { network } = this.options;
    let rule: CompiledRule;
    try {
      rule = compileRule(definition, network, { readings: this.readings as Readings, contacts: this.contacts });
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      return { definition, runs: [], clockDriven: false, fault, lastEvaluatedAt: null };
    }
    const runs = rule.subjects.map((subject) => new SubjectRun(rule, subject, this.readings));
    const watched: Watched = { definition, runs, clockDriven: rule.clockDriven, fault: null, lastEvaluatedAt: null };
    for (const run of runs) this.listen(watched, run);
    return watched;
  }

  private listen(watched: Watched, run: SubjectRun): void {
    const { own, around, signals, station } = run.subject;
    if (watched.clockDriven) this.byStation.set(station.id, [...(this.byStation.get(station.id) ?? []), run]);
    const windows = [...signals.values()].map(({ window }) => window);
    const looksBack = Math.max(0, ...windows) + run.rule.horizon + spacingOf(run.rule);
    for (const datastream of [...own, ...around]) {
      const isOwn = own.includes(datastream);
      this.retention.set(datastream, Math.max(this.retention.get(datastream) ?? 0, looksBack));
      // The clock evaluates such a rule every second anyway.
      if (watched.clockDriven) continue;
      const listeners = this.listeners.get(datastream) ?? [];
      listeners.push({ run, watched, own: isOwn });
      this.listeners.set(datastream, listeners);
    }
  }

  private async resume(now: number): Promise<void> {
    const runs = new Map(
      this.watched.flatMap(({ runs, clockDriven }) =>
        runs.map((run) => [keyOf(run.rule.definition.id, run.subject.station.id), { run, clockDriven }]),
      ),
    );
    const retired: NewAlertEvent[] = [];
    for (const resumption of this.frameRules.resume(await this.options.store.resumptions())) {
      const { alert, machine } = resumption;
      const found = runs.get(keyOf(alert.definition, alert.subject.id));
      if (found && fits(found.run.rule.machine, machine)) {
        // A clock-driven rule was not evaluated while the program stood still; that is no lack of data.
        found.run.resume(found.clockDriven ? { ...machine, knownAt: now } : machine, alert);
        this.follow(found.run);
        continue;
      }
      if (alert.condition !== "cleared") retired.push(retirement(resumption, now));
      found?.run.rest(alert);
    }
    await this.options.store.writer.append(retired);
  }

  private catchUp(run: SubjectRun, now: number): Outcome<SubjectRun>[] {
    const from = Math.max(run.base, now - run.rule.horizon);
    const times = run.subject.own.flatMap((id) => this.readings.within(id, from, now).map(({ time }) => time));
    const outcomes = run.readingsChanged(from, times, now);
    this.follow(run);
    return outcomes;
  }

  /** Stations that are heard again while something is under way are looked at at once. */
  private backInTouch(heard: ReadonlySet<string>, now: number): Outcome<SubjectRun>[] {
    return [...heard]
      .flatMap((station) => this.byStation.get(station) ?? [])
      .filter((run) => run.told.condition !== "normal")
      .flatMap((run) => run.evaluateNow(now));
  }

  private follow(run: SubjectRun): void {
    if (run.underWay && !run.rule.clockDriven) this.active.add(run);
    else this.active.delete(run);
  }

  private async commit(outcomes: readonly Outcome<SubjectRun>[], now: number): Promise<Alert[]> {
    if (outcomes.length === 0) return [];
    const alerts = await this.options.store.writer.append(describe(outcomes, this.options.network, this.readings, now));
    const runs = new Map(outcomes.map(({ run }) => [keyOf(run.rule.definition.id, run.subject.station.id), run]));
    for (const alert of alerts) runs.get(keyOf(alert.definition, alert.subject.id))?.settle(alert);
    for (const run of runs.values()) this.follow(run);
    return alerts;
  }

  /** One thing at a time: what is evaluated rests on what was committed before. */
  private async inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return await result;
  }
}

function keyOf(definition: string, subject: string): string {
  return `${definition} ${subject}`;
}
