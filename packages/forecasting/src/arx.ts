import { directNeeds, learnDirectly } from "./direct-regression.ts";
import type { RegressorColumns } from "./direct-regression.ts";
import type { Aligned, Method } from "./forecaster.ts";
import { movingMean } from "./numbers.ts";
import { lengthOf } from "./series.ts";

/** The penalty of the catalogue's `arx`, on standardised columns. */
const penalty = 1;

/**
 * What a lead takes of each regressor. Known ahead (holiday, weather forecast): the value of the step itself, and of the
 * same phase of the last season of each length, whose value is among the lags. Known until now (wind, level upstream):
 * the last two values, the mean of the last short season, and the same phase of it.
 */
function columnsOf(regressors: readonly Aligned[], periods: readonly number[]): RegressorColumns {
  const m = lengthOf(periods, 0);
  const means = regressors.map(({ values }) => movingMean(values, m));
  const samePhase = (lead: number, period: number) => lead - Math.ceil(lead / period) * period;
  return (lead) =>
    regressors.flatMap(({ values, ahead }, i) => {
      const offsets = ahead
        ? [lead, ...(m > 1 ? periods : []).map((period) => samePhase(lead, period))]
        : [0, -1, ...(m > 1 ? [samePhase(lead, m)] : [])];
      const own = [...new Set(offsets)].map((offset) => ({ values, offset }));
      return ahead || m === 1 ? own : [...own, { values: means[i]!, offset: 0 }];
    });
}

/**
 * Autoregression with regressors, the catalogue's `arx`: for each lead a ridge regression (penalty 1 on standardised
 * columns) on what direct regression takes of the series itself (`predictorsOf`) and on the regressors. Without a
 * regressor it is not used: direct regression is the same then.
 */
export const arx: Method = {
  id: "arx",
  needs: directNeeds,
  learn: (values, periods, horizon, regressors) =>
    regressors.length === 0
      ? null
      : learnDirectly(values, { periods, horizon, penalty }, regressors, (given) => columnsOf(given, periods)),
};
