import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { datastreamSpecs, networkOf, readPack } from "@ioc/city-pack";
import type { DatastreamSpec, ObservationWriter, QualifiedObservation } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { seededRandom, temporaryFolder } from "@ioc/testkit";
import { percentile, printTable, thousands } from "./table.ts";

const DAY_MS = 86_400_000;
const NEWEST = Date.UTC(2026, 9, 1);
const BATCH = 50_000;
/** Readings of the whole city in one second. */
const LIVE_BATCH = 33;
const LIVE_COMMITS = 2000;

/** 400 stations with 5 properties each, a reading every two minutes. */
const STREAMS = 2000;
const PERIOD_MS = 120_000;

/** The observation store alone: history as the simulator sends it, small live commits upon it, and a week of many stations. */
export async function store(readings = 3_000_000): Promise<void> {
  await historyAndLive(readings);
  await timeByTime(readings);
}

async function historyAndLive(readings: number): Promise<void> {
  const { pack, problems } = await readPack(resolve(import.meta.dirname, "../../../fixtures/danang"));
  if (!pack) throw new Error(`the city pack has problems: ${problems[0]?.problem}`);
  const specs: DatastreamSpec[] = datastreamSpecs(networkOf(pack));
  using folder = temporaryFolder();
  const { writer, close } = await openObservations({ file: resolve(folder.path, "observations.db") });
  await writer.register(specs);
  const historic = await measured(readings, () => writeHistory(writer, specs, readings));
  const times: number[] = [];
  const live = await measured(LIVE_BATCH * LIVE_COMMITS, () => writeLive(writer, specs, times));
  await close();
  printTable(
    `Observation store: ${specs.length} datastreams, ${readings / 1e6} M historic readings`,
    ["load", "readings/s", "CPU s per million", "commit p50 / p99 ms"],
    [
      [`history, batches of ${BATCH}, newest day first`, ...historic, ""],
      [
        `live, ${LIVE_BATCH} a commit`,
        ...live,
        `${percentile(times, 0.5).toFixed(2)} / ${percentile(times, 0.99).toFixed(2)}`,
      ],
    ],
  );
}

/** All stations at one time, then at the next; what the file takes is measured after maintenance. */
async function timeByTime(readings: number): Promise<void> {
  const specs = Array.from({ length: STREAMS }, (_, i) => specOf(`s${i}`));
  const rows: string[][] = [];
  for (const size of [5000, 1000]) {
    using folder = temporaryFolder();
    const file = resolve(folder.path, "observations.db");
    const { writer, maintain, close } = await openObservations({ file });
    await writer.register(specs);
    const batches = timeMajor(specs, readings, size);
    const before = bytesWritten();
    const speed = await measured(readings, () => writeAll(writer, batches));
    const written = (bytesWritten() - before) / readings;
    while (await maintain(NEWEST + 900 * DAY_MS, 50));
    await close();
    const settled = statSync(file).size / readings;
    rows.push([`batches of ${size}`, ...speed, written.toFixed(0), settled.toFixed(2)]);
  }
  printTable(
    `Observation store: ${STREAMS} datastreams every 2 minutes, ${readings / 1e6} M readings, time by time`,
    [
      "load",
      "readings/s",
      "CPU s per million",
      "bytes written per reading",
      "bytes in the file per reading, after maintenance",
    ],
    rows,
  );
}

function specOf(station: string): DatastreamSpec {
  return {
    id: `${station}:temperature`,
    station,
    property: "temperature",
    unit: "Cel",
    kind: "mean",
    periodSeconds: PERIOD_MS / 1000,
    min: null,
    max: null,
    maxStep: null,
    decimals: 1,
  };
}

/** A daily wave and noise that remembers itself, one decimal; every tenth reading comes a second early or late. */
function timeMajor(specs: readonly DatastreamSpec[], readings: number, size: number): QualifiedObservation[][] {
  const random = seededRandom(42);
  const noise = new Float64Array(specs.length);
  const batches: QualifiedObservation[][] = [];
  let batch: QualifiedObservation[] = [];
  for (let n = 0; n < readings; n++) {
    const i = n % specs.length;
    const step = Math.floor(n / specs.length) + 1;
    const jitter = random() < 0.1 ? (random() < 0.5 ? 1000 : -1000) : 0;
    const phenomenonTime = NEWEST + step * PERIOD_MS + jitter;
    noise[i] = 0.95 * noise[i]! + 0.5 * (random() + random() + random() - 1.5);
    const wave = 5 * Math.sin((phenomenonTime / DAY_MS) * 2 * Math.PI);
    const result = Math.round(10 * (20 + (i % 7) + wave + noise[i]!)) / 10;
    const { id: datastream } = specs[i]!;
    batch.push({ datastream, phenomenonTime, resultTime: phenomenonTime, result, quality: 1, reasons: [] });
    if (batch.length < size && n < readings - 1) continue;
    batches.push(batch);
    batch = [];
  }
  return batches;
}

async function writeAll(writer: ObservationWriter, batches: readonly QualifiedObservation[][]): Promise<void> {
  const under: Promise<unknown>[] = [];
  for (const batch of batches) {
    under.push(writer.record(batch));
    if (under.length > 2) await under.shift();
  }
  await Promise.all(under);
}

/** Bytes that this process has given to the system to write, its log included; 0 where that cannot be told. */
function bytesWritten(): number {
  if (process.platform !== "linux") return 0;
  return Number(/^wchar: (\d+)$/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1] ?? 0);
}

async function measured(readings: number, work: () => Promise<void>): Promise<[string, string]> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  return [thousands(readings / seconds), ((used.user + used.system) / readings).toFixed(2)];
}

/** Station by station, a day at a time, the newest day first; two batches on their way at once. */
async function writeHistory(writer: ObservationWriter, specs: DatastreamSpec[], readings: number): Promise<void> {
  const random = seededRandom(1);
  const under: Promise<unknown>[] = [];
  let batch: QualifiedObservation[] = [];
  let left = readings;
  for (let day = 1; left > 0; day++) {
    for (const spec of specs) {
      const period = spec.periodSeconds * 1000;
      for (let time = NEWEST - day * DAY_MS + period; time <= NEWEST - (day - 1) * DAY_MS && left > 0; time += period) {
        batch.push(readingAt(spec, time, random()));
        left--;
        if (batch.length < BATCH && left > 0) continue;
        under.push(writer.record(batch));
        batch = [];
        if (under.length > 2) await under.shift();
      }
    }
  }
  await Promise.all(under);
}

async function writeLive(writer: ObservationWriter, specs: DatastreamSpec[], times: number[]): Promise<void> {
  const random = seededRandom(2);
  for (let commit = 0; commit < LIVE_COMMITS; commit++) {
    const batch = Array.from({ length: LIVE_BATCH }, (_, i) => {
      const n = commit * LIVE_BATCH + i;
      const spec = specs[n % specs.length]!;
      return readingAt(spec, NEWEST + Math.ceil((n + 1) / specs.length) * spec.periodSeconds * 1000, random());
    });
    const started = performance.now();
    await writer.record(batch);
    times.push(performance.now() - started);
  }
}

function readingAt(spec: DatastreamSpec, phenomenonTime: number, chance: number): QualifiedObservation {
  const result = Math.round(200 + 50 * Math.sin(phenomenonTime / 1e7) + 10 * chance) / 10;
  return { datastream: spec.id, phenomenonTime, resultTime: phenomenonTime, result, quality: 1, reasons: [] };
}
