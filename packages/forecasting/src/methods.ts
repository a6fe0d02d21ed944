import { analogues } from "./analogues.ts";
import { decompositionTheta } from "./decomposition-theta.ts";
import { directRegression } from "./direct-regression.ts";
import { forecasterOf } from "./forecaster.ts";
import type { Forecaster } from "./forecaster.ts";
import { holtWinters } from "./holt-winters.ts";
import { lagRegression } from "./lag-regression.ts";
import { multiSeasonalSmoothing } from "./multi-seasonal-smoothing.ts";
import { seasonalAverage } from "./seasonal-average.ts";
import { seasonalNaive } from "./seasonal-naive.ts";

/** The methods that compete where nothing else is said, plain ones first: of equals the first is chosen. */
export const standardForecasters: readonly Forecaster[] = [
  seasonalNaive(),
  seasonalNaive(1),
  seasonalAverage,
  holtWinters(),
  multiSeasonalSmoothing,
  decompositionTheta,
  analogues,
  lagRegression("harmonic-regression", { harmonics: 8, penalty: 1 }),
  lagRegression("lag-regression", { harmonics: 0, penalty: 0.01 }),
  directRegression("direct-regression", 1),
  directRegression("direct-regression-light", 0.01),
].map(forecasterOf);
