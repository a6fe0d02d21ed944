import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { coverage, forecastSeries, mase, maseScale, pinball, smape, standardForecasters } from "@ioc/forecasting";
import type { Forecast, Forecaster, Series } from "@ioc/forecasting";
import { requireSharedData, sharedData } from "@ioc/testkit";
import { printTable } from "./table.ts";

/** Hours to forecast in the competition, and the seasons of an hourly series. */
const horizon = 48;
const periods = [24, 168];

interface Case {
  train: Series;
  test: number[];
}

/** Half of the M4 competition's hourly series; the last 48 values of each are its test. */
function casesOf(most: number): Case[] {
  const lines = gunzipSync(readFileSync(sharedData("bench-m4-hourly", "m4_hourly.csv.gz")))
    .toString("utf8")
    .trim();
  const series = new Map<string, number[]>();
  for (const line of lines.split("\n").slice(1)) {
    const [id = "", , value] = line.split(",");
    const values = series.get(id) ?? [];
    values.push(Number(value));
    series.set(id, values);
  }
  return [...series.values()].slice(0, most).map((values) => ({
    train: { values: values.slice(0, -horizon), periods },
    test: values.slice(-horizon),
  }));
}

interface Score {
  smape: number;
  mase: number;
  /** Quantile loss over the scale of MASE. */
  pinball: number;
  inside80: number;
  inside95: number;
}

function scoreOf({ train, test }: Case, { point, bands }: Forecast): Score {
  const scale = maseScale(train);
  const [band80, band95] = bands;
  if (!band80 || !band95) throw new Error("bands are missing");
  return {
    smape: smape(test, point) ?? Number.NaN,
    mase: mase(test, point, scale) ?? Number.NaN,
    pinball: (pinball(test, band80.low, point, band80.high) ?? Number.NaN) / (scale ?? Number.NaN),
    inside80: coverage(test, band80.low, band80.high) ?? Number.NaN,
    inside95: coverage(test, band95.low, band95.high) ?? Number.NaN,
  };
}

interface Result {
  scores: Score[];
  /** Of the processor, so that other work on the machine counts little. */
  seconds: number;
  /** How often each method was chosen. */
  chosen: Map<string, number>;
}

function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function run(cases: readonly Case[], forecasters: readonly Forecaster[]): Result {
  const startedAt = process.cpuUsage();
  const chosen = new Map<string, number>();
  const scores = cases.map((one) => {
    const forecast = forecastSeries(one.train, horizon, { forecasters });
    if (!forecast) throw new Error("a series without a forecast");
    chosen.set(forecast.method, (chosen.get(forecast.method) ?? 0) + 1);
    return scoreOf(one, forecast);
  });
  return { scores, seconds: secondsSince(startedAt), chosen };
}

function row(name: string, { scores, seconds }: Result): string[] {
  const mean = (key: keyof Score) => scores.reduce((sum, score) => sum + score[key], 0) / scores.length;
  const percent = (key: keyof Score) => (100 * mean(key)).toFixed(1);
  const figures = [mean("smape"), mean("mase"), mean("pinball")].map((value) => value.toFixed(3));
  return [name, ...figures, percent("inside80"), percent("inside95"), seconds.toFixed(1)];
}

/** sMAPE and MASE over all 414 series, from the results of the competition (github.com/Mcompetitions/M4-methods). */
const published: readonly (readonly [string, number, number])[] = [
  ["best hourly entry (Doornik, Hendry and Castle)", 8.913, 0.801],
  ["FFORMA (Montero-Manso)", 11.506, 0.819],
  ["Pawlikowski", 9.611, 0.873],
  ["ES-RNN (Smyl)", 9.328, 0.893],
  ["seasonal naive", 13.912, 1.193],
  ["SES", 18.094, 2.385],
  ["Naive2", 18.383, 2.395],
  ["Theta", 18.138, 2.455],
  ["MLP benchmark", 13.842, 2.607],
  ["Damped", 19.265, 2.956],
];

/**
 * Forecasts of 48 hours for 207 hourly series of the M4 competition, by each method and by the automatic choice; `most`
 * series.
 */
export async function m4(most = 207): Promise<void> {
  if (!requireSharedData("bench-m4-hourly")) return;
  const cases = casesOf(most);
  const singles = standardForecasters.map((forecaster) => row(forecaster.id, run(cases, [forecaster])));
  const automatic = run(cases, standardForecasters);
  printTable(
    `M4 hourly, ${cases.length} of 414 series, 48 hours ahead`,
    ["method", "sMAPE", "MASE", "pinball / scale", "in the 80 % band", "in the 95 % band", "CPU s"],
    [...singles, row("automatic choice", automatic)],
  );
  printTable(
    "Chosen",
    ["method", "series"],
    [...automatic.chosen].sort((a, b) => b[1] - a[1]),
  );
  printTable("Published, all 414 series", ["method", "sMAPE", "MASE"], published);
}
