import { setTimeout as sleep } from "node:timers/promises";
import type { LocalizedText, Network, Simulation } from "@ioc/contracts";
import { playedDatasets } from "./datasets/all.ts";
import { PlayedCity } from "./datasets/city.ts";
import { DatasetSending } from "./datasets/sending.ts";
import type { Driver } from "./emission/driver.ts";
import { driversOf } from "./emission/driver.ts";
import { Faults } from "./emission/faults.ts";
import type { HistoryBatch } from "./emission/history.ts";
import { historyBatches } from "./emission/history.ts";
import { Live } from "./emission/live.ts";
import type { Gateway } from "./gateway/gateway.ts";
import type { ScenarioPlan } from "./scenarios/scenario.ts";
import { dayMs, hourMs, minuteMs } from "./world/calendar.ts";
import type { World } from "./world/world.ts";
import { createWorld } from "./world/world.ts";

export interface SimulationOptions {
  network: Network;
  reference: Readonly<Record<string, unknown>>;
  simulator: unknown;
  scenarios: readonly ScenarioPlan[];
  gateway: Gateway;
  seed: number;
  /** Whether stations fail now and then. */
  faults: boolean;
  speed: number;
  sampling: number;
  historyDays: number;
  cityOrigin: number;
  wallOrigin: number;
  have: { from: number; to: number } | null;
  /** Wall clock, ms. */
  wallNow: () => number;
  onStatus: (status: Simulation) => void;
  /** For the log: how far something is, and what is wrong. */
  progress: (text: string) => void;
  report: (text: string) => void;
}

/** Live readings are given out this often, ms of wall time. */
const beatMs = 250;
const statusMs = 1000;
const historyBatch = 50_000;
const historyUnderWay = 3;
/** The past that a fast clock may run away from while history is still going out, wall ms. */
const historyPatienceMs = 300_000;

/** Readings under way when the last run ended may be missing at the young end, and a part of a day at the old end. */
const youngDoubtMs = 20 * minuteMs;
const oldDoubtMs = 26 * hourMs;

/**
 * The part of what the server has that can be relied on; the rest is sent again, which changes nothing where it is there.
 * @param have labels stored, from oldest to newest (a skewed clock may put the newest into the future)
 * @param from where history shall begin: what reaches back to it is complete
 */
export function reliableSpan(
  have: { from: number; to: number } | null,
  from: number,
  start: number,
): { from: number; to: number } | null {
  if (!have) return null;
  const complete = have.from <= from + hourMs;
  const span = {
    from: complete ? have.from : have.from + oldDoubtMs,
    to: Math.min(have.to, start) - youngDoubtMs,
  };
  return span.from < span.to ? span : null;
}

