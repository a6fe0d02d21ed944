import { readdirSync } from "node:fs";
import type { EventLoopWatch } from "./event-loop.ts";
import type { Family } from "./exposition.ts";
import { gauge } from "./instruments.ts";

/** The process itself, under the names that Prometheus clients of Node commonly use. */
export function processFamilies(loop: EventLoopWatch, startedAt: number): Family[] {
  const { user, system } = process.cpuUsage();
  const memory = process.memoryUsage();
  const delay = loop.lastMinute();
  const files = openFiles();
  const one = (value: number) => [{ value }];
  return [
    {
      type: "counter",
      name: "process_cpu_seconds",
      help: "Processor time of all threads, user and system.",
      samples: one((user + system) / 1e6),
    },
    gauge("process_resident_memory_bytes", "Resident memory.", one(memory.rss)),
    gauge("process_start_time_seconds", "Start of the process, Unix time.", one(startedAt / 1000)),
    gauge("process_open_fds", "Open file descriptors.", files === null ? [] : one(files)),
    gauge("nodejs_heap_size_used_bytes", "Used heap of the main thread.", one(memory.heapUsed)),
    gauge("nodejs_heap_size_total_bytes", "Heap of the main thread.", one(memory.heapTotal)),
    gauge("nodejs_external_memory_bytes", "Memory of buffers outside the heap.", one(memory.external)),
    gauge("nodejs_eventloop_lag_p99_seconds", "99th percentile of the loop's delay, last minute.", one(delay.p99)),
    gauge("nodejs_eventloop_lag_max_seconds", "Longest delay of the loop, last minute.", one(delay.max)),
  ];
}

/** Null where the system does not tell (anything but Linux). */
function openFiles(): number | null {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return null;
  }
}
