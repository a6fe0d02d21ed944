import { seededRandom } from "@ioc/testkit";
import { percentile } from "../table.ts";
import type { Body, Digest, Peer, Point, Span } from "./peer.ts";
import { memoryMegabytes, processorSecondsOf } from "./server-process.ts";
import { truthOf, type Truth } from "./truth.ts";
import { batches, dayMs, type Workload } from "./workload.ts";

export const questions = ["raw", "profile", "latest", "hourly", "daily95"] as const;
export type Question = (typeof questions)[number];

export interface Measured {
  name: string;
  perSecond: number;
  /** Processor seconds of the server for a million points, while loading and in all. */
  processor: number;
  processorSettled: number;
  bytesPerPoint: number;
  /** After loading. */
  megabytes: number;
  /** ms */
  times: Partial<Record<Question, { p50: number; p95: number }>>;
  /** Answers that do not agree with the workload; empty when all do. */
  wrong: string[];
}

/** Points whose bodies are made before they are timed. */
const slicePoints = 1_000_000;

/** Loads, settles, checks the answers and then times them. Stops the peer in any case. */
export async function runPeer(peer: Peer, workload: Workload): Promise<Measured> {
  try {
    const loaded = await load(peer, workload);
    const megabytes = memoryMegabytes(peer.pid);
    const million = (workload.points * workload.series) / 1e6;
    const before = processorSecondsOf(peer.pid);
    const pid = peer.pid;
    const { bytes, processorElsewhere } = await peer.settle();
    // A peer that was started anew has told what settling took elsewhere.
    const settling = processorElsewhere + (peer.pid === pid ? processorSecondsOf(peer.pid) - before : 0);
    const wrong = await check(peer, workload, truthOf(workload));
    return {
      name: peer.name,
      perSecond: loaded.perSecond,
      processor: loaded.processor / million,
      processorSettled: (loaded.processor + settling) / million,
      bytesPerPoint: bytes / (million * 1e6),
      megabytes,
      times: wrong.length === 0 ? await timeAll(peer, workload) : {},
      wrong,
    };
  } finally {
    await peer.stop();
  }
}

/** Sends all of W1 and waits for the last answer; the making of bodies is not counted. */
export async function load(
  peer: Pick<Peer, "pid" | "batch" | "connections" | "body" | "send">,
  workload: Workload,
): Promise<{ perSecond: number; processor: number }> {
  let seconds = 0;
  let processor = 0;
  const sendAll = async (bodies: Body[]) => {
    const usedBefore = processorSecondsOf(peer.pid);
    const startedAt = performance.now();
    let at = 0;
    const worker = async () => {
      while (at < bodies.length) await peer.send(bodies[at++] ?? "");
    };
    await Promise.all(Array.from({ length: peer.connections }, worker));
    seconds += (performance.now() - startedAt) / 1000;
    processor += processorSecondsOf(peer.pid) - usedBefore;
  };
  let bodies: Body[] = [];
  const asPoint = (series: number, time: number, value: number): Point => ({ series, time, value });
  for (const batch of batches(workload, peer.batch, asPoint)) {
    bodies.push(peer.body(workload, batch));
    if (bodies.length * peer.batch < slicePoints) continue;
    await sendAll(bodies);
    bodies = [];
  }
  await sendAll(bodies);
  return { perSecond: (workload.points * workload.series) / seconds, processor };
}

async function check(peer: Peer, workload: Workload, truth: Truth): Promise<string[]> {
  const whole = { from: workload.from, to: workload.to };
  const day = { from: workload.to - dayMs, to: workload.to };
  const wrong: string[] = [];
  const compare = (question: Question, answer: string, right: Digest, tolerance: number) => {
    const found = peer.digest[question](answer);
    const mean = ({ count, sum }: Digest) => (count === 0 ? 0 : sum / count);
    if (found.count === right.count && Math.abs(mean(found) - mean(right)) <= tolerance) return;
    wrong.push(
      `${question}: ${found.count} values with mean ${mean(found)}, not ${right.count} with mean ${mean(right)}`,
    );
  };
  for (const series of [0, 777, workload.series - 1]) {
    compare("raw", await peer.raw(series, day), truth.raw(series, day), 1e-9);
    compare("profile", await peer.profile(series, whole), truth.profile(series, whole), 1e-6);
  }
  compare("latest", await peer.latest(), truth.latest(), 1e-9);
  compare("hourly", await peer.hourly(whole), truth.hourly(whole), 1e-6);
  // A histogram of VictoriaMetrics has classes 9 % wide (12 to a decade and a half); the others answer exactly.
  compare("daily95", await peer.daily95(whole), truth.daily95(whole), peer.name.startsWith("Victoria") ? 3 : 0.1);
  return wrong;
}

const repeats: Readonly<Record<Question, number>> = { raw: 200, profile: 200, latest: 40, hourly: 20, daily95: 8 };

async function timeAll(peer: Peer, workload: Workload): Promise<Measured["times"]> {
  const times: Measured["times"] = {};
  for (const question of questions) {
    // The same series for every peer; each question warms up on two.
    const random = seededRandom(7);
    const taken: number[] = [];
    for (let i = 0; i < repeats[question] + 2; i++) {
      const series = Math.floor(random() * workload.series);
      const startedAt = performance.now();
      await ask(peer, workload, question, series);
      if (i >= 2) taken.push(performance.now() - startedAt);
    }
    times[question] = { p50: percentile(taken, 0.5), p95: percentile(taken, 0.95) };
  }
  return times;
}

function ask(peer: Peer, workload: Workload, question: Question, series: number): Promise<string> {
  const whole: Span = { from: workload.from, to: workload.to };
  switch (question) {
    case "raw":
      return peer.raw(series, { from: workload.to - dayMs, to: workload.to });
    case "profile":
      return peer.profile(series, whole);
    case "latest":
      return peer.latest();
    case "hourly":
      return peer.hourly(whole);
    case "daily95":
      return peer.daily95(whole);
  }
}
