import type { ObservationReader } from "@ioc/observations";
import { watchEventLoop, type EventLoopWatch } from "./event-loop.ts";
import type { Family } from "./exposition.ts";
import { watchHttp, type HttpWatch } from "./http.ts";
import { Counter, durationBounds, Histogram } from "./instruments.ts";
import { watchReader, type ReaderWatch } from "./reader.ts";

/** Instruments that stand where things happen; made before everything that they measure. */
export interface Telemetry {
  /** Start of the program, ms of real time. */
  startedAt: number;
  http: HttpWatch;
  loop: EventLoopWatch;
  watch(reader: ObservationReader, failed?: (error: unknown) => void): ReaderWatch;
  /** Measures a run of an engine: `statistics` or `warnings`. */
  run<T>(engine: string, job: () => Promise<T>): Promise<T>;
  /** A frame that goes out to a topic's room or to one client. */
  frame(): void;
  /** A message that an MQTT client published, by whether it was taken in. */
  mqttMessage(result: "accepted" | "failed"): void;
  families(): Family[];
  stop(): void;
}

/** @param wallNow Real time, ms. */
export function createTelemetry(wallNow: () => number): Telemetry {
  const http = watchHttp();
  const loop = watchEventLoop();
  const runs = new Histogram(
    "ioc_engine_run_duration_seconds",
    "Runs of an engine: a round of statistics that were due, warnings after a commit or a tick of the clock.",
    durationBounds,
    ["engine"],
  );
  const failures = new Counter("ioc_engine_failures", "Runs of an engine that failed.", ["engine"]);
  const frames = new Counter("ioc_live_frames", "Live frames made; one frame may go to many clients.");
  const messages = new Counter("ioc_mqtt_messages", "Messages published by MQTT clients.", ["result"]);
  return {
    startedAt: wallNow(),
    http,
    loop,
    watch: (reader, failed) => watchReader(reader, wallNow, failed),
    async run(engine, job) {
      const startedAt = performance.now();
      try {
        return await job();
      } catch (error) {
        failures.add(1, engine);
        throw error;
      } finally {
        runs.observe((performance.now() - startedAt) / 1000, engine);
      }
    },
    frame: () => frames.add(1),
    mqttMessage: (result) => messages.add(1, result),
    families: () => [...http.families(), runs.family(), failures.family(), frames.family(), messages.family()],
    stop: () => loop.stop(),
  };
}
