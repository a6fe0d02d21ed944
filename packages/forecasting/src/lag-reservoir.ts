import type { Aligned, Method } from "./forecaster.ts";
import { ridge } from "./linear.ts";
import type { LinearRule } from "./linear.ts";

/** How an upstream level or rain comes down a river. */
export interface Routing {
  /** Steps until it begins to come. */
  delay: number;
  /** Time constant of the reservoir, steps. */
  storage: number;
}

/** Delays and time constants that are tried, steps. */
const delays = [0, 1, 2, 3, 4, 6, 8, 12, 18, 24];
const storages = [0.5, 1, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 72, 120];
/** Rounds over the inputs in which delay and storage of one are sought while the others stay. */
const rounds = 2;
/** A penalty that keeps the equations solvable where two inputs are alike. */
const penalty = 1e-6;
/** Fewest steps that it is learned from. */
const fewestSteps = 60;

/**
 * Linear reservoir with delay, the catalogue's `lag-reservoir`: R(t) = R(t-1) e^(-1/K) + u(t - tau) (1 - e^(-1/K)),
 * from R = 0 before the first step (Nash 1957 with one reservoir). u before the first step counts as the first.
 * @param inflow u by step
 */
export function routed(inflow: ArrayLike<number>, { delay, storage }: Routing): Float64Array {
  const keep = Math.exp(-1 / storage);
  const level = new Float64Array(inflow.length);
  for (let t = 0, held = 0; t < inflow.length; t += 1) {
    held = held * keep + (inflow[Math.max(0, t - delay)] ?? 0) * (1 - keep);
    level[t] = held;
  }
  return level;
}

/** As `routed`, from a reservoir at rest with the first inflow: a history begins in the middle of things. */
export function routedFromRest(inflow: Float64Array, routing: Routing): Float64Array {
  const first = inflow[0] ?? 0;
  return routed(
    inflow.map((u) => u - first),
    routing,
  ).map((level) => level + first);
}

function sumOfSquares(target: Float64Array, { intercept, weights }: LinearRule, columns: readonly Float64Array[]) {
  let sum = 0;
  for (let t = 0; t < target.length; t += 1) {
    let rest = target[t]! - intercept;
    for (let j = 0; j < columns.length; j += 1) rest -= weights[j]! * columns[j]![t]!;
    sum += rest * rest;
  }
  return sum;
}

interface Reservoirs {
  rule: LinearRule;
  routings: Routing[];
}

/** Level = base + Σ c R: delays and storages from the grid, base and c by least squares, all by least squared error. */
function reservoirsOf(values: Float64Array, inputs: readonly Aligned[]): Reservoirs {
  const all = delays.flatMap((delay) => storages.map((storage) => ({ delay, storage })));
  const routings = inputs.map(() => all[0]!);
  const columns = inputs.map(({ values }, j) => routedFromRest(values, routings[j]!));
  for (let round = 0; round < (inputs.length === 1 ? 1 : rounds); round += 1) {
    for (const [j, input] of inputs.entries()) {
      let least = Number.POSITIVE_INFINITY;
      let best = columns[j]!;
      for (const routing of all) {
        columns[j] = routedFromRest(input.values, routing);
        const error = sumOfSquares(values, ridge(columns, values, penalty), columns);
        if (error < least) [least, best, routings[j]] = [error, columns[j]!, routing];
      }
      columns[j] = best;
    }
  }
  return { rule: ridge(columns, values, penalty), routings };
}

/** Values as long as history and horizon: what is not known ahead stays as it is now. */
function carriedOn({ values }: Aligned, length: number): Float64Array {
  const whole = new Float64Array(length).fill(values.at(-1) ?? 0);
  whole.set(values.subarray(0, length));
  return whole;
}

/**
 * River level from what comes from upstream: each regressor (level or release upstream, rain) through a linear reservoir
 * with a delay of its own, level = base + Σ c_j R_j(t). Upstream values beyond now stay as they are, unless they are
 * known ahead. What the last level is off by falls off as the slowest reservoir runs out. Without a regressor it is not
 * used.
 */
export const lagReservoir: Method = {
  id: "lag-reservoir",
  needs: () => fewestSteps,
  learn: (values, _, __, regressors) => {
    if (regressors.length === 0) return null;
    const { rule, routings } = reservoirsOf(values, regressors);
    const slowest = Math.max(...routings.map(({ storage }) => storage));
    return (history, steps, around) => {
      const length = history.length + steps;
      const columns = around.map((input, j) => routedFromRest(carriedOn(input, length), routings[j]!));
      const levelAt = (t: number) =>
        columns.reduce((sum, column, j) => sum + rule.weights[j]! * column[t]!, rule.intercept);
      const last = history.length - 1;
      const off = history[last]! - levelAt(last);
      return Float64Array.from({ length: steps }, (_, i) => levelAt(last + 1 + i) + off * Math.exp(-(i + 1) / slowest));
    };
  },
};
