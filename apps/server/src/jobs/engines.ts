import type { Alert, Frame, LatestValue } from "@ioc/contracts";
import type { Change, ChangeLog } from "@ioc/observations";
import type { OpenAlerts } from "../alerts/open-alerts.ts";
import type { CityClock } from "../clock.ts";
import type { HealthBoard } from "../health.ts";
import type { CityNews } from "../live/city-topics.ts";
import { messageOf, type Log } from "../log.ts";
import { cityFault } from "../system/city-database.ts";
import type { StationBoard } from "../stations/board.ts";

interface EngineOptions {
  changes: ChangeLog;
  /** Newest stored value of each of these datastreams. */
  latest(datastreams: readonly string[]): Promise<LatestValue[]>;
  clock: CityClock;
  board: StationBoard;
  alerts: OpenAlerts;
  news: CityNews;
  statistics: {
    observe(change: Change): void;
    tick(now: number): Promise<string[]>;
    /** Frame of a statistic that somebody looks at; null when nobody does. */
    watched(id: string, now: number): Promise<Frame | null>;
    /** Begins no further calculation. */
    stop(): void;
  };
  warnings: {
    observe(change: Change, now: number): Promise<Alert[]>;
    tick(now: number): Promise<Alert[]>;
    review(now: number): Promise<Alert[]>;
  };
  tellSummary(): void;
  /** Called once a second. */
  everySecond(): void;
  health: HealthBoard;
  log: Log;
}

/** Real ms between two looks at the clock. */
const stepMs = 250;
/** Above this speed the engines run at each step, below it once a second. */
const fastFrom = 60;

interface Engines {
  /** Readings that the rules have not seen yet. */
  waiting(): number;
  /** Lets everybody who looks know alerts that changed otherwise than by a rule. */
  tellAlerts(changed: readonly Alert[]): void;
  stop(): Promise<void>;
}

/**
 * Lets the engines follow the change log and the city clock. A commit reaches the station board at once and the warnings in
 * order; statistics are recomputed by their refresh.
 */
export function startEngines(options: EngineOptions): Engines {
  const { clock, board, alerts, news, log } = options;
  const stepsBetween = clock.speed > fastFrom ? 1 : 1000 / stepMs;
  const guarded = createGuard(options.health, log);
  const waiting: Change[] = [];
  let waitingReadings = 0;
  let following: Promise<void> | undefined;

  const tellAlerts = (changed: readonly Alert[]) => {
    if (changed.length === 0) return;
    alerts.observe(changed);
    board.observeAlerts(changed);
    news.alerts(changed);
  };

  const follow = async () => {
    for (let change = waiting.shift(); change; change = waiting.shift()) {
      const taken = change;
      waitingReadings -= taken.observations.length;
      await guarded("warnings", async () => tellAlerts(await options.warnings.observe(taken, clock.now())));
    }
    following = undefined;
  };

  const reloadRemoved = async (spans: NonNullable<Change["removed"]>) => {
    const datastreams = [...new Set(spans.map((span) => span.datastream))];
    board.reload(datastreams, await options.latest(datastreams));
  };

  const unsubscribe = options.changes.subscribe((change) => {
    board.observe(change);
    news.observations(change.observations);
    if (change.removed) void guarded("stations", () => reloadRemoved(change.removed ?? []));
    void guarded("statistics", async () => options.statistics.observe(change));
    waiting.push(change);
    waitingReadings += change.observations.length;
    following ??= follow();
  });

  const tickStatistics = single(() =>
    guarded("statistics", async () => {
      for (const id of await options.statistics.tick(clock.now())) {
        const frame = await options.statistics.watched(id, clock.now());
        if (frame) news.frame(frame);
      }
    }),
  );
  const tickWarnings = single(() =>
    guarded("warnings", async () => tellAlerts(await options.warnings.tick(clock.now()))),
  );
  const reviewWarnings = single(() =>
    guarded("warnings", async () => tellAlerts(await options.warnings.review(clock.now()))),
  );

  let step = 0;
  const timer = setInterval(() => {
    step += 1;
    const second = step % (1000 / stepMs) === 0;
    news.statuses(board.sweep(clock.now(), second));
    if (step % stepsBetween === 0) {
      tickStatistics.start();
      tickWarnings.start();
      reviewWarnings.start();
    }
    if (!second) return;
    options.tellSummary();
    options.everySecond();
  }, stepMs);

  return {
    waiting: () => waitingReadings,
    tellAlerts,
    async stop() {
      clearInterval(timer);
      unsubscribe();
      options.statistics.stop();
      await Promise.all([following, tickStatistics.ended(), tickWarnings.ended(), reviewWarnings.ended()]);
    },
  };
}

/** Runs a job unless its last run is still under way. */
function single(job: () => Promise<void>): { start(): void; ended(): Promise<void> } {
  let running: Promise<void> | undefined;
  return {
    start() {
      running ??= job().finally(() => (running = undefined));
    },
    ended: async () => running,
  };
}

/** A fault of an engine is logged and shown in health, and the server goes on. */
function createGuard(health: HealthBoard, log: Log): (part: string, job: () => Promise<void>) => Promise<void> {
  const failed = new Set<string>();
  return async (part, job) => {
    try {
      await job();
      if (failed.delete(part)) health.set(part, "ok");
    } catch (error) {
      if (!failed.has(part))
        log.error(part, error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
      failed.add(part);
      health.set(part, "degraded", messageOf(cityFault(error)));
    }
  };
}
