import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { sharedData } from "./shared-data.ts";

/** Hours that the M4 competition asks to forecast of an hourly series. */
export const m4Horizon = 48;

/** An hourly series of the M4 competition. */
export interface M4Case {
  /** What may be learned from, with the seasons of hours: day and week. */
  train: { values: number[]; periods: number[] };
  /** The 48 values after it. */
  test: number[];
}

/** The shared half (207) of the hourly series of the M4 competition, in the order of the file (`bench-m4-hourly`). */
export function readM4Hourly(): M4Case[] {
  const text = gunzipSync(readFileSync(sharedData("bench-m4-hourly", "m4_hourly.csv.gz"))).toString("utf8");
  const series = new Map<string, number[]>();
  for (const line of text.trim().split("\n").slice(1)) {
    const [id = "", , value] = line.split(",");
    const values = series.get(id) ?? [];
    values.push(Number(value));
    series.set(id, values);
  }
  return [...series.values()].map((values) => ({
    train: { values: values.slice(0, -m4Horizon), periods: [24, 168] },
    test: values.slice(-m4Horizon),
  }));
}
