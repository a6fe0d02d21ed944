import { anomalyAlarm, createAnomalyDetector } from "@ioc/warnings";
import { requireSharedData } from "@ioc/testkit";
import { readCorpus, readProfiles, readPublished } from "./nab/corpus.ts";
import type { Published, Series } from "./nab/corpus.ts";
import { bestThreshold, normalised, scoreFile } from "./nab/score.ts";
import type { FileScore, Weights } from "./nab/score.ts";
import { median, printTable } from "./table.ts";

const standard = "standard";

/** Scores of one pass over all files, and what it took. */
interface Pass {
  readonly scores: readonly (readonly number[])[];
  readonly microseconds: number;
}

function pass(corpus: readonly Series[]): Pass {
  const startedAt = performance.now();
  const scores = corpus.map(({ times, values }) => {
    const detector = createAnomalyDetector();
    return times.map((time, i) => detector.push(time, values[i] ?? null));
  });
  const readings = corpus.reduce((sum, { times }) => sum + times.length, 0);
  return { scores, microseconds: (1000 * (performance.now() - startedAt)) / readings };
}

/** Largest state after any of the files: numbers kept, and characters of its JSON. */
function largestState(corpus: readonly Series[]): { numbers: number; json: number } {
  const states = corpus.map(({ times, values }) => {
    const detector = createAnomalyDetector();
    for (const [i, time] of times.entries()) detector.push(time, values[i] ?? null);
    return detector.state();
  });
  const numbersIn = (part: unknown): number =>
    typeof part === "object" && part !== null ? Object.values(part).reduce((sum, each) => sum + numbersIn(each), 0) : 1;
  return {
    numbers: Math.max(...states.map(numbersIn)),
    json: Math.max(...states.map((state) => JSON.stringify(state).length)),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Normalised score of the files that `chosen` names by their place in the list. */
function scoreOf(
  raws: readonly number[],
  corpus: readonly Series[],
  weights: Weights,
  chosen: (place: number) => boolean = () => true,
): string {
  const windows = sum(corpus.map((series, place) => (chosen(place) ? series.windows.length : 0)));
  return normalised(sum(raws.filter((_, place) => chosen(place))), windows, weights).toFixed(1);
}

const first = (place: number) => place % 2 === 0;
const second = (place: number) => place % 2 === 1;

function publishedRows(corpus: readonly Series[], profiles: ReadonlyMap<string, Weights>): string[][] {
  const published = readPublished();
  const key = ({ detector, profile, file }: Pick<Published, "detector" | "profile" | "file">) =>
    `${detector} ${profile} ${file}`;
  const byKey = new Map(published.map((row) => [key(row), row.score]));
  const detectors = [...new Set(published.map(({ detector }) => detector))];
  const rows = detectors.flatMap((detector) => {
    const rawsOf = (profile: string) => corpus.map(({ name }) => byKey.get(key({ detector, profile, file: name })));
    const raws = [...profiles].map(([profile, weights]) => ({ weights, values: rawsOf(profile) }));
    const whole = raws.flatMap(({ weights, values }) =>
      values.every((value) => value !== undefined) ? [{ weights, values }] : [],
    );
    // `random` was published with a part of the files only.
    if (whole.length < profiles.size || !whole[0]) return [];
    const { weights, values } = whole[0];
    const halves = [first, second].map((half) => scoreOf(values, corpus, weights, half));
    return [
      [detector || "null (never fires)", ...whole.map((each) => scoreOf(each.values, corpus, each.weights)), ...halves],
    ];
  });
  return rows.sort((a, b) => Number(b[1]) - Number(a[1]));
}

function reportPeers(corpus: readonly Series[], { scores }: Pass, profiles: ReadonlyMap<string, Weights>): void {
  const weights = profiles.get(standard);
  if (!weights) throw new Error(`profiles.json has no profile "${standard}"`);
  const raws = (threshold: number, of: Weights) =>
    corpus.map(({ windows }, i) => scoreFile(scores[i] ?? [], windows, threshold, of).raw);
  const ours = [
    "**City IOC**",
    ...[...profiles.values()].map((of) => scoreOf(raws(anomalyAlarm, of), corpus, of)),
    ...[first, second].map((half) => scoreOf(raws(anomalyAlarm, weights), corpus, weights, half)),
  ];
  printTable(
    `Numenta Anomaly Benchmark, ${corpus.length} of 58 files`,
    ["detector", "standard", "few false alarms", "few misses", "1st, 3rd, … file", "2nd, 4th, … file"],
    [ours, ...publishedRows(corpus, profiles)],
  );
  const scored = corpus.map(({ windows }, i) => ({ windows, scores: scores[i] ?? [] }));
  printTable(
    "Not the result: the threshold that would have been best for these files, profile by profile",
    ["profile", "threshold", "score", "with the fixed one"],
    [...profiles].map(([profile, of]) => {
      const best = bestThreshold(scored, of);
      const fixed = scoreOf(raws(anomalyAlarm, of), corpus, of);
      return [profile, best.threshold.toFixed(4), best.score.toFixed(1), fixed];
    }),
  );
}

function reportFiles(corpus: readonly Series[], { scores }: Pass, weights: Weights): void {
  const rows = corpus.map(({ name, windows }, i): [string, FileScore] => [
    name,
    scoreFile(scores[i] ?? [], windows, anomalyAlarm, weights),
  ]);
  const total = (of: keyof FileScore) => sum(rows.map(([, score]) => score[of]));
  printTable(
    "File by file, standard profile: readings in and outside windows (TP, FP, FN) and windows found",
    ["file", "score", "TP", "FP", "FN", "found", "of windows"],
    [
      ...rows.map(([name, { raw, tp, fp, fn, found, windows }]) => [name, raw.toFixed(2), tp, fp, fn, found, windows]),
      ["all", total("raw").toFixed(2), total("tp"), total("fp"), total("fn"), total("found"), total("windows")],
    ],
  );
}

/** The detector of the rule kind `anomaly` on recorded series with labelled anomalies, beside published detectors. */
export async function nab(): Promise<void> {
  if (!requireSharedData("bench-nab")) return;
  const corpus = readCorpus();
  const profiles = readProfiles();
  const passes = Array.from({ length: 3 }, () => pass(corpus));
  const [only] = passes;
  const weights = profiles.get(standard);
  if (!only || !weights) return;
  reportPeers(corpus, only, profiles);
  reportFiles(corpus, only, weights);
  const { numbers, json } = largestState(corpus);
  printTable(
    "What watching one datastream costs",
    ["µs a reading (median of 3)", "numbers kept", "bytes of them", "characters of its JSON"],
    [[median(passes.map(({ microseconds }) => microseconds)).toFixed(1), numbers, numbers * 8, json]],
  );
}
