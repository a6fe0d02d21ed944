import type { Series } from "./series.ts";

type Values = readonly (number | null)[];

/** Quantiles of the pinball score of a forecast with an 80 % band. */
export const pinballQuantiles = [0.1, 0.5, 0.9] as const;

/**
 * Mean of what `part` gives where neither side is missing; null where there is no such pair. Throws when lengths
 * differ.
 */
function meanOver(actual: Values, forecast: Values, part: (y: number, f: number) => number): number | null {
  if (actual.length !== forecast.length) {
    throw new RangeError(`${actual.length} actual values and ${forecast.length} forecasts do not go together`);
  }
  let [sum, count] = [0, 0];
  for (let i = 0; i < actual.length; i += 1) {
    const [y, f] = [actual[i]!, forecast[i]!];
    if (y === null || f === null) continue;
    sum += part(y, f);
    count += 1;
  }
  return count === 0 ? null : sum / count;
}

/** Mean absolute error, in the unit of the series; pairs with a missing side do not count; null without a pair. */
export function meanAbsoluteError(actual: Values, forecast: Values): number | null {
  return meanOver(actual, forecast, (y, f) => Math.abs(y - f));
}

/**
 * What MASE divides by: mean |y_t - y_(t-m)| over the history, the in-sample error of the seasonal naive method
 * (Hyndman and Koehler 2006), m = the shortest period, 1 without one. In the unit of the series. Null without two
 * values a season apart.
 */
export function maseScale({ values, periods }: Series): number | null {
  const m = periods[0] ?? 1;
  return meanAbsoluteError(values.slice(m), values.slice(0, Math.max(0, values.length - m)));
}

/**
 * Mean absolute scaled error: mean |y - f| / scale; below 1 is better than the seasonal naive method was in the
 * history.
 */
export function mase(actual: Values, forecast: Values, scale: number | null): number | null {
  const error = meanAbsoluteError(actual, forecast);
  return error === null || scale === null || scale === 0 ? null : error / scale;
}

/** Symmetric error of the M4 competition, per cent: mean 200 |y - f| / (|y| + |f|); 0 where both are 0. */
export function smape(actual: Values, forecast: Values): number | null {
  return meanOver(actual, forecast, (y, f) => (y === f ? 0 : (200 * Math.abs(y - f)) / (Math.abs(y) + Math.abs(f))));
}

/**
 * Quantile loss of one quantile q (0..1), in the unit of the series: mean of max(q (y - f), (q - 1)(y - f)) (Koenker
 * and Bassett 1978).
 */
export function pinballLoss(actual: Values, forecast: Values, q: number): number | null {
  return meanOver(actual, forecast, (y, f) => Math.max(q * (y - f), (q - 1) * (y - f)));
}

/**
 * Mean quantile loss over q = 0.1, 0.5 and 0.9: the ends of the 80 % band and the point forecast between them. Null
 * where one of them has no pair.
 */
export function pinball(actual: Values, low: Values, point: Values, high: Values): number | null {
  const losses = [low, point, high].map((forecast, i) => pinballLoss(actual, forecast, pinballQuantiles[i]!));
  return losses.some((loss) => loss === null)
    ? null
    : losses.reduce<number>((sum, loss) => sum + loss! / losses.length, 0);
}

/** Share (0..1) of the values that lie in their band, its ends included; null without a value that has a band. */
export function coverage(actual: Values, low: Values, high: Values): number | null {
  const inside = actual.map((y, i) => {
    const [from, to] = [low[i] ?? null, high[i] ?? null];
    return y === null || from === null || to === null ? null : Number(y >= from && y <= to);
  });
  return meanOver(inside, inside, (hit) => hit);
}

/**
 * Mean square of probability (0..1) less outcome (1 happened, 0 not): 0 is perfect, 0.25 is what always saying one half
 * gets (Brier 1950). Null without a pair.
 */
export function brier(probability: Values, outcome: Values): number | null {
  return meanOver(probability, outcome, (p, o) => (p - o) ** 2);
}
