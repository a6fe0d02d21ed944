import type { Alert, Network, WarningDefinition } from "@ioc/contracts";
import type { ObservationReader } from "@ioc/observations";
import { describe } from "../engine/describe.ts";
import type { Outcome } from "../engine/run.ts";
import { SubjectRun } from "../engine/subject-run.ts";
import { compileRule } from "../rule/compile.ts";
import type { CompiledRule } from "../rule/compile.ts";
import { milliseconds } from "../rule/levels.ts";
import { AlertMemory } from "./alert-memory.ts";
import { ContactHistory } from "./contact-history.ts";
import { History } from "./history.ts";
import { clearingOver, isQuiet, stretchMs } from "./quiet.ts";

const hourMs = 3_600_000;
/** Readings that are read at once. */
const atOnce = 400_000;
/** Evaluations until other work gets a turn. */
const betweenPauses = 2000;

/** What a trial reads, and the span, ms. */
export interface PlayOptions {
  network: Network;
  reader: Pick<ObservationReader, "raw">;
  from: number;
  to: number;
  /** Lets other work run between two slices of a few ms; ends the trial by throwing. */
  pause?: (() => Promise<void>) | undefined;
}

/** What a definition told over a span. */
export interface Played {
  /** Every alert that fired up to the end, also before `from`, where the rule got under way. */
  alerts: Alert[];
  subjects: number;
  evaluations: number;
  stepMs: number | null;
  error: string | null;
}

/**
 * Plays a rule on readings through history, subject by subject with the runs of the engine, in event time: as if every reading had
 * come when it was taken.
 *
 * @throws Error that says what is wrong with the definition
 */
export async function playReadings(definition: WarningDefinition, options: PlayOptions): Promise<Played> {
  const trial = new ReadingsTrial(definition, options);
  await (trial.rule.clockDriven ? trial.playClock() : trial.playReadings());
  return trial.result();
}

class ReadingsTrial {
  readonly rule: CompiledRule;
  private readonly options: PlayOptions;
  private readonly history = new History();
  private readonly contacts: ContactHistory;
  private readonly runs: readonly SubjectRun[];
  private readonly memory = new AlertMemory();
  /** ms that signals look back, by datastream. */
  private readonly windows = new Map<string, number>();
  private readonly begin: number;
  private readonly stepMs: number;
  private evaluations = 0;
  private untilPause = betweenPauses;
  private error: string | null = null;

  constructor(definition: WarningDefinition, options: PlayOptions) {
    this.options = options;
    const { network, from } = options;
    const stations = watchedStations(definition, network);
    const horizon = horizonOf(definition);
    // Holds that began before the span are seen from their start.
    this.begin = from - horizon;
    this.contacts = new ContactHistory(network, stations, this.begin);
    this.rule = compileRule(definition, network, { readings: this.history, contacts: this.contacts });
    this.runs = this.rule.subjects.map((subject) => new SubjectRun(this.rule, subject, this.history));
    this.stepMs = milliseconds(definition.every);
    for (const { subject } of this.runs) {
      const window = Math.max(hourMs, ...[...subject.signals.values()].map((signal) => signal.window));
      for (const id of [...subject.own, ...subject.around]) {
        this.windows.set(id, Math.max(this.windows.get(id) ?? 0, window));
      }
    }
  }

  result(): Played {
    return {
      alerts: this.memory.fired(),
      subjects: this.runs.length,
      evaluations: this.evaluations,
      stepMs: this.rule.clockDriven ? this.stepMs : null,
      error: this.error,
    };
  }

  /** Each subject is looked at when a reading of its own comes, and when a deadline of what is under way passes. */
  async playReadings(): Promise<void> {
    const { to } = this.options;
    const length = this.pieceOf([...this.windows.keys()]);
    let next = this.read(this.begin - Math.max(0, ...this.windows.values()), this.begin + length);
    for (let from = this.begin; from < to; from += length) {
      const end = Math.min(to, from + length);
      this.history.add(await next);
      // The next piece is read while this one is played.
      next = end < to ? this.read(end, Math.min(to, end + length)) : next;
      next.catch(() => undefined);
      for (const run of this.runs) await this.playRun(run, from, end);
      this.forget(end);
    }
    for (const run of this.runs) if (run.underWay) this.commit(run.clock(to), to);
  }

