import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { residentMegabytes } from "../program.ts";
import { percentile, printTable } from "../table.ts";
import { datastreams, valueAt, withCity, type City } from "./city.ts";

const perSecond = 20_000;
const batchSize = 1000;
const readers = 50;
const hourMs = 3_600_000;
/** Ten readings a second of each datastream. */
const stepMs = (1000 * datastreams.length) / perSecond;
const batchesAStep = datastreams.length / batchSize;

/** After that many failures batches are given up, which the check at the end then tells. */
const mostRepeated = 1000;

interface Counts {
  acknowledged: number;
  busy: number;
  /** Batches sent again after an error other than 429. */
  repeated: number;
  reads: number;
  errors: string[];
  writeMs: number[];
  readMs: number[];
  /** Worst of the run, ms. */
  delayP99: number;
  delayMax: number;
  megabytes: number;
}

/**
 * 20,000 readings a second in batches of 1,000 for some minutes, while 50 readers each ask one question a second. At the end
 * everything that was acknowledged must be there.
 */
export async function sustained(minutes: number): Promise<void> {
  await withCity(readers + 8, async (city) => {
    const counts: Counts = {
      acknowledged: 0,
      busy: 0,
      repeated: 0,
      reads: 0,
      errors: [],
      writeMs: [],
      readMs: [],
      delayP99: 0,
      delayMax: 0,
      megabytes: 0,
    };
    const from = Date.now();
    const startedAt = performance.now();
    const running = { on: true };
    const others = [
      watchDelay(city, counts, running),
      ...Array.from({ length: readers }, (_, i) => read(city, counts, running, i)),
    ];
    const steps = await write(city, counts, from, minutes * 60_000);
    const seconds = (performance.now() - startedAt) / 1000;
    running.on = false;
    await Promise.all(others);
    const faults = await verify(city, counts.acknowledged, from, steps);
    print(counts, seconds, faults);
  });
}

/** Sends on time, never waiting for the answers before; answers the steps that were sent. */
async function write(city: City, counts: Counts, from: number, lengthMs: number): Promise<number> {
  const startedAt = performance.now();
  const under = new Set<Promise<void>>();
  let step = 0;
  while (performance.now() - startedAt < lengthMs) {
    for (let part = 0; part < batchesAStep; part++) {
      const sent = sendBatch(city, counts, from, step, part).finally(() => under.delete(sent));
      under.add(sent);
    }
    step += 1;
    // A server that cannot keep up slows the sender down instead of filling its memory.
    while (under.size > 40) await Promise.race(under);
    await sleep(Math.max(0, startedAt + step * stepMs - performance.now()));
  }
  await Promise.all(under);
  return step;
}

async function sendBatch({ http }: City, counts: Counts, from: number, step: number, part: number): Promise<void> {
  const phenomenonTime = new Date(from + step * stepMs).toISOString();
  const observations = Array.from({ length: batchSize }, (_, i) => {
    const series = part * batchSize + i;
    return { datastream: datastreams[series], phenomenonTime, result: valueAt(series, step) };
  });
  const body = JSON.stringify({ observations });
  for (;;) {
    const sentAt = performance.now();
    try {
      await http.send("POST", "/api/v1/observations", body);
      counts.acknowledged += batchSize;
      counts.writeMs.push(performance.now() - sentAt);
      return;
    } catch (error) {
      if (String(error).includes(": 429 ")) counts.busy += 1;
      else {
        counts.errors.push(String(error));
        counts.repeated += 1;
        // As every gateway does: what was not acknowledged is sent again; a repetition changes nothing.
        if (counts.repeated > mostRepeated) return;
      }
      await sleep(1000);
    }
  }
}

/** One question a second: history, newest values, statistics in turn. */
async function read({ http }: City, counts: Counts, running: { on: boolean }, reader: number): Promise<void> {
  const startedAt = performance.now() + reader * 20;
  for (let i = 0; running.on; i++) {
    await sleep(Math.max(0, startedAt + i * 1000 - performance.now()));
    const now = Date.now();
    const span = `from=${new Date(now - 3_600_000).toISOString()}&to=${new Date(now).toISOString()}`;
    const paths = [
      `/api/v1/observations?datastream=${datastreams[(reader * 41 + i * 13) % datastreams.length]}&${span}`,
      "/api/v1/latest",
      "/api/v1/statistics/mean-p1/data",
    ];
    const askedAt = performance.now();
    try {
      await http.send("GET", paths[(reader + i) % paths.length] ?? "");
      counts.reads += 1;
      counts.readMs.push(performance.now() - askedAt);
    } catch (error) {
      counts.errors.push(String(error));
    }
  }
}

