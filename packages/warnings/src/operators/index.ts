import { vnAqi } from "./air.ts";
import { peersAbove, silence } from "./contact.ts";
import { darkInSchedule, litOutsideSchedule } from "./lighting.ts";
import type { Operator } from "./operator.ts";
import { alarmStep, assumed, capacityRatio, freeFlowRatio, nearbyMeanSum, oneOf } from "./place.ts";
import { largestRatio, sumLatest } from "./several.ts";
import { highestAhead, highestTideOf, surge } from "./tide.ts";
import { anomaly, hourOverUsual } from "./unusual.ts";
import { latest, max, mean, meanLast, medianLast, rate, riseOverMean, sum } from "./window.ts";

/** An operator with its parameters parsed and closed over. */
export type BoundOperator = Operator<unknown>;

/** Every way of taking a signal from readings, by the name that definitions use. */
export const operators: ReadonlyMap<string, BoundOperator> = new Map(
  Object.entries({
    latest,
    "median-last": medianLast,
    "mean-last": meanLast,
    "sum-latest": sumLatest,
    "largest-ratio": largestRatio,
    sum,
    max,
    mean,
    rate,
    "rise-over-mean": riseOverMean,
    "alarm-step": alarmStep,
    "one-of": oneOf,
    "nearby-mean-sum": nearbyMeanSum,
    "free-flow-ratio": freeFlowRatio,
    "capacity-ratio": capacityRatio,
    "vn-aqi-hour": vnAqi,
    "dark-in-schedule": darkInSchedule,
    "lit-outside-schedule": litOutsideSchedule,
    silence,
    "peers-above": peersAbove,
    surge,
    "highest-ahead": highestAhead,
    "highest-tide": highestTideOf,
    anomaly,
    "hour-over-usual": hourOverUsual,
    assumed,
  }) as [string, BoundOperator][],
);
