import { readFileSync, readdirSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { sharedData } from "@ioc/testkit";
import type { LabelledWindow, Weights } from "./score.ts";

/** One recorded series with its labelled windows. */
export interface Series {
  /** `realTraffic/speed_6005.csv` */
  readonly name: string;
  /** ms; the files name no zone, they are read as UTC. */
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly windows: readonly LabelledWindow[];
}

/** A published detector's result on one file under one profile. */
export interface Published {
  readonly detector: string;
  readonly profile: string;
  readonly file: string;
  readonly score: number;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

const folder = "bench-nab";
const text = (...path: string[]) => readFileSync(sharedData(folder, ...path), "utf8");
const unzipped = (...path: string[]) =>
  gunzipSync(readFileSync(sharedData(folder, ...path)))
    .toString("utf8")
    .trim();
const timeOf = (stamp: string) => Date.parse(`${stamp.slice(0, 19).replace(" ", "T")}Z`);

/** All series, in the order of their names. */
export function readCorpus(): Series[] {
  const labels = JSON.parse(text("labels", "combined_windows.json")) as Record<string, [string, string][]>;
  const categories = readdirSync(sharedData(folder, "data")).sort();
  return categories.flatMap((category) =>
    readdirSync(sharedData(folder, "data", category))
      .sort()
      .map((file) => {
        const name = `${category}/${file.replace(/\.gz$/, "")}`;
        const rows = unzipped("data", category, file)
          .split("\n")
          .slice(1)
          .map((line) => line.split(","));
        const times = rows.map(([stamp = ""]) => timeOf(stamp));
        const windows = (labels[name] ?? []).map(([from, to]) => ({
          first: times.indexOf(timeOf(from)),
          last: times.lastIndexOf(timeOf(to)),
        }));
        return { name, times, values: rows.map(([, value]) => Number(value)), windows };
      }),
  );
}

/** Weights by profile name, in the order of the file: standard, reward_low_FP_rate, reward_low_FN_rate. */
export function readProfiles(): Map<string, Weights> {
  const profiles = JSON.parse(text("profiles.json")) as Record<string, { CostMatrix: Weights }>;
  return new Map(Object.entries(profiles).map(([name, { CostMatrix }]) => [name, CostMatrix]));
}

/** Scores that other detectors were published with, file by file. */
export function readPublished(): Published[] {
  return unzipped("published", "per_file_scores.csv.gz")
    .split("\n")
    .slice(1)
    .map((line) => {
      const [detector = "", profile = "", file = "", , score, tp, , fp, fn] = line.split(",");
      return { detector, profile, file, score: Number(score), tp: Number(tp), fp: Number(fp), fn: Number(fn) };
    });
}