/** Takes the program's own figures every five seconds. */
async function watchDelay({ http, program }: City, counts: Counts, running: { on: boolean }): Promise<void> {
  while (running.on) {
    await sleep(5000);
    const metrics = await http.send("GET", "/metrics");
    const of = (name: string) => 1000 * Number(new RegExp(`^${name} (\\S+)`, "m").exec(metrics)?.[1]);
    counts.delayP99 = Math.max(counts.delayP99, of("nodejs_eventloop_lag_p99_seconds"));
    counts.delayMax = Math.max(counts.delayMax, of("nodejs_eventloop_lag_max_seconds"));
    counts.megabytes = Math.max(counts.megabytes, residentMegabytes(program.pid));
  }
}

/** What is not there although it was acknowledged; empty when all is. */
async function verify({ program }: City, acknowledged: number, from: number, steps: number): Promise<string[]> {
  const faults: string[] = [];
  const { observationsStored } = await program.get<{ observationsStored: number }>("/api/v1/summary");
  if (observationsStored !== acknowledged) faults.push(`${observationsStored} stored, ${acknowledged} acknowledged`);
  for (let series = 3; series < datastreams.length; series += 97) {
    const query = new URLSearchParams({
      datastream: datastreams[series] ?? "",
      // Whole hours around the run: a bucket belongs to a span when it ends in it.
      from: new Date(Math.floor((from - 1) / hourMs) * hourMs).toISOString(),
      to: new Date(Math.ceil((from + steps * stepMs) / hourMs) * hourMs).toISOString(),
      bucket: "PT1H",
      functions: "count,sum",
    });
    const { series: found } = await program.get<{ series: { values: { count: number[]; sum: number[] } }[] }>(
      `/api/v1/aggregates?${query}`,
    );
    const total = (values: (number | null)[] = []) => values.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    const right = Array.from({ length: steps }, (_, step) => valueAt(series, step)).reduce((sum, one) => sum + one, 0);
    const [count, sum] = [total(found[0]?.values.count), total(found[0]?.values.sum)];
    if (count !== steps || Math.abs(sum - right) > 1e-6 * Math.abs(right))
      faults.push(`${datastreams[series]}: ${count} readings with sum ${sum}, not ${steps} with ${right}`);
  }
  return faults;
}

function print(counts: Counts, seconds: number, faults: readonly string[]): void {
  const at = (all: number[], share: number) => percentile(all, share).toFixed(1);
  printTable(
    `${(seconds / 60).toFixed(1)} minutes at ${perSecond} readings a second with ${readers} readers`,
    ["", "count", "p50 ms", "p99 ms", "worst ms"],
    [
      [
        "readings acknowledged",
        counts.acknowledged,
        at(counts.writeMs, 0.5),
        at(counts.writeMs, 0.99),
        at(counts.writeMs, 1),
      ],
      ["questions answered", counts.reads, at(counts.readMs, 0.5), at(counts.readMs, 0.99), at(counts.readMs, 1)],
    ],
  );
  console.log(
    `reached ${(counts.acknowledged / seconds).toFixed(0)} readings a second; ${counts.busy} batches were told to come back later, ${counts.repeated} were sent again after an error`,
  );
  console.log(
    `delay of the main thread: p99 of the worst ten seconds ${counts.delayP99.toFixed(1)} ms, longest ${counts.delayMax.toFixed(1)} ms`,
  );
  console.log(
    `most memory ${counts.megabytes.toFixed(0)} MB; load average ${loadavg()[0]?.toFixed(2)}; errors: ${counts.errors.length}`,
  );
  for (const error of counts.errors.slice(0, 5)) console.log(`  ${error}`);
  console.log(
    faults.length === 0
      ? "every acknowledged reading is there: count and sums agree\n"
      : `MISSING:\n${faults.join("\n")}\n`,
  );
}