  /** Every subject is looked at every `every`. */
  async playClock(): Promise<void> {
    const { reader, to } = this.options;
    const { stepMs } = this;
    const stretch = Math.max(1, Math.floor(stretchMs / stepMs)) * stepMs;
    const length = 4 * stretch;
    this.contacts.add(await this.contacts.read(reader, this.begin - 24 * hourMs, this.begin));
    const window = Math.max(0, ...this.windows.values());
    if (window > 0) this.history.add(await this.read(this.begin - window, this.begin));
    let next = this.contacts.read(reader, this.begin, Math.min(to, this.begin + length));
    for (let from = this.begin; from < to; from += length) {
      const end = Math.min(to, from + length);
      this.contacts.add(await next);
      // The next piece is read while this one is played.
      next = end < to ? this.contacts.read(reader, end, Math.min(to, end + length)) : next;
      next.catch(() => undefined);
      if (window > 0) this.history.add(await this.read(from, end));
      for (let at = from; at < end; at += stretch) await this.playStretch(at, Math.min(end, at + stretch));
      this.forget(end);
    }
  }

  private async playStretch(from: number, to: number): Promise<void> {
    const restless = this.runs.filter((run) => !this.passesOver(run, from, to));
    for (let at = from + this.stepMs; at <= to; at += this.stepMs) {
      this.contacts.moveTo(at);
      for (const run of restless) {
        this.commit(run.evaluateNow(at), at);
        this.error ??= run.error;
      }
      await this.counted(this.runs.length);
    }
    this.contacts.moveTo(to);
  }

  /** Leaves out a stretch in which nothing can happen to a run; answers whether that could be told. */
  private passesOver(run: SubjectRun, from: number, to: number): boolean {
    if (isQuiet(run, from, to)) return true;
    const { stepMs } = this;
    // Without readings the signals are made of contacts, which are known at every time.
    if (this.windows.size > 0 || stepMs > run.rule.machine.staleAfter) return false;
    const clear = clearingOver(run, from, to);
    const steps = Math.floor((to - from) / stepMs);
    if (!clear || steps === 0) return false;
    run.passOver({ first: from + stepMs, last: from + steps * stepMs, clear });
    return true;
  }

  private async playRun(run: SubjectRun, from: number, to: number): Promise<void> {
    const { own } = run.subject;
    for (let at = from; at < to; at += stretchMs) {
      const end = Math.min(to, at + stretchMs);
      const times = this.history.timesOf(own, at, end);
      if (times.length > 0 && !isQuiet(run, at, end)) this.evaluate(run, times);
      await this.counted(times.length);
    }
  }

  private evaluate(run: SubjectRun, times: readonly number[]): void {
    const one = [0];
    for (const at of times) {
      // What the clock would have told in between.
      if (run.underWay) this.commit(run.clock(at - 1), at - 1);
      one[0] = at;
      this.commit(run.readingsChanged(at, one, at), at);
      this.error ??= run.error;
    }
  }

  /** Lets go of what no signal looks back to from here on. */
  private forget(now: number): void {
    for (const [id, window] of this.windows) this.history.forget(id, now - window);
  }

  private async counted(evaluations: number): Promise<void> {
    this.evaluations += evaluations;
    this.untilPause -= evaluations;
    if (this.untilPause <= 0) await this.pause();
  }

  private async pause(): Promise<void> {
    this.untilPause = betweenPauses;
    await this.options.pause?.();
  }

  private commit(outcomes: readonly Outcome<SubjectRun>[], now: number): void {
    const [first] = outcomes;
    if (!first) return;
    const alerts = this.memory.take(describe(outcomes, this.options.network, this.history, now));
    // All are of one run.
    for (const alert of alerts) first.run.settle(alert);
  }

  private async read(from: number, to: number) {
    return await this.options.reader.raw({ datastreams: [...this.windows.keys()], from, to });
  }

  /** So long that about as many readings as may are read at once, ms. */
  private pieceOf(datastreams: readonly string[]): number {
    const { network, from, to } = this.options;
    const periods = new Map(network.kinds.map((kind) => [kind.id, kind.properties]));
    const kindOf = new Map(network.stations.map(({ id, kind }) => [id, kind]));
    let perMs = 0;
    for (const id of datastreams) {
      const [station = "", property = ""] = id.split(":");
      const found = periods.get(kindOf.get(station) ?? "")?.find((one) => one.id === property);
      perMs += 1 / ((found?.periodSeconds ?? 3600) * 1000);
    }
    return Math.max(hourMs, Math.min(to - from + horizonOf(this.rule.definition), atOnce / Math.max(perMs, 1e-12)));
  }
}

/** As long as holds, clearings and missing data can last, ms. */
function horizonOf({ levels, for: usual, clearFor, staleAfter }: WarningDefinition): number {
  const holds = levels.map((level) => milliseconds(level.for ?? usual));
  return Math.max(...holds) + milliseconds(clearFor) + milliseconds(staleAfter);
}

function watchedStations({ inputs }: WarningDefinition, { stations }: Network) {
  const kinds = new Set(inputs.flatMap((input) => ("kind" in input ? [input.kind] : [])));
  return stations.filter(({ kind }) => kinds.has(kind));
}
