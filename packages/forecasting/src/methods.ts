import { analogues } from "./analogues.ts";
import { arx } from "./arx.ts";
import { decompositionTheta } from "./decomposition-theta.ts";
import { directRegression } from "./direct-regression.ts";
import { forecasterOf } from "./forecaster.ts";
import type { Forecaster } from "./forecaster.ts";
import { holtWinters } from "./holt-winters.ts";
import { lagRegression } from "./lag-regression.ts";
import { logged } from "./logged.ts";
import { multiSeasonalSmoothing } from "./multi-seasonal-smoothing.ts";
import { seasonalAverage } from "./seasonal-average.ts";
import { seasonalNaive } from "./seasonal-naive.ts";

const lagsAlone = lagRegression("lag-regression", { harmonics: 0, penalty: 0.01 });

/**
 * The methods that compete where nothing else is said, plain ones first: of equals the first is chosen. The last two are
 * used for series with regressors only.
 */
export const standardForecasters: readonly Forecaster[] = [
  seasonalNaive(),
  seasonalNaive(1),
  seasonalAverage,
  holtWinters(),
  multiSeasonalSmoothing,
  decompositionTheta,
  analogues,
  lagRegression("harmonic-regression", { harmonics: 8, penalty: 1 }),
  lagsAlone,
  directRegression("direct-regression", 1),
  directRegression("direct-regression-light", 0.01),
  logged(decompositionTheta),
  logged(lagsAlone),
  arx,
  logged(arx),
].map(forecasterOf);
