import { forecasterOf, forecastSeries, seasonalNaive, type Regressor } from "@ioc/forecasting";
import type { ForecastDefinition } from "@ioc/contracts";
import { forecastersOf, type MethodTerms } from "./methods.ts";

/** What is asked of one series; plain data, so that it can be sent to another thread. */
export interface ForecastTask extends MethodTerms {
  values: readonly (number | null)[];
  /** Lengths of the seasons in steps, shortest first. */
  periods: readonly number[];
  /** Steps to forecast. */
  leads: number;
  scale: ForecastDefinition["scale"];
  limits: ForecastDefinition["limits"];
  /** Methods that compete; those for any series unless given. */
  methods?: readonly string[] | undefined;
  /** Those that compete besides. */
  also?: readonly string[];
  /** Whether their combination competes. */
  combine?: boolean;
  /** Series beside it, as far as they are known; null: what is required lacks, and the methods that take some do not compete. */
  regressors?: readonly Regressor[] | null;
}

/** One step of a forecast, in the unit of the series; bands are null where the history was too short for a backtest. */
export interface ForecastPoint {
  median: number;
  lo80: number | null;
  hi80: number | null;
  lo95: number | null;
  hi95: number | null;
  /** What the seasonal naive method says; null where the history is shorter than its season. */
  naive: number | null;
}

export interface MadeForecast {
  method: string;
  /** On the scale of the forecast. */
  backtestMase: number | null;
  /** Those of `also` that did not compete: for want of a series beside it, or of values. */
  absent: string[];
  points: ForecastPoint[];
}

interface Scale {
  to(value: number): number | null;
  from(value: number): number;
}

/** Values that a logarithm does not have are missing. */
const scales: Record<ForecastTask["scale"], Scale> = {
  linear: { to: (value) => value, from: (value) => value },
  log: { to: (value) => (value > 0 ? Math.log(value) : null), from: Math.exp },
  log1p: { to: (value) => (value > -1 ? Math.log1p(value) : null), from: Math.expm1 },
};

/**
 * Forecasts one series: the methods compete and the best or their combination is chosen (`forecastSeries`). Quantiles keep their place
 * under the scale and the limits, means would not, so that the point forecast is read as the median. Null for a series without any value.
 */
export function makeForecast(task: ForecastTask): MadeForecast | null {
  const { to, from } = scales[task.scale];
  const { min = -Infinity, max = Infinity } = task.limits;
  const values = task.values.map((value) => (value === null ? null : to(value)));
  const back = (value: number | null | undefined): number | null =>
    value === null || value === undefined ? null : Math.min(max, Math.max(min, from(value)));
  const { also = [], combine = true, regressors = [], periods } = task;
  const forecasters = forecastersOf(task.methods, also, task, regressors !== null);
  const series = { values, periods, regressors: regressors ?? [] };
  const forecast = forecastSeries(series, task.leads, { forecasters, combine });
  if (!forecast) return null;
  const competed = new Set(forecast.candidates.map(({ id }) => id));
  const naive = baselineOf(values, task);
  const [band80, band95] = forecast.bands;
  return {
    method: forecast.method,
    backtestMase: forecast.mase,
    absent: also.filter((id) => !competed.has(id)),
    points: forecast.point.map((point, i) => ({
      median: back(point)!,
      lo80: back(band80?.low[i]),
      hi80: back(band80?.high[i]),
      lo95: back(band95?.low[i]),
      hi95: back(band95?.high[i]),
      naive: back(naive?.[i]),
    })),
  };
}

function baselineOf(values: readonly (number | null)[], { baseline, leads }: ForecastTask): number[] | null {
  const periods = baseline > 1 ? [baseline] : [];
  return forecasterOf(seasonalNaive()).fit({ values, periods }, leads)?.forecast(values, leads) ?? null;
}
