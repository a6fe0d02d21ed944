import { coverage, forecastSeries, mase, maseScale, meanAbsoluteError, pinball, regressorsAt } from "@ioc/forecasting";
import type { Forecast, Series } from "@ioc/forecasting";
import { requireSharedData } from "@ioc/testkit";
import { targets } from "./forecasts/targets.ts";
import type { Target } from "./forecasts/targets.ts";
import { printTable } from "./table.ts";

/** Share of a record at its end from which the origins are taken. */
const heldOut = 0.25;

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * Origins over the last quarter of a record, evenly apart by a number of steps that has no divisor in common with its
 * seasons, so that forecasts begin at every hour of the day.
 */
export function originsOf(
  { values, periods }: Series,
  { horizon, origins }: Pick<Target, "horizon" | "origins">,
): number[] {
  const first = Math.ceil((1 - heldOut) * values.length);
  const room = values.length - horizon - first;
  let apart = Math.max(1, Math.floor(room / (origins - 1)));
  while (apart > 1 && periods.some((period) => greatestCommonDivisor(apart, period) > 1)) apart -= 1;
  return Array.from({ length: Math.min(origins, Math.floor(room / apart) + 1) }, (_, i) => first + i * apart);
}

/** What is known at an origin: the last `history` steps. */
function knownAt({ values, periods, regressors = [] }: Series, origin: number, { horizon, history }: Target): Series {
  const from = Math.max(0, origin - history);
  const cut = regressorsAt(regressors, origin, horizon).map((one) => ({ ...one, values: one.values.slice(from) }));
  return { values: values.slice(from, origin), periods, regressors: cut };
}

interface Score {
  error: number | null;
  naive: number | null;
  mase: number | null;
  pinball: number | null;
  inside80: number | null;
  inside95: number | null;
  method: string;
}

function scoreOf(known: Series, actual: (number | null)[], naive: number, forecast: Forecast): Score {
  const { values } = known;
  const { point, bands, method } = forecast;
  const [band80, band95] = [bands[0]!, bands[1]!];
  const scale = maseScale(known);
  const before = actual.map((_, i) => values[values.length + i - naive * (Math.floor(i / naive) + 1)] ?? null);
  // Both errors over the same cases.
  const cases = actual.map((value, i) => (before[i] === null ? null : value));
  const loss = pinball(actual, band80.low, point, band80.high);
  return {
    error: meanAbsoluteError(cases, point),
    naive: meanAbsoluteError(cases, before),
    mase: mase(actual, point, scale),
    pinball: loss === null || scale === null || scale === 0 ? null : loss / scale,
    inside80: coverage(actual, band80.low, band80.high),
    inside95: coverage(actual, band95.low, band95.high),
    method,
  };
}

function meanOf(scores: readonly Score[], key: Exclude<keyof Score, "method">): number {
  const known = scores.flatMap((score) => score[key] ?? []);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function scoresOf(target: Target): Score[] {
  return target.records.flatMap((record) =>
    originsOf(record, target).flatMap((origin) => {
      const known = knownAt(record, origin, target);
      const actual = record.values.slice(origin, origin + target.horizon);
      const forecast = forecastSeries(known, target.horizon, { forecasters: target.forecasters });
      return forecast ? [scoreOf(known, actual, target.naive, forecast)] : [];
    }),
  );
}

/** Skill of several records is that of each, averaged, so that a large one does not count for all. */
function row(target: Target): (string | number)[] {
  const startedAt = process.cpuUsage();
  const scores = scoresOf(target);
  const { user, system } = process.cpuUsage(startedAt);
  const chosen = Map.groupBy(scores, ({ method }) => method);
  const [most] = [...chosen].sort((a, b) => b[1].length - a[1].length);
  const percent = (key: "inside80" | "inside95") => (100 * meanOf(scores, key)).toFixed(1);
  return [
    target.folder,
    target.name,
    target.ahead,
    scores.length,
    meanOf(scores, "mase").toFixed(3),
    (1 - meanOf(scores, "error") / meanOf(scores, "naive")).toFixed(3),
    meanOf(scores, "pinball").toFixed(3),
    percent("inside80"),
    percent("inside95"),
    most ? `${most[0]} (${most[1].length})` : "",
    ((user + system) / 1e6).toFixed(0),
  ];
}

/** Forecasts of recorded series of cities from rolling origins at the end of each record, with the automatic choice. */
export async function forecasts(only?: number): Promise<void> {
  const chosen = only === undefined ? targets : targets.slice(only, only + 1);
  const rows = chosen.flatMap((make) => {
    const target = make();
    return requireSharedData(target.folder) ? [row(target)] : [];
  });
  printTable(
    "Forecasts of recorded series",
    [
      "data",
      "what",
      "ahead",
      "forecasts",
      "MASE",
      "skill against seasonal naive",
      "pinball / scale",
      "in the 80 % band",
      "in the 95 % band",
      "chosen most",
      "CPU s",
    ],
    rows,
  );
}