/** The city at play: a clock, live readings, history behind them, scenarios. */
export class CitySimulation {
  readonly #options: SimulationOptions;
  readonly #world: World;
  readonly #drivers: Driver[];
  readonly #faults: Faults;
  readonly #live: Live;
  readonly #start: number;
  readonly #have: { from: number; to: number } | null;
  readonly #stopping = new AbortController();
  #history: Simulation["history"] = null;
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#start = this.now();
    const span = options.historyDays * dayMs;
    this.#have = reliableSpan(options.have, this.#start - span, this.#start);
    this.#world = createWorld({
      network: options.network,
      reference: options.reference,
      simulator: options.simulator,
      seed: options.seed,
      from: this.#start - span,
      keepMs: span + dayMs + options.speed * historyPatienceMs,
    });
    this.#world.advance(this.#start);
    this.#drivers = driversOf(this.#world);
    this.#faults = new Faults(this.#world, options.faults);
    this.#live = new Live({
      world: this.#world,
      drivers: this.#drivers,
      faults: this.#faults,
      start: this.#start,
      sampling: options.sampling,
      haveTo: this.#have?.to ?? null,
    });
  }

  /** City time, ms. */
  now(): number {
    const { cityOrigin, wallOrigin, speed, wallNow } = this.#options;
    return cityOrigin + (wallNow() - wallOrigin) * speed;
  }

  /** Begin to send. Readings of everything go out at once, then as time passes; history fills up behind them. */
  run(): void {
    this.#work = Promise.all([this.#playLive(), this.#layHistory(), this.#playDatasets(), this.#reportStatus()]);
  }

  /** Start a scenario now; null ends the one that plays. False when there is no such scenario. */
  play(id: string | null): boolean {
    const plan = this.#options.scenarios.find((scenario) => scenario.id === id);
    if (id !== null && !plan) return false;
    if (plan) this.#world.influence.start(plan, this.now());
    else this.#world.influence.end(this.now());
    this.#tellStatus();
    return true;
  }

  /** Stop the clock and wait for what is under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#work.catch(() => {});
  }

  get status(): Simulation {
    const { speed, sampling, seed } = this.#options;
    const playing = this.#world.influence.playing(this.now());
    const scenario = playing
      ? {
          id: playing.plan.id,
          name: playing.plan.name as LocalizedText,
          startedAt: playing.startedAt,
          endsAt: playing.endsAt,
        }
      : null;
    return { running: !this.#stopping.signal.aborted, speed, sampling, seed, scenario, history: this.#history };
  }

  async #playLive(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#options.gateway.send(this.#live.collect(this.now()));
      await this.#pause(beatMs);
    }
  }

  /** The municipal systems that send rows, as long as readings are under way before them. */
  async #playDatasets(): Promise<void> {
    const { gateway, historyDays, progress, report } = this.#options;
    const city = new PlayedCity(this.#world, this.#start - historyDays * dayMs);
    const { datasets, problems } = playedDatasets(city);
    for (const problem of problems) report(problem);
    const sending = new DatasetSending({
      datasets,
      gateway,
      start: this.#start,
      now: () => {
        const now = this.now();
        this.#world.advance(now);
        return now;
      },
      history: historyDays > 0,
      stopped: () => this.#stopping.signal.aborted,
      pause: (ms) => this.#pause(ms),
      progress,
      report,
    });
    await sending.run();
  }

  async #reportStatus(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#tellStatus();
      await this.#pause(statusMs);
    }
  }

  async #layHistory(): Promise<void> {
    const { historyDays } = this.#options;
    const from = this.#start - historyDays * dayMs;
    if (historyDays <= 0) return;
    const progress = { from, to: this.#start, reachedBack: this.#start, done: false, observations: 0 };
    this.#history = progress;
    const firsts = new Map(this.#drivers.map((driver, i) => [driver, this.#live.firstLabel(i)]));
    const batches = historyBatches({
      drivers: this.#drivers,
      faults: this.#faults,
      from,
      to: this.#start,
      liveFrom: (driver) => firsts.get(driver) ?? this.#start,
      have: this.#have,
      batch: historyBatch,
    });
    const lanes = Array.from({ length: historyUnderWay }, () => this.#historyLane(batches, progress));
    await Promise.all(lanes);
    if (this.#stopping.signal.aborted) return;
    progress.reachedBack = from;
    progress.done = true;
    this.#tellStatus();
  }

  async #historyLane(batches: Generator<HistoryBatch>, progress: NonNullable<Simulation["history"]>): Promise<void> {
    const { gateway } = this.#options;
    for (;;) {
      // Live readings come first: history waits while they pile up.
      while (gateway.backlog > 20_000 && !this.#stopping.signal.aborted) await this.#pause(100);
      if (this.#stopping.signal.aborted) return;
      const { value, done } = batches.next();
      if (done) return;
      await gateway.post(value.body, value.count);
      progress.observations += value.count;
      progress.reachedBack = Math.min(progress.reachedBack, value.reachedBack);
      await this.#pause(0);
    }
  }

  #tellStatus(): void {
    this.#options.onStatus(this.status);
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }
}
