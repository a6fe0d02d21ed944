import { monitorEventLoopDelay } from "node:perf_hooks";

/** Delay of the main thread's loop, seconds: the worst of the last minute, in stretches of ten seconds. */
export interface EventLoopWatch {
  lastMinute(): { p99: number; max: number };
  stop(): void;
}

const resolutionMs = 10;
const stretchMs = 10_000;
const stretches = 6;

export function watchEventLoop(): EventLoopWatch {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  const past: { p99: number; max: number }[] = [];
  // What is recorded is the time between two samples; that they lie `resolutionMs` apart is no delay.
  const secondsOf = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolutionMs / 1000);
  const current = () =>
    histogram.count === 0
      ? { p99: 0, max: 0 }
      : { p99: secondsOf(histogram.percentile(99)), max: secondsOf(histogram.max) };
  const timer = setInterval(() => {
    past.push(current());
    histogram.reset();
    if (past.length >= stretches) past.shift();
  }, stretchMs);
  timer.unref();
  return {
    lastMinute() {
      const all = [...past, current()];
      return { p99: Math.max(...all.map((one) => one.p99)), max: Math.max(...all.map((one) => one.max)) };
    },
    stop() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
