export { backtest, rollingOrigins } from "./backtest.ts";
export type { Backtest } from "./backtest.ts";
export { bandsOf, conformalHalfWidths } from "./bands.ts";
export type { Band } from "./bands.ts";
export { exceedance } from "./exceedance.ts";
export { analysedTide, harmonicTide, tideAt } from "./harmonic-tide.ts";
export type { Harmonic, Tide } from "./harmonic-tide.ts";
export { givenReservoir } from "./given-reservoir.ts";
export type { RiverConstants } from "./given-reservoir.ts";
export { lagReservoir, routed } from "./lag-reservoir.ts";
export type { Routing } from "./lag-reservoir.ts";
export { logged } from "./logged.ts";
export { nbClimate } from "./nb-climate.ts";
export { scaledSeasonalNaive } from "./scaled-seasonal-naive.ts";
export { forecasterOf } from "./forecaster.ts";
export type { Aligned, Fitted, Forecaster, Learned, Method } from "./forecaster.ts";
export { forecastSeries } from "./forecast.ts";
export type { Candidate } from "./choice.ts";
export type { Forecast, ForecastOptions } from "./forecast.ts";
export { standardForecasters } from "./methods.ts";
export {
  brier,
  coverage,
  mase,
  maseScale,
  meanAbsoluteError,
  pinball,
  pinballLoss,
  pinballQuantiles,
  smape,
} from "./scores.ts";
export { seasonalNaive } from "./seasonal-naive.ts";
export { solvePositive, standardised } from "./linear.ts";
export { checkHorizon, checkSeries, regressorsAt } from "./series.ts";
export type { Regressor, Series } from "./series.ts";
