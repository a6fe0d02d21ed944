import { loadavg } from "node:os";
import { temporaryFolder } from "@ioc/testkit";
import { startBare } from "./peers/bare.ts";
import type { ChildResult } from "./peers/children/stats.ts";
import { goalsOf, mediansOf, verdict, type Figures } from "./peers/goals.ts";
import { startInflux } from "./peers/influx.ts";
import { loadInChild } from "./peers/local.ts";
import { startOurs } from "./peers/ours.ts";
import type { Peer } from "./peers/peer.ts";
import { startPostgres } from "./peers/postgres.ts";
import { load, questions, runPeer, type Measured } from "./peers/run-peer.ts";
import { startVictoria } from "./peers/victoria.ts";
import { makeW1, midnightBefore, type Workload } from "./peers/workload.ts";
import { printTable, thousands } from "./table.ts";

type Start = (folder: string, workload: Workload) => Promise<Peer | null>;

/** One after the other, the closest ones twice with the others between: what the machine does meanwhile shows. */
const order: readonly { name: string; start: Start }[] = [
  { name: "VictoriaMetrics", start: startVictoria },
  { name: "City IOC", start: startOurs },
  { name: "VictoriaMetrics", start: startVictoria },
  { name: "InfluxDB", start: startInflux },
  { name: "PostgreSQL", start: startPostgres },
  { name: "City IOC", start: startOurs },
];

/** Rows are slow: this many points tell what a point costs. */
const rowPoints = 500_000;
const livePoints = 33 * 3000;
/** Points of each series that are there before: with rows, every series then has a page of its own. */
const liveUpon = 300;

/**
 * Ours beside VictoriaMetrics, InfluxDB and PostgreSQL as Debian ships them, one after the other on this machine: intake, size
 * and five questions over workload W1. Answers are compared with the workload before anything is timed.
 * @param days Days of W1; 7 with `--full`
 */
export async function peers(days = 2, flags: ReadonlySet<string> = new Set()): Promise<void> {
  const workload = makeW1(flags.has("--full") ? 7 : days, midnightBefore(Date.now()));
  const results = new Map<string, Measured[]>();
  for (const { name, start } of order) {
    using folder = temporaryFolder();
    noteLoad(name);
    const peer = await start(folder.path, workload);
    if (!peer) {
      console.log("  skipped: not installed");
      continue;
    }
    const result = await runPeer(peer, workload);
    for (const line of result.wrong) console.log(`  WRONG ANSWER ${line}`);
    results.set(name, [...(results.get(name) ?? []), result]);
  }
  const bare = await loadBare(workload);
  const stores = await loadStores(workload);
  printPeers(workload, [...results.values()].flat());
  printStores(stores, bare);
  const ours = mediansOf(results.get("City IOC") ?? []);
  if (!ours) return;
  const medianOf = (name: string) => mediansOf(results.get(name) ?? []);
  printGoals({
    ours,
    victoria: medianOf("VictoriaMetrics"),
    influx: medianOf("InfluxDB"),
    postgres: medianOf("PostgreSQL"),
    bare,
    oursLive: stores.oursLive,
    rowsLive: stores.rowsLive,
    rows: stores.rows,
  });
}

function noteLoad(name: string): void {
  console.log(`${name}: load average before ${loadavg()[0]?.toFixed(2)}`);
}

async function loadBare(workload: Workload): Promise<{ perSecond: number; processor: number }> {
  using folder = temporaryFolder();
  noteLoad("bare pipeline");
  const peer = await startBare(folder.path);
  try {
    const { perSecond, processor } = await load(peer, workload);
    return { perSecond, processor: processor / ((workload.points * workload.series) / 1e6) };
  } finally {
    await peer.stop();
  }
}

type Stores = Pick<Figures, "oursLive" | "rowsLive" | "rows"> & { ours: ChildResult };

async function loadStores({ days, to }: Workload): Promise<Stores> {
  noteLoad("stores alone");
  return {
    ours: await loadInChild("our-store", { days, to, batch: 1000 }),
    oursLive: await loadInChild("our-store", { days: 1, to, batch: 33, most: livePoints, before: liveUpon }),
    rowsLive: await loadInChild("sqlite-rows", { days: 1, to, batch: 33, most: livePoints, before: liveUpon }),
    rows: await loadInChild("sqlite-rows", { days: 1, to, batch: 10_000, most: rowPoints }),
  };
}

function printPeers(workload: Workload, results: readonly Measured[]): void {
  const size = `${workload.series} series × ${workload.points} points`;
  printTable(
    `W1, ${size}: intake and size`,
    ["store", "points/s", "CPU s a million points", "with settling", "bytes a point", "memory MB"],
    results.map((one) => [
      one.name,
      thousands(one.perSecond),
      one.processor.toFixed(2),
      one.processorSettled.toFixed(2),
      one.bytesPerPoint.toFixed(2),
      one.megabytes.toFixed(0),
    ]),
  );
  const asked = [
    "Q1 a day of one",
    "Q2 profile of one",
    "Q3 latest of all",
    "Q4 hourly, 100 series",
    "Q5 daily p95, 400",
  ];
  printTable(
    "W1: questions, p50 / p95 ms",
    ["store", ...asked],
    results.map((one) => [
      one.name,
      ...questions.map((question) => {
        const time = one.times[question];
        return time ? `${time.p50.toFixed(2)} / ${time.p95.toFixed(2)}` : "–";
      }),
    ]),
  );
}

function printStores(stores: Stores, bare: { perSecond: number; processor: number }): void {
  const row = (name: string, one: ChildResult) => [
    name,
    thousands(one.perSecond),
    one.processor.toFixed(2),
    one.bytesPerPoint.toFixed(2),
    one.writtenPerPoint.toFixed(0),
  ];
  printTable(
    "W1: stores alone, in process",
    ["store", "points/s", "CPU s a million points", "bytes a point", "written a point"],
    [
      row("ours, 1,000 a commit", stores.ours),
      row("ours, 33 a commit", stores.oursLive),
      row("SQLite rows, 10,000 a commit", stores.rows),
      row("SQLite rows, 33 a commit", stores.rowsLive),
      ["bare pipeline over HTTP, 1,000 a batch", thousands(bare.perSecond), bare.processor.toFixed(2), "–", "–"],
    ],
  );
}

function printGoals(figures: Figures): void {
  printTable(
    "Goals, as ratios of this run",
    ["goal", "measure", "against", "ratio", "must", "target", "reached"],
    goalsOf(figures).map((goal) => {
      const sign = goal.atLeast ? "≥" : "≤";
      const limit = (value: number) => `${sign} ${Number(value.toFixed(3))}`;
      return [
        goal.id,
        goal.what,
        goal.against,
        goal.ratio.toFixed(2),
        limit(goal.must),
        limit(goal.target),
        verdict(goal),
      ];
    }),
  );
}
