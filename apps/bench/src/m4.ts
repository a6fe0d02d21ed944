import { coverage, forecastSeries, mase, maseScale, pinball, smape, standardForecasters } from "@ioc/forecasting";
import type { Forecast, Forecaster } from "@ioc/forecasting";
import { m4Horizon, readM4Hourly, requireSharedData } from "@ioc/testkit";
import type { M4Case } from "@ioc/testkit";
import { printTable } from "./table.ts";

interface Score {
  smape: number;
  mase: number;
  /** Quantile loss over the scale of MASE. */
  pinball: number;
  inside80: number;
  inside95: number;
}

function scoreOf({ train, test }: M4Case, { point, bands }: Forecast): Score {
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

function run(cases: readonly M4Case[], forecasters: readonly Forecaster[]): Result {
  const startedAt = process.cpuUsage();
  const chosen = new Map<string, number>();
  const scores = cases.map((one) => {
    const forecast = forecastSeries(one.train, m4Horizon, { forecasters });
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
  const cases = readM4Hourly().slice(0, most);
  // Those for series with regressors cannot be used here.
  const usable = standardForecasters.filter((one) => cases[0] && one.fit(cases[0].train, m4Horizon));
  const singles = usable.map((forecaster) => row(forecaster.id, run(cases, [forecaster])));
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
