export { backtest, rollingOrigins } from "./backtest.ts";
export type { Backtest } from "./backtest.ts";
export { bandsOf, conformalHalfWidths } from "./bands.ts";
export type { Band } from "./bands.ts";
export { exceedance } from "./exceedance.ts";
export { forecasterOf } from "./forecaster.ts";
export type { Fitted, Forecaster, Learned, Method } from "./forecaster.ts";
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
export { checkHorizon, checkSeries } from "./series.ts";
export type { Series } from "./series.ts";
