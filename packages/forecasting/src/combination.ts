/**
 * How much more a smaller error counts. Powers 2 to 8 differ little; 4 to 6 were best from origins inside the training
 * parts of M4 hourly.
 */
const sharpness = 4;
/** Forecasts farther from the weighted median than this many weighted median deviations are left out at that lead. */
const farthest = 4;

/**
 * Weights of methods from their mean absolute errors (any unit, the same for all): (error / least error)^-4, largest 1
 * (inverse error weights after Bates and Granger 1969, sharper). With a least error of 0 the methods without error have
 * 1 and the others 0.
 */
export function weightsFrom(errors: readonly number[]): number[] {
  const least = Math.min(...errors);
  return errors.map((error) => (error === least ? 1 : (least / error) ** sharpness));
}

/** The value at which half of the weight is reached, going up; NaN of nothing. */
export function weightedMedian(values: readonly number[], weights: readonly number[]): number {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  let reached = 0;
  for (const i of order) {
    reached += weights[i]!;
    if (reached >= half) return values[i]!;
  }
  return Number.NaN;
}

/** Weighted mean of the values that lie within four weighted median deviations of their weighted median. */
export function trimmedMean(values: readonly number[], weights: readonly number[]): number {
  const middle = weightedMedian(values, weights);
  const away = values.map((value) => Math.abs(value - middle));
  const reach = farthest * weightedMedian(away, weights);
  let [sum, total] = [0, 0];
  for (const [i, weight] of weights.entries()) {
    if (away[i]! > reach) continue;
    sum += weight * (values[i]! - middle);
    total += weight;
  }
  return middle + sum / total;
}

/**
 * Several forecasts as one: at each lead their `trimmedMean`, so that a method that runs away cannot carry the others
 * along.
 * @param forecasts by method and lead - 1
 * @param weights by method
 */
export function combine(forecasts: readonly (readonly number[])[], weights: readonly number[]): number[] {
  return (forecasts[0] ?? []).map((_, i) =>
    trimmedMean(
      forecasts.map((forecast) => forecast[i]!),
      weights,
    ),
  );
}
